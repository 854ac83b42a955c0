import { decimate } from '../../dsp/decimate.ts'

/** Harvest always works on a contour of one value a millisecond. */
export const basicFramePeriodSec = 0.001
export const basicFramesPerSec = 1000

/** Pitch needs no more bandwidth than this rate gives. */
const targetRateHz = 8000
const largestRatio = 12
/** Held samples on either side, against the filter's transient. */
const heldSamples = 140

/** The signal at about 8 kHz, with its mean removed, and its exact rate. */
export function toBasicRate(x: Float64Array, fs: number): { signal: Float64Array; rate: number } {
  const ratio = Math.min(Math.max(Math.round(fs / targetRateHz), 1), largestRatio)
  const signal = ratio === 1 ? x.slice() : decimateWithHeldEdges(x, ratio)
  let sum = 0
  for (let i = 0; i < signal.length; i++) sum += signal[i]
  const mean = sum / signal.length
  for (let i = 0; i < signal.length; i++) signal[i] -= mean
  return { signal, rate: fs / ratio }
}

function decimateWithHeldEdges(x: Float64Array, ratio: number): Float64Array {
  const lag = Math.ceil(heldSamples / ratio) * ratio
  const held = new Float64Array(x.length + 2 * lag)
  held.fill(x[0], 0, lag)
  held.set(x, lag)
  held.fill(x[x.length - 1], lag + x.length)
  const first = lag / ratio
  return decimate(held, ratio).slice(first, first + Math.ceil(x.length / ratio))
}
