import { assert } from '../../shared/base/assert.ts'
import type { SoundMetadata } from '../../shared/formats/sound-metadata.ts'
import type { Hertz, Samples } from '../../shared/units/time.ts'
import type { FileOperations } from './file-operations.ts'
import type { SampleEncoding } from './sample-preparation.ts'

/** Writes sound block by block; the file has its name only once it is whole. */
export interface AudioWriter {
  /** Appends a block: one array per channel, all of one length. */
  write(channels: readonly Float32Array[]): void
  /** Completes the header, makes the bytes durable and gives the file its name. */
  finish(): WrittenAudio
  /** Leaves nothing behind. Harmless after `finish`. */
  abandon(): void
}

export interface AudioWriterOptions {
  readonly rateHz: Hertz
  readonly channelCount: number
  /** `pcm16` is dithered (TPDF), from a seed that never changes: same samples, same bytes. */
  readonly encoding: SampleEncoding
  readonly metadata?: SoundMetadata
  readonly operations?: FileOperations
}

export interface WrittenAudio {
  readonly durationSamples: Samples
  readonly bytes: number
  /** Samples beyond full scale that an integer encoding had to clamp. */
  readonly clippedSampleCount: number
}

export function assertBlock(channels: readonly Float32Array[], channelCount: number): void {
  assert(channels.length === channelCount, `${channelCount} channels, not ${channels.length}`)
  assert(
    channels.every((channel) => channel.length === channels[0].length),
    'all channels of a block are of one length',
  )
}
