import { expect, test } from 'vitest'
import { createPeakLimiter } from '../../../../src/shared/conversion/peak-limiter.ts'

function limited(x: Float64Array, ceiling: number, block: number): number[] {
  const written: number[] = []
  const limiter = createPeakLimiter(ceiling, 1000, { write: ([channel]) => written.push(...channel) })
  for (let start = 0; start < x.length; start += block) limiter.push([x.slice(start, start + block)])
  limiter.finish()
  return written
}
const wave = (gain: number) => Float64Array.from({ length: 500 }, (_, n) => gain * Math.sin(n * 0.3))

test('sound under the ceiling passes bit for bit', () => {
  expect(limited(wave(0.9), 0.98, 37)).toEqual(Array.from(Float32Array.from(wave(0.9))))
})

test('nothing is over the ceiling, however the sound came', () => {
  const loud = wave(0.5).map((value, n) => (n % 97 === 0 ? 3 : value))
  for (const block of [1, 7, 64, 500]) {
    const found = limited(loud, 0.98, block)
    expect(found.length).toBe(500)
    expect(Math.max(...found.map(Math.abs))).toBeLessThanOrEqual(0.98 + 1e-7)
    expect(found).toEqual(limited(loud, 0.98, 500))
  }
})

test('a peak turns down only what is within ten milliseconds of it', () => {
  const x = wave(0.5)
  x[250] = 2
  const found = limited(x, 0.98, 500)
  expect(found.slice(0, 240)).toEqual(Array.from(Float32Array.from(x.slice(0, 240))))
  expect(found.slice(261)).toEqual(Array.from(Float32Array.from(x.slice(261))))
})
