import { failure, FailureError } from '../../shared/base/errors.ts'
import type { Seconds } from '../../shared/units/time.ts'
import { createMarkDetector, SHORTEST_SEC, type Detection } from '../../shared/watermark/detector.ts'
import { DETECTOR_RATE_HZ } from '../../shared/watermark/levels.ts'
import { openAudioStream } from './audio-stream/open-audio-stream.ts'
import { breathe } from './breathe.ts'
import { createStreamResampler } from './resample.ts'

/** What was heard of the mark in a file, and how long the file is. */
export interface HeardMark extends Detection {
  readonly durationSec: Seconds
}

/** Listens for the mark of converted voices in an audio file of any kind, in bounded memory. Throws FailureError. */
export async function listenForMark(path: string): Promise<HeardMark> {
  const stream = await openAudioStream(path)
  try {
    const resampler = await createStreamResampler({ fromHz: stream.rateHz, toHz: DETECTOR_RATE_HZ, channelCount: 1 })
    const detector = createMarkDetector()
    let durationSamples = 0
    for await (const channels of stream.blocks()) {
      durationSamples += channels[0].length
      detector.push(resampler.push([mixed(channels)])[0])
      await breathe()
    }
    detector.push(resampler.finish()[0])
    const durationSec = durationSamples / stream.rateHz
    if (durationSec < SHORTEST_SEC) {
      throw new FailureError(
        failure('audio-too-short', `Of ${durationSec.toFixed(1)} s nothing can be told; a mark takes ${SHORTEST_SEC} s and more.`), // prettier-ignore
      )
    }
    return { ...detector.finish(), durationSec }
  } finally {
    stream.close()
  }
}

function mixed(channels: readonly Float32Array[]): Float32Array {
  if (channels.length === 1) return channels[0]
  return channels[0].map((sample, at) => channels.reduce((sum, channel) => sum + channel[at], sample - channels[0][at]) / channels.length) // prettier-ignore
}
