import type { Samples } from '../units/time.ts'

/** What an exported file says about itself. */
export interface SoundMetadata {
  readonly title: string
  /** Names of the singers heard in it. */
  readonly singers: readonly string[]
  /** "AI converted: …"; null where nothing was converted. */
  readonly notice: string | null
  /** Name and version of the program. */
  readonly software: string
  /** What converted it, with its version; null where nothing was converted. */
  readonly engine: string | null
  /** `YYYY-MM-DDTHH:MM:SS…`, given by the caller. */
  readonly createdAt: string
  /** Where on the timeline the file begins, for programs that place by time stamp. */
  readonly timeReferenceSamples: Samples
}
