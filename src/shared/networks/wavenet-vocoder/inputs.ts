import { SOURCE_FILTER_RATE_HZ } from '../source-filter/config.ts'
import { INPUTS, LAG_TAPS, PAST_SAMPLES } from './config.ts'

/** Of what comes in: a sound of power 1 and circles of radius 1, with room for loud samples. */
export const INPUT_GAIN = 0.5
/** In samples: all taps lie in the past, and no pitch that a voice is told lies outside. */
const SHORTEST_LAG = 1 + Math.floor(LAG_TAPS / 2)
const LONGEST_LAG = 400

/** Samples before the next that are read. */
export const HEARD_SAMPLES = LONGEST_LAG + Math.floor(LAG_TAPS / 2)

/** The pitch at each of some samples. */
export interface SamplePitch {
  /** 0 where unvoiced. */
  readonly hz: ArrayLike<number>
  /** Where in its period a voice is; whole periods may be added. */
  readonly turns: ArrayLike<number>
}

/**
 * What the network hears before it tells a sample: the last ones, newest first; five around a period back, the farthest
 * first; sine and cosine of the phase. Zeros before the beginning, and for what has no pitch.
 * @param sound the samples before `next`, and whatever behind
 * @param at of the next sample in `pitch`
 * @param row [23]
 */
export function inputsOf(sound: Float32Array, next: number, pitch: SamplePitch, at: number, row: Float32Array): void {
  const heard = (index: number) => (index < 0 ? 0 : INPUT_GAIN * sound[index])
  for (let past = 0; past < PAST_SAMPLES; past++) row[past] = heard(next - 1 - past)
  const lag = lagOf(pitch.hz[at])
  if (lag === 0) return void row.fill(0, PAST_SAMPLES, INPUTS)
  const farthest = next - lag - Math.floor(LAG_TAPS / 2)
  for (let tap = 0; tap < LAG_TAPS; tap++) row[PAST_SAMPLES + tap] = heard(farthest + tap)
  circleOf(pitch.turns[at], row, PAST_SAMPLES + LAG_TAPS)
}

/** Sine and cosine of a phase. */
export function circleOf(turns: number, row: Float32Array, at: number): void {
  const angle = 2 * Math.PI * (turns - Math.floor(turns))
  row[at] = INPUT_GAIN * Math.sin(angle)
  row[at + 1] = INPUT_GAIN * Math.cos(angle)
}

/** A period in whole samples, 0 without one. */
export const lagOf = (hz: number): number =>
  hz === 0 ? 0 : Math.min(Math.max(Math.round(SOURCE_FILTER_RATE_HZ / hz), SHORTEST_LAG), LONGEST_LAG)

/**
 * The inputs of all samples of items that follow each other, each with its true past.
 * @param sound [items × samples]
 * @param width of a row, with room behind what is heard
 * @returns [items × samples × width]
 */
export function teacherForced(
  sound: Float32Array,
  pitch: SamplePitch,
  samplesPerItem: number,
  width = INPUTS,
): Float32Array {
  const rows = new Float32Array(sound.length * width)
  for (let start = 0; start < sound.length; start += samplesPerItem) {
    const own = sound.subarray(start, start + samplesPerItem)
    for (let at = 0; at < samplesPerItem; at++) {
      const row = start + at
      inputsOf(own, at, pitch, row, rows.subarray(row * width, row * width + INPUTS))
    }
  }
  return rows
}
