import { readHermite } from '../dsp/hermite.ts'
import type { Numbers } from '../dsp/numbers.ts'
import { median } from '../conversion/pitch-figures.ts'

const FRAMES_PER_SEC = 200
/** Every fourth frame of 5 ms is looked at, where so many on both sides are voiced too. */
const FRAME_STEP = 4
const INTERIOR_FRAMES = 5
/** Periods that are less alike than not at all are as rough as can be. */
const LEAST_CORRELATION = 0
/** A source smoother than this is as smooth as can be told: no ratio grows from its last digits. */
const SMOOTHEST = 0.01

/**
 * How unlike a voice's neighboring periods are: the median over interior voiced frames of √(1 − ρ), ρ the correlation
 * of one period with the next, 0 (each period as the last) … 1 (nothing repeats). `f0` is in Hz per 5 ms, 0 unvoiced.
 * Jumps between grains, doubled pulses and added noise raise it; periods that were merely repeated lower it. Null where
 * nothing is voiced for long enough.
 */
export function roughness(sound: Numbers, rateHz: number, f0: Numbers): number | null {
  const values: number[] = []
  for (let frame = INTERIOR_FRAMES; frame + INTERIOR_FRAMES < f0.length; frame += FRAME_STEP) {
    if (!isInterior(f0, frame)) continue
    const correlation = periodCorrelation(sound, (frame * rateHz) / FRAMES_PER_SEC, rateHz / f0[frame])
    if (correlation !== null) values.push(Math.sqrt(1 - Math.max(correlation, LEAST_CORRELATION)))
  }
  return median(values)
}

/** Roughness of a sound over its source's, each by its own pitch: 1 is as before. Null where either can't be told. */
export function roughnessRatio(
  sound: { readonly samples: Numbers; readonly f0: Numbers },
  source: { readonly samples: Numbers; readonly f0: Numbers },
  rateHz: number,
): number | null {
  const [after, before] = [sound, source].map(({ samples, f0 }) => roughness(samples, rateHz, f0))
  return after === null || before === null ? null : Math.max(after, SMOOTHEST) / Math.max(before, SMOOTHEST)
}

function isInterior(f0: Numbers, frame: number): boolean {
  for (let near = frame - INTERIOR_FRAMES; near <= frame + INTERIOR_FRAMES; near++) if (!(f0[near] > 0)) return false
  return true
}

/** Of the period before a place with the period after it; null of silence and beyond the ends. */
export function periodCorrelation(sound: Numbers, center: number, period: number): number | null {
  const length = Math.round(period)
  const start = Math.round(center - period)
  if (start < 1 || center + period + 3 >= sound.length) return null
  let [product, before, after] = [0, 0, 0]
  for (let index = start; index < start + length; index++) {
    const [x, y] = [sound[index], readHermite(sound, index + period)]
    product += x * y
    before += x * x
    after += y * y
  }
  return before === 0 || after === 0 ? null : product / Math.sqrt(before * after)
}

/**
 * By how many dB a voice is rougher or smoother than a person, absolute: rasp, subharmonics and jitter raise roughness,
 * so 0 is as raspy as the person's own recordings together (their median). From `roughness`; null where it can't be told.
 */
export function raspDistanceDb(found: number | null, person: readonly (number | null)[]): number | null {
  const wanted = median(person.filter((value) => value !== null))
  if (found === null || wanted === null) return null
  return Math.abs(20 * Math.log10(Math.max(found, SMOOTHEST) / Math.max(wanted, SMOOTHEST)))
}
