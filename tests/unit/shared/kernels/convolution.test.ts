import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { convolve, packConvolution } from '../../../../src/shared/dsp/packed-convolution.ts'
import { compiledKernel } from '../../../support/compiled-kernel.ts'
import { createConvolutionKernel } from '../../../../src/shared/kernels/convolution.ts'

const kernel = createConvolutionKernel(await compiledKernel('convolution'))

test('the kernel convolves to the bits of its plain twin, whatever the shape', () => {
  const size = (max: number) => fc.integer({ min: 1, max })
  const shape = fc.tuple(size(13), size(9), fc.constantFrom(1, 3, 5), size(4), size(21), fc.nat())
  fc.assert(
    fc.property(shape, ([outputs, inputs, taps, dilation, count, seed]) => {
      const random = createRandom(seed)
      const numbers = (length: number) => Float32Array.from({ length }, () => random.uniform() - 0.5)
      const weight = { shape: [outputs, inputs, taps], values: numbers(outputs * inputs * taps) }
      const layer = packConvolution(weight, { shape: [outputs], values: numbers(outputs) })
      const x = Float64Array.from(
        { length: (count + dilation * (taps - 1) + 1) * inputs },
        () => random.uniform() - 0.5,
      )
      const found = new Float64Array((count + 1) * layer.stride)
      const expected = new Float64Array((count + 1) * layer.stride)
      kernel(layer, x, dilation, count, found)
      convolve(layer, x, dilation, count, expected)
      expect(found.subarray(0, count * layer.stride)).toEqual(expected.subarray(0, count * layer.stride))
    }),
    { numRuns: 60 },
  )
})
