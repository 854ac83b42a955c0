import { READ_SAMPLES, readingWeights, tapPlace } from './between-samples.ts'
import { INPUTS, LAG_PERIODS, LAG_TAPS, PAST_SAMPLES } from './config.ts'

/** Of what comes in: a sound of power 1 and circles of radius 1, with room for loud samples. */
export const INPUT_GAIN = 0.5

/** The pitch at each of some samples. */
export interface SamplePitch {
  /** Of one period and of two, in samples: `lagOf`. */
  readonly lags: readonly ArrayLike<number>[]
  /** Where in its period a voice is; whole periods may be added. */
  readonly turns: ArrayLike<number>
}

/**
 * What the network hears before it tells a sample: the last ones, newest first; five around one period back and around
 * two, the farthest of each first; sine and cosine of the phase. Zeros before the beginning, and for what has no pitch.
 * @param sound the samples before `next`, and whatever behind
 * @param at of the next sample in `pitch`
 * @param row [28]
 */
export function inputsOf(sound: Float32Array, next: number, pitch: SamplePitch, at: number, row: Float32Array): void {
  for (let past = 0; past < PAST_SAMPLES; past++) row[past] = heard(sound, next - 1 - past)
  row.fill(0, PAST_SAMPLES, INPUTS)
  pitch.lags.forEach((lags, index) => hearAround(sound, next, lags[at], row, PAST_SAMPLES + index * LAG_TAPS))
  if (pitch.lags[0][at] > 0) circleOf(pitch.turns[at], row, PAST_SAMPLES + LAG_PERIODS.length * LAG_TAPS)
}

const heard = (sound: Float32Array, index: number): number => (index < 0 ? 0 : INPUT_GAIN * sound[index])

/** Sums are rounded one by one: `hear` on tensors has the same bits. */
function hearAround(sound: Float32Array, next: number, lag: number, row: Float32Array, to: number): void {
  if (lag === 0) return
  const { back, part } = tapPlace(lag)
  const weights = readingWeights[part]
  for (let tap = 0; tap < LAG_TAPS; tap++) {
    const from = next - back + tap
    let sum = Math.fround(weights[0] * heard(sound, from))
    for (let read = 1; read < READ_SAMPLES; read++)
      sum = Math.fround(sum + Math.fround(weights[read] * heard(sound, from + read)))
    row[to + tap] = sum
  }
}

/** Sine and cosine of a phase. */
export function circleOf(turns: number, row: Float32Array, at: number): void {
  const angle = 2 * Math.PI * (turns - Math.floor(turns))
  row[at] = INPUT_GAIN * Math.sin(angle)
  row[at + 1] = INPUT_GAIN * Math.cos(angle)
}

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
