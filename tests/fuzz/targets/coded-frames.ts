import { createAacDecoder } from '../../../src/shared/codecs/aac/decoder.ts'
import { readAudioSpecificConfig } from '../../../src/shared/codecs/aac/configuration.ts'
import { readAlacConfiguration, type AlacConfiguration } from '../../../src/shared/codecs/alac/configuration.ts'
import { decodeAlacFrame } from '../../../src/shared/codecs/alac/decoder.ts'
import type { DecodedFrame } from '../../../src/shared/codecs/decoded-frame.ts'
import { parseMp4 } from '../../../src/shared/formats/import/mp4.ts'
import { promised, type FuzzTarget } from '../engine/target.ts'
import { fixtureSounds } from './fixture-sounds.ts'

/** The coded frames of an M4A, as seeds. */
const framesOf = (name: string): Uint8Array[] =>
  fixtureSounds(name).flatMap((file) => {
    const parsed = parseMp4((start, count) => file.subarray(start, start + count), file.length)
    if (!parsed.ok) throw new Error(parsed.failure.message)
    return Array.from(parsed.value.frames(), ({ startBytes, sizeBytes }) =>
      file.slice(startBytes, startBytes + sizeBytes),
    )
  })

/** Rows of one length, of numbers. */
function isSound(decoded: DecodedFrame, longestSamples: number): void {
  if (decoded.kind === 'damaged') return promised(decoded.reason.length > 0, 'damaged without a reason')
  for (const channel of decoded.channels) {
    promised(channel.length <= longestSamples, `a frame of ${channel.length} samples`)
    promised(channel.every(Number.isFinite), 'samples that are no numbers')
  }
}

export const aacFrames: FuzzTarget = {
  name: 'aac-frames',
  reads: 'frames of AAC, one after the other by one decoder, and what an MP4 says of them',
  promise: 'gives 1024 finite samples a channel, or says why not',
  share: 12,
  memoryCapMb: 1000,
  open() {
    const decoder = createAacDecoder(44_100)
    return {
      seeds: [...framesOf('ffmpeg.m4a'), ...framesOf('ffmpeg-stereo.m4a'), ...framesOf('ffmpeg-strokes.m4a')],
      largestBytes: 1 << 13,
      words: [],
      take(input) {
        readAudioSpecificConfig(input)
        isSound(decoder.decode(input), 1024)
      },
    }
  },
}

const alac: AlacConfiguration = {
  rateHz: 44_100,
  channelCount: 2,
  bitDepth: 24,
  frameSamples: 4096,
  initialHistory: 10,
  historyRate: 40,
  longestWordBits: 14,
}

export const alacFrames: FuzzTarget = {
  name: 'alac-frames',
  reads: 'frames of Apple Lossless, and what an MP4 says of them',
  promise: 'gives finite samples, no more than a frame has, or says why not',
  share: 12,
  memoryCapMb: 1000,
  open: () => ({
    seeds: [...framesOf('ffmpeg-alac-24-stereo.m4a'), ...framesOf('ffmpeg-alac.m4a')],
    largestBytes: 1 << 15,
    words: [],
    take(input) {
      readAlacConfiguration(input)
      isSound(decodeAlacFrame(input, alac), alac.frameSamples)
    },
  }),
}
