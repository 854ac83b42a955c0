import type { Samples } from '../units/time.ts'

/** More of the overlap would not change the law audibly, and this much costs a tenth of a millisecond. */
export const correlatedSamples = 48_000

/** How alike two sounds are from given offsets on, 0 (unrelated or opposed) … 1 (the same). */
export function correlationOf(
  a: Float32Array,
  aStart: Samples,
  b: Float32Array,
  bStart: Samples,
  durationSamples: Samples,
): number {
  const count = Math.max(0, Math.min(durationSamples, correlatedSamples, a.length - aStart, b.length - bStart))
  let product = 0
  let aPower = 0
  let bPower = 0
  for (let index = 0; index < count; index++) {
    const left = a[aStart + index]
    const right = b[bStart + index]
    product += left * right
    aPower += left * left
    bPower += right * right
  }
  return aPower === 0 || bPower === 0 ? 0 : Math.min(1, Math.max(0, product / Math.sqrt(aPower * bPower)))
}
