import { expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { createDither } from '../../../../src/shared/dsp/dither.ts'

const scale = 2 ** 15
const rounded = (samples: Float32Array): Float32Array => samples.map((sample) => Math.round(sample * scale) / scale)

test('the mean of rounded samples is the sample, also far below one step', () => {
  for (const level of [0.1, 0.25, 0.5, 0.77]) {
    const dithered = createDither(scale, createRandom(1)).apply(new Float32Array(100_000).fill(level / scale))
    const mean = rounded(dithered).reduce((sum, sample) => sum + sample, 0) / 100_000
    expect(mean * scale).toBeCloseTo(level, 1.5)
  }
})

test('the noise has the same power whatever the level', () => {
  const powers = [0, 0.25, 0.5].map((level) => {
    const input = new Float32Array(100_000).fill((level + 3) / scale)
    const output = rounded(createDither(scale, createRandom(7)).apply(input))
    return output.reduce((sum, sample, at) => sum + ((sample - input[at]) * scale) ** 2, 0) / 100_000
  })
  for (const power of powers) expect(power).toBeCloseTo(0.25, 1.7) // 1/12 of rounding and 1/6 of triangular noise
})

test('digital silence stays digital silence, in blocks of any size', () => {
  const dither = createDither(scale, createRandom(1))
  dither.apply(Float32Array.of(0.5, ...new Array<number>(64).fill(0)))
  expect(dither.apply(new Float32Array(1000))).toEqual(new Float32Array(1000))
})
