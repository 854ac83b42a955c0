import type { Samples } from '../units/time.ts'

/** A corner of a curve, at a position of the source: a trim or a move of the region leaves it where it sounds. */
export interface CurvePoint {
  readonly atSamples: Samples
  readonly value: number
}

/** A value over time: straight lines between at least one corner, in time order; the outermost corners hold outside. */
export type Curve = readonly CurvePoint[]

/** The curve's value at a position of the source. */
export function curveValue(curve: Curve, atSamples: Samples): number {
  const next = firstAfter(curve, atSamples)
  if (next === 0) return curve[0].value
  if (next === curve.length) return curve[curve.length - 1].value
  const [before, after] = [curve[next - 1], curve[next]]
  const share = (atSamples - before.atSamples) / (after.atSamples - before.atSamples)
  return before.value + (after.value - before.value) * share
}

/** Index of the first corner behind a position; `curve.length` when there is none. */
export function firstAfter(curve: Curve, atSamples: Samples): number {
  let low = 0
  let high = curve.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (curve[middle].atSamples > atSamples) high = middle
    else low = middle + 1
  }
  return low
}
