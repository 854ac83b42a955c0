import { roundHalfAway, roundingBias } from './constants.ts'
import type { Normals } from './random.ts'

/** Value of a window `phase` radians from its middle, which it ends at ± pi. */
export type WindowShape = (phase: number) => number
export const hann: WindowShape = (phase) => 0.5 + 0.5 * Math.cos(phase)
export const blackman: WindowShape = (phase) => 0.42 + 0.5 * Math.cos(phase) + 0.08 * Math.cos(2 * phase)

/** Half length in samples of a window that spans `periods` periods of f0. */
export const segmentHalf = (periods: number, f0Hz: number, fs: number): number =>
  roundHalfAway(((periods / 2) * fs) / f0Hz)

/** The sample that a frame at `positionSec` is centered at. */
export const originSample = (positionSec: number, fs: number): number => roundHalfAway(positionSec * fs + roundingBias)

export interface SegmentShape {
  readonly window: WindowShape
  readonly periods: number
  /** Whether the window is scaled to an energy of 1. */
  readonly isUnitEnergy: boolean
  readonly noiseLevel: number
}

/**
 * Cuts the signal around a sample under a window of so many periods, adds noise far below hearing so that nothing is
 * exactly zero, and removes the mean that the window sees. The rest of `output` becomes 0. Returns the segment's length.
 */
export function cutSegment(
  x: Float64Array,
  fs: number,
  f0Hz: number,
  origin: number,
  shape: SegmentShape,
  noise: Normals,
  window: Float64Array,
  output: Float64Array,
): number {
  const half = segmentHalf(shape.periods, f0Hz, fs)
  const length = 2 * half + 1
  const windowSum = fillWindow(window, half, (2 * Math.PI * f0Hz) / (shape.periods * fs), shape)
  const first = origin - half
  const last = x.length - 1
  let sum = 0
  for (let i = 0; i < length; i++) {
    const at = first + i
    const value = x[at < 0 ? 0 : at > last ? last : at] * window[i] + noise.next() * shape.noiseLevel
    output[i] = value
    sum += value
  }
  const mean = sum / windowSum
  for (let i = 0; i < length; i++) output[i] -= window[i] * mean
  output.fill(0, length)
  return length
}

/** Returns the window's sum. */
function fillWindow(target: Float64Array, half: number, phaseStep: number, shape: SegmentShape): number {
  const middle = shape.window(0)
  let sum = middle
  let energy = middle * middle
  target[half] = middle
  for (let i = 1; i <= half; i++) {
    const value = shape.window(i * phaseStep)
    target[half + i] = value
    target[half - i] = value
    sum += 2 * value
    energy += 2 * value * value
  }
  if (!shape.isUnitEnergy) return sum
  const scale = 1 / Math.sqrt(energy)
  for (let i = 0; i <= 2 * half; i++) target[i] *= scale
  return sum * scale
}
