import { logSpectrogram } from '../../shared/dsp/log-spectrogram.ts'
import { parseFloatWav } from '../audio/float-wav.ts'
import type { SpectrumAnswer, SpectrumRequest } from './spectrum-messages.ts'

/** Computes pictures of one sound at a time, off the thread that draws. */
let samples = new Float32Array(0)

addEventListener('message', (event: MessageEvent<SpectrumRequest>) => {
  const request = event.data
  if (request.kind === 'load') {
    samples = parseFloatWav(request.bytes).channels[0] ?? new Float32Array(0)
    return
  }
  const picture = logSpectrogram(samples, request.options)
  const answer: SpectrumAnswer = { key: request.key, picture }
  postMessage(answer, { transfer: [picture.buffer] })
})
