import type { PitchKernel } from '../kernels/pitch.ts'
import type { Hertz, Seconds } from '../units/time.ts'

/** Where to look for a pitch, and how often. Defaults: `defaultPitchRange`, 5 ms. */
export interface TrackOptions {
  readonly f0FloorHz?: Hertz
  readonly f0CeilHz?: Hertz
  readonly framePeriodSec?: Seconds
}

/** One value a frame; frames as in `frameCount` of the world room, frame i centered at i times the frame period. */
export interface PitchTrack {
  /** Hz, 0 where the tracker hears no voice. */
  readonly f0Hz: Float64Array
  /** 0…1: how sure the tracker is that a voice sounds in this frame, from the frame alone, whatever it decided. */
  readonly confidence: Float64Array
}

/** Finds the pitch of a single voice. */
export interface PitchTracker {
  readonly id: string
  /** Name in tables. */
  readonly label: string
  /**
   * Pitch and confidence of `x` at `fs` Hz; pitches from about 1,000 Hz on ask for 16 kHz or more. Errors: as
   * `assertAnalyzable` of the world room (no samples, a rate below 8 kHz, samples that are not finite).
   */
  track(x: Float64Array, fs: Hertz, options?: TrackOptions, kernel?: PitchKernel): PitchTrack
}

/** From the lowest bass to the highest soprano, whistle register left out. */
export const defaultPitchRange = { f0FloorHz: 50, f0CeilHz: 1200 } as const
