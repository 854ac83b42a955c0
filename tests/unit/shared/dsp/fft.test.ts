import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createComplexFft } from '../../../../src/shared/dsp/complex-fft.ts'
import { createRealFft, realFft } from '../../../../src/shared/dsp/fft.ts'

const sizes = [2, 4, 8, 16, 32, 64, 128, 256]
const signalOf = (size: number) =>
  fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: size, maxLength: size })
const sizedSignal = fc.constantFrom(...sizes).chain(signalOf)

function slowTransform(x: readonly number[]): { re: number[]; im: number[] } {
  const bins = x.length / 2 + 1
  const angle = (k: number, n: number) => (-2 * Math.PI * ((k * n) % x.length)) / x.length
  const sum = (part: (a: number) => number, k: number) => x.reduce((s, v, n) => s + v * part(angle(k, n)), 0)
  const each = (part: (a: number) => number) => Array.from({ length: bins }, (_, k) => sum(part, k))
  return { re: each(Math.cos), im: each(Math.sin) }
}

const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0)

test('the spectrum is the sum that defines it', () => {
  fc.assert(
    fc.property(sizedSignal, (x) => {
      const re = new Float64Array(x.length / 2 + 1)
      const im = new Float64Array(x.length / 2 + 1)
      createRealFft(x.length).forward(Float64Array.from(x), re, im)
      const slow = slowTransform(x)
      expect(largestDifference(re, slow.re)).toBeLessThan(1e-12)
      expect(largestDifference(im, slow.im)).toBeLessThan(1e-12)
    }),
  )
})

test('a signal survives the way to its spectrum and back', () => {
  fc.assert(
    fc.property(sizedSignal, (x) => {
      const fft = createRealFft(x.length)
      const re = new Float64Array(x.length / 2 + 1)
      const im = new Float64Array(x.length / 2 + 1)
      const back = new Float64Array(x.length)
      fft.forward(Float64Array.from(x), re, im)
      fft.inverse(re, im, back)
      expect(largestDifference(back, x)).toBeLessThan(1e-14 * x.length)
    }),
  )
})

test('energy is the same in both domains, at a size beyond the caches', () => {
  const size = 2 ** 17
  const x = Float64Array.from({ length: size }, (_, n) => Math.sin(n * n * 1e-5))
  const re = new Float64Array(size / 2 + 1)
  const im = new Float64Array(size / 2 + 1)
  realFft(size).forward(x, re, im)
  const inTime = x.reduce((sum, value) => sum + value * value, 0)
  let inFrequency = 0
  for (let k = 0; k <= size / 2; k++) {
    inFrequency += (k === 0 || k === size / 2 ? 1 : 2) * (re[k] * re[k] + im[k] * im[k])
  }
  expect(inFrequency / size / inTime).toBeCloseTo(1, 12)
})

test('the complex transform there and back multiplies by its size', () => {
  fc.assert(
    fc.property(sizedSignal, (x) => {
      const fft = createComplexFft(x.length)
      const re = Float64Array.from(x)
      const im = Float64Array.from(x).reverse()
      fft.forward(re, im)
      fft.inverse(re, im)
      expect(
        largestDifference(
          re.map((v) => v / x.length),
          x,
        ),
      ).toBeLessThan(1e-14 * x.length)
    }),
  )
})

test('a size that is no power of two is refused', () => {
  expect(() => createRealFft(1000)).toThrow('power of two')
})

test('one size has one shared instance', () => {
  expect(realFft(64)).toBe(realFft(64))
})
