import type { Hertz, Samples } from '../../units/time.ts'

/** What a compressed file says about itself before it is decoded. */
export interface CodedInfo {
  readonly rateHz: Hertz
  /** 0 where only the stream itself says. */
  readonly channelCount: number
  /** Samples that a whole file decodes to; null where it does not say. */
  readonly promisedSamples: Samples | null
  /** Bits per sample of a lossless file whose decoder has to be corrected for them; else null. */
  readonly integerBits: number | null
  /** Whether the file says how much silence its encoder put before and after. */
  readonly isLengthExact: boolean
}
