import { failure, FailureError } from '../../../shared/base/errors.ts'
import { createAacDecoder } from '../../../shared/codecs/aac/decoder.ts'
import { FRAME_SAMPLES } from '../../../shared/codecs/aac/filter-bank.ts'
import { decodeAlacFrame } from '../../../shared/codecs/alac/decoder.ts'
import type { DecodedFrame } from '../../../shared/codecs/decoded-frame.ts'
import type { Mp4Codec } from '../../../shared/formats/import/mp4.ts'
import type { SoundSpan } from '../../../shared/formats/import/mp4-edit.ts'
import type { Samples } from '../../../shared/units/time.ts'
import type { PieceDecoder } from './piece-decoder.ts'
import { nothingYet } from './piece-decoder.ts'

/** Decodes files whose pieces are frames; of their samples only those of `sound` are given, where it is known. */
export function openFrameDecoder(codec: Mp4Codec, sound: SoundSpan | null): PieceDecoder {
  const { rateHz } = codec.configuration
  const decode = frameDecoder(codec)
  const start = sound?.startSamples ?? firstWholeSample(codec)
  const end = sound === null ? Infinity : start + sound.durationSamples
  let position = 0
  return {
    decode(frame) {
      if (position >= end) return nothingYet
      const decoded = decode(frame)
      if (decoded.kind === 'damaged') throw damagedFrame(position / rateHz, decoded.reason)
      const from = Math.max(0, start - position)
      const to = end - position
      position += decoded.channels[0]?.length ?? 0
      return { channelData: decoded.channels.map((channel) => channel.subarray(from, to)), sampleRate: rateHz }
    },
    flush: () => nothingYet,
    free: () => {},
  }
}

/** The first frame of AAC is half of a sound whose other half is missing. */
const firstWholeSample = ({ kind }: Mp4Codec): Samples => (kind === 'aac' ? FRAME_SAMPLES : 0)

function frameDecoder(codec: Mp4Codec): (frame: Uint8Array) => DecodedFrame {
  if (codec.kind === 'alac') return (frame) => decodeAlacFrame(frame, codec.configuration)
  const decoder = createAacDecoder(codec.configuration.rateHz)
  return (frame) => decoder.decode(frame)
}

const damagedFrame = (atSec: number, reason: string): FailureError =>
  new FailureError(
    failure(
      'audio-unreadable',
      `This file could not be decoded at ${atSec.toFixed(2)} s: ${reason}.`,
      'Export it as WAV or FLAC from the program that made it.',
    ),
  )
