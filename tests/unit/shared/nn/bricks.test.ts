import { memory, setBackend, tensor3d } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { prepareWasm } from '../../../../src/main/compute/engines/backend-wasm.ts'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { createFrameWeights, maskedNorm } from '../../../../src/shared/nn/masked-norm.ts'
import { releasingTensors } from '../../../../src/shared/nn/scope.ts'
import { mapTime, pool2Matrix, upsample2Matrix } from '../../../../src/shared/nn/time-map.ts'

beforeAll(async () => {
  prepareWasm()
  await setBackend('wasm')
})

const valuesOf = (compute: () => { dataSync(): Float32Array | Int32Array | Uint8Array }) =>
  releasingTensors(() => [...compute().dataSync()])

test('pooling takes the mean of each two frames, and a last odd frame stands alone', () => {
  const x = [1, 3, 5, 9, 4]
  expect(valuesOf(() => mapTime(tensor3d(x, [1, 5, 1]), pool2Matrix(5)))).toEqual([2, 7, 4])
})

test('upsampling is half-pixel linear by exactly two, cut to the length, held at the ends', () => {
  const z = [0, 4, 8]
  expect(valuesOf(() => mapTime(tensor3d(z, [1, 3, 1]), upsample2Matrix(5)))).toEqual([0, 1, 3, 5, 7])
  expect(valuesOf(() => mapTime(tensor3d(z, [1, 3, 1]), upsample2Matrix(6)))).toEqual([0, 1, 3, 5, 7, 8])
})

test('masked normalization gives the frames that count mean 0 and spread 1, whatever the others hold', () => {
  const random = createRandom(1)
  const [B, T, C] = [2, 40, 3]
  const counts = Float32Array.from({ length: B * T }, (_, frame) => (frame % 4 === 0 ? 0 : 1))
  const h = Float32Array.from({ length: B * T * C }, (_, index) =>
    counts[Math.floor(index / C)] ? 5 + 2 * random.normal() : 1e3 * random.normal(),
  )
  const normalized = valuesOf(() => maskedNorm(tensor3d(h, [B, T, C]), createFrameWeights(counts, B, T)))
  for (let item = 0; item < B; item++) {
    for (let c = 0; c < C; c++) {
      const counted = Array.from({ length: T }, (_, t) => item * T + t)
        .filter((row) => counts[row] > 0)
        .map((row) => normalized[row * C + c])
      const mean = counted.reduce((sum, value) => sum + value, 0) / counted.length
      const variance = counted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / counted.length
      expect(mean).toBeCloseTo(0, 3)
      expect(variance).toBeCloseTo(1, 2)
    }
  }
})

test('a computation that throws releases its tensors all the same', () => {
  const before = memory().numTensors
  expect(() =>
    releasingTensors(() => {
      tensor3d([1], [1, 1, 1])
      throw new Error('on purpose')
    }),
  ).toThrow('on purpose')
  expect(memory().numTensors).toBe(before)
})
