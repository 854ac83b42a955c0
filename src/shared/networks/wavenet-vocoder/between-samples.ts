import { SOURCE_FILTER_RATE_HZ } from '../source-filter/config.ts'
import { LAG_TAPS } from './config.ts'

/**
 * A period is no whole number of samples. At 8 kHz half of one is half a turn: a network that heard its last period at
 * the nearest whole ones would hear its high harmonics blurred, sing them with noise, and hear that noise again.
 */

/** Samples that are read for one between them: half of them on either side. */
export const READ_SAMPLES = 8
const HALF = READ_SAMPLES / 2
/** Parts of a sample that are told apart: farther from its place than a 256th no sound is read. */
const PARTS = 128
const BESIDE = Math.floor(LAG_TAPS / 2)
/** All that the taps around one place read. */
export const SPAN_SAMPLES = LAG_TAPS + READ_SAMPLES - 1

/** All that is read lies in the past. */
const SHORTEST_LAG = BESIDE + HALF + 1
/** No pitch that a voice is told lies farther. */
const LONGEST_LAG = 400
/** Samples before the next that are read. */
export const HEARD_SAMPLES = LONGEST_LAG + BESIDE + HALF - 1

/**
 * So many periods, in samples. 0 where unvoiced, and where several periods reach farther than is heard.
 * @param hz in the middle of them
 */
export function lagOf(hz: number, periods: number): number {
  if (hz === 0) return 0
  const lag = (periods * SOURCE_FILTER_RATE_HZ) / hz
  return lag > LONGEST_LAG && periods > 1 ? 0 : Math.min(Math.max(lag, SHORTEST_LAG), LONGEST_LAG)
}

/** Where the taps around a lag read. */
export interface TapPlace {
  /** Samples from the first that is read to the next that is sung. */
  readonly back: number
  /** Row of `readingWeights`. */
  readonly part: number
}

/** @param lag not 0 */
export function tapPlace(lag: number): TapPlace {
  const parts = Math.round(lag * PARTS)
  const whole = Math.ceil(parts / PARTS)
  return { back: whole + BESIDE + HALF - 1, part: whole * PARTS - parts }
}

/** Of each part of a sample what the samples around count: sin x / x under its own widest arch (Lanczos), of sum 1. */
export const readingWeights: readonly Float32Array[] = Array.from({ length: PARTS }, (_, part) => {
  const weights = Array.from({ length: READ_SAMPLES }, (_, read) => arch(part / PARTS - (read - HALF + 1)))
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return Float32Array.from(weights, (weight) => weight / sum)
})

function arch(x: number): number {
  if (x === 0) return 1
  if (Number.isInteger(x)) return 0
  const angle = Math.PI * x
  return (HALF * Math.sin(angle) * Math.sin(angle / HALF)) / angle ** 2
}
