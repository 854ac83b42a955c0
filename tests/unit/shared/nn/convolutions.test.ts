import '@tensorflow/tfjs-backend-cpu'
import { setBackend, tensor1d, tensor3d, tensor4d, type Tensor } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { convolveValid } from '../../../../src/shared/nn/conv.ts'
import { pixelShuffle, pixelShuffle2d } from '../../../../src/shared/nn/pixel-shuffle.ts'
import { averagePool, repeatFrames, upsampleLinear } from '../../../../src/shared/nn/resample-time.ts'
import { readTensors } from '../../../../src/shared/nn/scope.ts'
import { convolveStrided, convolveTransposed } from '../../../../src/shared/nn/strided-conv.ts'

beforeAll(() => setBackend('cpu'))

const random = createRandom(21)
const noise = (count: number) => Float32Array.from({ length: count }, () => random.normal())
const valuesOf = async (compute: () => Tensor) => [...(await readTensors(() => [compute()]))[0]]

function expectClose(found: readonly number[], expected: readonly number[]): void {
  expect(found.length).toBe(expected.length)
  found.forEach((value, index) => expect(value).toBeCloseTo(expected[index], 5))
}

/** One item by the definition: y[n] = b + Σ x[n · stride + k · dilation − before] w[k]. */
function correlated(
  x: Float32Array,
  w: Float32Array,
  b: Float32Array,
  sizes: { taps: number; inputs: number; stride: number; dilation: number; before: number; count: number },
): number[] {
  const { taps, inputs, stride, dilation, before, count } = sizes
  const outputs = b.length
  return Array.from({ length: count * outputs }, (_, index) => {
    const [n, o] = [Math.floor(index / outputs), index % outputs]
    let sum = b[o]
    for (let k = 0; k < taps; k++) {
      const t = n * stride + k * dilation - before
      for (let i = 0; i < inputs; i++) sum += (x[t * inputs + i] ?? 0) * w[(k * inputs + i) * outputs + o]
    }
    return sum
  })
}

test('a convolution with stride takes every stride-th place of the one without, for any taps and length', async () => {
  for (const [T, taps, stride] of [
    [12, 5, 2],
    [11, 4, 3],
    [10, 3, 4],
    [9, 1, 2],
  ]) {
    const [x, w, b] = [noise(T * 2), noise(taps * 2 * 3), noise(3)]
    const found = await valuesOf(() =>
      convolveStrided(tensor3d(x, [1, T, 2]), tensor3d(w, [taps, 2, 3]), tensor1d(b), stride),
    )
    const before = Math.floor((taps - 1) / 2)
    const sizes = { taps, inputs: 2, stride, dilation: 1, before, count: Math.ceil(T / stride) }
    expectClose(found, correlated(x, w, b, sizes))
  }
})

test('without padding only whole reaches are left, and even taps are fine', async () => {
  const [x, w, b] = [noise(10 * 2), noise(2 * 2 * 3), noise(3)]
  const found = await valuesOf(() => convolveValid(tensor3d(x, [1, 10, 2]), tensor3d(w, [2, 2, 3]), tensor1d(b), 4))
  expectClose(found, correlated(x, w, b, { taps: 2, inputs: 2, stride: 1, dilation: 4, before: 0, count: 6 }))
})

test('a transposed convolution lays the weight at every stride-th frame and adds', async () => {
  for (const [T, taps, stride] of [
    [6, 4, 2],
    [5, 5, 2],
    [4, 7, 3],
    [3, 2, 2],
  ]) {
    const [x, w] = [noise(T * 2), noise(taps * 2 * 3)]
    const cut = Math.floor((taps - stride) / 2)
    const expected = new Array<number>(T * stride * 3).fill(0.5)
    for (let t = 0; t < T; t++)
      for (let k = 0; k < taps; k++) {
        const n = t * stride + k - cut
        if (n < 0 || n >= T * stride) continue
        for (let i = 0; i < 2; i++)
          for (let o = 0; o < 3; o++) expected[n * 3 + o] += x[t * 2 + i] * w[(k * 2 + i) * 3 + o]
      }
    const bias = tensor1d([0.5, 0.5, 0.5])
    const found = await valuesOf(() =>
      convolveTransposed(tensor3d(x, [1, T, 2]), tensor3d(w, [taps, 2, 3]), bias, stride),
    )
    expectClose(found, expected)
  }
})

test('a pixel shuffle lays neighboring channels side by side in time, and in both directions of a picture', async () => {
  expect(await valuesOf(() => pixelShuffle(tensor3d([1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 4]), 2))).toEqual([
    1, 3, 2, 4, 5, 7, 6, 8,
  ])
  const [H, W, C, r] = [2, 3, 2, 2]
  const x = Float32Array.from({ length: H * W * C * r * r }, (_, index) => index)
  const expected = Array.from({ length: x.length }, (_, index) => {
    const [c, column, row] = [index % C, Math.floor(index / C) % (W * r), Math.floor(index / (C * W * r))]
    const place = Math.floor(row / r) * W + Math.floor(column / r)
    return x[place * C * r * r + (c * r + (row % r)) * r + (column % r)]
  })
  expect(await valuesOf(() => pixelShuffle2d(tensor4d(x, [1, H, W, C * r * r]), r))).toEqual(expected)
})

test('pooling and repeating undo each other, and a straight line stays one when it is upsampled', async () => {
  const x = noise(2 * 6)
  expectClose(await valuesOf(() => averagePool(repeatFrames(tensor3d(x, [1, 6, 2]), 5), 5)), [...x])
  const line = await valuesOf(() => upsampleLinear(tensor3d([0, 3, 6, 9], [1, 4, 1]), 3))
  expectClose(line, [0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9])
})
