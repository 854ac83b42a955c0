import { logSpectrogram } from '../../shared/dsp/log-spectrogram.ts'
import type { SpectrumAnswer, SpectrumRequest } from './spectrum-messages.ts'

/** Computes pictures of sounds, off the thread that draws. */
addEventListener('message', ({ data }: MessageEvent<SpectrumRequest>) => {
  const picture = logSpectrogram(data.samples, data.options)
  const answer: SpectrumAnswer = { key: data.key, picture }
  postMessage(answer, { transfer: [picture.buffer] })
})
