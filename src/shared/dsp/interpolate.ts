/**
 * Linear interpolation of the points (`xs`, `ys`), xs ascending, at the ascending positions `at`;
 * beyond either end the outermost segment goes on. Needs at least two points.
 */
export function interpolateLinear(xs: Float64Array, ys: Float64Array, at: Float64Array, output: Float64Array): void {
  let k = 0
  for (let i = 0; i < at.length; i++) {
    while (k < xs.length - 2 && at[i] >= xs[k + 1]) k++
    output[i] = ys[k] + ((at[i] - xs[k]) / (xs[k + 1] - xs[k])) * (ys[k + 1] - ys[k])
  }
}

/** Value of the evenly spaced `ys` at the fractional index `position`; held at either end. */
export function interpolateAt(ys: Float64Array, position: number): number {
  const clamped = Math.min(Math.max(position, 0), ys.length - 1)
  const k = Math.min(Math.floor(clamped), ys.length - 2)
  return ys[k] + (clamped - k) * (ys[k + 1] - ys[k])
}
