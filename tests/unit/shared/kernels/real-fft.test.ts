import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { createRealFft, type RealFft } from '../../../../src/shared/dsp/fft.ts'
import { compiledKernel } from '../../../support/compiled-kernel.ts'
import { createRealFftKernel } from '../../../../src/shared/kernels/real-fft.ts'

let kernelOf: (size: number) => RealFft
beforeAll(async () => {
  kernelOf = createRealFftKernel(await compiledKernel('fft'))
})

const sizes = [16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 65536, 131072]

/** No pattern that a wrong stride would survive. */
const signalOf = (size: number, seed: number) =>
  Float64Array.from({ length: size }, (_, i) => Math.sin(seed + i * i * 0.37 + i))

const largest = (values: Float64Array) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
const largestDifference = (a: Float64Array, b: Float64Array) => largest(a.map((value, i) => value - b[i]))

test('the kernel computes the spectrum that its plain twin computes', () => {
  fc.assert(
    fc.property(fc.constantFrom(...sizes), fc.double({ min: 0, max: 6, noNaN: true }), (size, seed) => {
      const x = signalOf(size, seed)
      const [re, im, plainRe, plainIm] = [0, 0, 0, 0].map(() => new Float64Array(size / 2 + 1))
      kernelOf(size).forward(x, re, im)
      createRealFft(size).forward(x, plainRe, plainIm)
      const scale = largest(plainRe)
      expect(largestDifference(re, plainRe) / scale).toBeLessThan(1e-14)
      expect(largestDifference(im, plainIm) / scale).toBeLessThan(1e-14)
    }),
    { numRuns: 40 },
  )
})

test('a signal survives the kernel’s way to its spectrum and back', () => {
  for (const size of sizes) {
    const x = signalOf(size, 1)
    const [re, im] = [0, 0].map(() => new Float64Array(size / 2 + 1))
    const back = new Float64Array(size)
    kernelOf(size).forward(x, re, im)
    kernelOf(size).inverse(re, im, back)
    expect(largestDifference(back, x)).toBeLessThan(1e-14)
  }
})

test('a size that is no power of two is refused', () => {
  const bins = new Float64Array(25)
  expect(() => kernelOf(48).forward(new Float64Array(48), bins, bins.slice())).toThrow()
})
