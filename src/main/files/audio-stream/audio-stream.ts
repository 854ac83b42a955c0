import type { AudioKind } from '../../../shared/formats/import/audio-kind.ts'
import type { Hertz, Samples } from '../../../shared/units/time.ts'

/** An audio file of any kind, opened for one pass from its start to its end in bounded memory. */
export interface AudioStream {
  readonly kind: AudioKind
  readonly rateHz: Hertz
  readonly channelCount: number
  /** What a whole file holds; null where the container does not say. */
  readonly promisedSamples: Samples | null
  /** Known before decoding that the file was cut off. */
  readonly isTruncated: boolean
  /** Whether the container says how much silence the encoder added, so that length and start are exact. */
  readonly isLengthExact: boolean
  /** How much of the file the running pass has read, 0…1; known for every kind, unlike the length. */
  readFraction(): number
  /** One array per channel and block; throws FailureError when the data cannot be decoded. */
  blocks(): AsyncIterable<readonly Float32Array[]>
  close(): void
}

/** Samples per block of uncompressed audio: well under a second, so that a cancel is heard at once. */
export const blockSamples = 32_768
