import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { createDifferentialFilter, type SpectralChange } from '../../../../src/shared/conversion/differential-filter.ts'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { compiledKernel } from '../../../support/compiled-kernel.ts'
import { createFilterKernel, type FilterKernel } from '../../../../src/shared/kernels/differential-filter.ts'

let kernel: FilterKernel
beforeAll(async () => {
  kernel = createFilterKernel(await compiledKernel('differential-filter'))
})

const EXACT = 1e-9
const greatestGap = (a: Float64Array, b: Float64Array): number =>
  a.reduce((greatest, value, index) => Math.max(greatest, Math.abs(value - b[index])), 0)
const noise = (length: number, seed: number) => {
  const random = createRandom(seed)
  return Float64Array.from({ length }, () => 2 * random.uniform() - 1)
}
const changeOf = (
  samples: number,
  rateHz: number,
  size: number,
  rest: Partial<SpectralChange> = {},
): SpectralChange => ({
  frameCount: Math.floor((samples * 200) / rateHz) + 1,
  readDifference: (frame, output) => {
    output.forEach((_, band) => (output[band] = size * Math.sin(frame * 0.7 + band * 0.31)))
  },
  ...rest,
})

test.each([8000, 16_000, 22_050, 44_100, 48_000, 96_000])(
  'at %i Hz the kernel filters as its twin does, to 1e-9',
  (rateHz) => {
    const x = noise(Math.round(0.4 * rateHz), 1)
    const sound = { channels: [x, x.map((value) => value * value)], firstSamples: 0 }
    const levelChange = Float64Array.from({ length: 90 }, (_, frame) => Math.sin(frame))
    for (const rest of [{}, { levelChange }, { keepsEnergy: false }]) {
      const change = changeOf(x.length, rateHz, 7, rest)
      const plain = createDifferentialFilter(rateHz).apply(sound, change, 0, x.length)
      const fast = createDifferentialFilter(rateHz, kernel).apply(sound, change, 0, x.length)
      fast.forEach((channel, index) => expect(greatestGap(channel, plain[index])).toBeLessThan(EXACT))
    }
  },
)

test('any span of any sound comes out as from the twin, and a span in pieces has the bits of the whole', () => {
  const rateHz = 24_000
  const span = fc.record({
    length: fc.integer({ min: 1, max: 6000 }),
    start: fc.integer({ min: 0, max: 5000 }),
    count: fc.integer({ min: 1, max: 3000 }),
    gain: fc.constantFrom(0, 1e-6, 1),
  })
  const [plain, fast] = [createDifferentialFilter(rateHz), createDifferentialFilter(rateHz, kernel)]
  fc.assert(
    fc.property(span, ({ length, start, count, gain }) => {
      const x = noise(length, length).map((value) => gain * value)
      const from = Math.min(start, length - 1)
      const wanted = Math.min(count, length - from)
      const change = changeOf(length, rateHz, 4)
      const whole = { channels: [x], firstSamples: 0 }
      const [found] = fast.apply(whole, change, from, wanted)
      expect(found.length).toBe(wanted)
      expect(greatestGap(found, plain.apply(whole, change, from, wanted)[0])).toBeLessThan(EXACT)
      const first = Math.max(0, from - fast.reachSamples)
      const piece = { channels: [x.slice(first, from + wanted + fast.reachSamples)], firstSamples: first }
      expect(fast.apply(piece, change, from, wanted)[0]).toEqual(found)
    }),
    { numRuns: 40 },
  )
})

test('no change gives every sample back', () => {
  const x = noise(20_000, 5)
  const change = changeOf(x.length, 48_000, 0)
  const [y] = createDifferentialFilter(48_000, kernel).apply({ channels: [x], firstSamples: 0 }, change, 0, x.length)
  expect(greatestGap(x, y)).toBeLessThan(1e-12)
})
