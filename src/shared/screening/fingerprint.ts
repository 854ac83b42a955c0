import { frameLevels, SCREENED_BANDS, type BandFrames } from './band-frames.ts'

/** What a sound is recognized by at another level, rate, trim or coding: 32 signs for every 40 ms. */
export interface Fingerprint {
  readonly signs: Uint32Array
  /** 1 where something sounds: the signs of silence are chance. */
  readonly isActive: Uint8Array
}

export const FINGERPRINTS_PER_SEC = 25
const FRAMES_PER_PRINT = 4
/** 33 bands from 200 Hz to 5 kHz give 32 differences; both ends get lost in telephones and rumble. */
const FIRST_BAND = 3
const SIGN_COUNT = 32
/** Means over 0.16 s, compared with those 0.08 s before: slow enough that a cut between frames changes few signs. */
const SMOOTHED_FRAMES = 16
const LAG_FRAMES = 8
/** Frames within 26 dB of the loud ones. */
const QUIET_NEPERS = 6
const LOUD_SHARE = 0.95

/** Signs of how the slope between neighboring bands changes in time (Haitsma and Kalker 2002). */
export function takeFingerprint(frames: BandFrames): Fingerprint {
  const levels = frameLevels(frames)
  const threshold = Float32Array.from(levels).sort()[Math.floor(LOUD_SHARE * (levels.length - 1))] - QUIET_NEPERS
  const count = Math.max(0, Math.floor((frames.frameCount - SMOOTHED_FRAMES - LAG_FRAMES) / FRAMES_PER_PRINT))
  const signs = new Uint32Array(count)
  const isActive = new Uint8Array(count)
  const slopes = bandSlopes(frames)
  for (let index = 0; index < count; index++) {
    const frame = index * FRAMES_PER_PRINT
    let word = 0
    for (let sign = 0; sign < SIGN_COUNT; sign++) {
      const change = slopeAt(slopes, frame + LAG_FRAMES, sign) - slopeAt(slopes, frame, sign)
      word = (word << 1) | (change > 0 ? 1 : 0)
    }
    signs[index] = word
    isActive[index] = levels[frame + (SMOOTHED_FRAMES + LAG_FRAMES) / 2] > threshold ? 1 : 0
  }
  return { signs, isActive }
}

/** Running sums over time of the differences between neighboring bands, so that means cost two reads. */
function bandSlopes({ frameCount, logPower }: BandFrames): Float64Array {
  const sums = new Float64Array((frameCount + 1) * SIGN_COUNT)
  for (let frame = 0; frame < frameCount; frame++) {
    for (let sign = 0; sign < SIGN_COUNT; sign++) {
      const at = frame * SCREENED_BANDS + FIRST_BAND + sign
      sums[(frame + 1) * SIGN_COUNT + sign] = sums[frame * SIGN_COUNT + sign] + logPower[at + 1] - logPower[at]
    }
  }
  return sums
}

const slopeAt = (sums: Float64Array, frame: number, sign: number): number =>
  sums[(frame + SMOOTHED_FRAMES) * SIGN_COUNT + sign] - sums[frame * SIGN_COUNT + sign]
