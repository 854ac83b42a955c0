import '@tensorflow/tfjs-backend-cpu'
import { grad, setBackend, tensor3d, type Tensor, type Tensor3D } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { wasmEngine } from '../../../../src/main/compute/engines/engine-wasm.ts'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { softmaxCrossEntropy } from '../../../../src/shared/nn/cross-entropy.ts'
import { limitRows } from '../../../../src/shared/nn/max-norm.ts'
import { meanSquare, stagedMean } from '../../../../src/shared/nn/mean.ts'
import { readTensors } from '../../../../src/shared/nn/scope.ts'
import { powerIteration, spectralNorm } from '../../../../src/shared/nn/spectral-norm.ts'
import { createStftBasis, stftLoss, stftMagnitude } from '../../../../src/shared/nn/stft-loss.ts'

beforeAll(async () => {
  await wasmEngine.load({ enginesFolder: null, hasWindows: false })
  await setBackend('cpu')
})

const valuesOf = async (compute: () => Tensor) => (await readTensors(() => [compute()]))[0]

test('the mean of two million numbers is right to seven digits, also on WebAssembly', async () => {
  await setBackend('wasm')
  const random = createRandom(4)
  const x = Float32Array.from({ length: 2_000_003 }, () => random.uniform())
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length
  const [found] = await valuesOf(() => stagedMean(tensor3d(x, [1, x.length, 1])))
  const [squares] = await valuesOf(() =>
    meanSquare(
      tensor3d(x, [1, x.length, 1]),
      tensor3d(
        x.map(() => 0),
        [1, x.length, 1],
      ),
    ),
  )
  await setBackend('cpu')
  expect(Math.abs(found - mean) / mean).toBeLessThan(5e-7)
  const meanOfSquares = x.reduce((sum, value) => sum + value * value, 0) / x.length
  expect(Math.abs(squares - meanOfSquares) / meanOfSquares).toBeLessThan(5e-7)
})

test('guessing evenly costs the logarithm of the number of classes, and large logits overflow nothing', async () => {
  const even = await valuesOf(() => softmaxCrossEntropy(tensor3d(new Float32Array(8), [1, 2, 4]), Int32Array.of(3, 0)))
  expect(even[0]).toBeCloseTo(Math.log(4), 6)
  const sure = await valuesOf(() => softmaxCrossEntropy(tensor3d([1e4, 0, 0, -1e4], [1, 2, 2]), Int32Array.of(0, 1)))
  expect(sure[0]).toBeCloseTo(5000, 2)
})

test('magnitudes through the matrix are those of the definition', async () => {
  const [size, hop, samples] = [16, 4, 50]
  const random = createRandom(6)
  const x = Float32Array.from({ length: samples }, () => random.normal())
  const found = await valuesOf(() => stftMagnitude(tensor3d(x, [1, samples, 1]), createStftBasis(size, hop)))
  const frames = Math.floor((samples - size) / hop) + 1
  expect(found.length).toBe(frames * 9)
  for (let frame = 0; frame < frames; frame++)
    for (let bin = 0; bin < 9; bin++) {
      let [re, im] = [0, 0]
      for (let n = 0; n < size; n++) {
        const value = x[frame * hop + n] * (0.5 - 0.5 * Math.cos((2 * Math.PI * n) / size))
        re += value * Math.cos((2 * Math.PI * n * bin) / size)
        im -= value * Math.sin((2 * Math.PI * n * bin) / size)
      }
      expect(found[frame * 9 + bin]).toBeCloseTo(Math.hypot(re, im), 3)
    }
})

test('equal sounds have no spectral distance, and a louder one has', async () => {
  const basis = createStftBasis(16, 4)
  const x = Float32Array.from({ length: 64 }, (_, n) => Math.sin(n))
  const distance = (gain: number) =>
    valuesOf(() =>
      stftLoss(
        tensor3d(
          x.map((value) => gain * value),
          [1, 64, 1],
        ),
        tensor3d(x, [1, 64, 1]),
        basis,
      ),
    )
  expect((await distance(1))[0]).toBeLessThan(1e-3)
  expect((await distance(2))[0]).toBeCloseTo(1 + Math.log(2), 1)
})

test('power iteration finds the largest singular value, and the weight divided by it has 1', async () => {
  // 3 × 2 with singular values 5 and 2 by construction: columns (3, 0, 4) and (0, 2, 0).
  const weight = Float32Array.of(3, 0, 0, 2, 4, 0)
  let estimate = powerIteration(weight, 2, Float32Array.of(1, 1, 1))
  for (let round = 0; round < 20; round++) estimate = powerIteration(weight, 2, estimate.left)
  expect(estimate.largest).toBeCloseTo(5, 6)
  const normal = await valuesOf(() => spectralNorm(tensor3d(weight, [1, 3, 2]), estimate))
  expect(powerIteration(normal, 2, estimate.left).largest).toBeCloseTo(1, 6)
  // Along the weight itself the normalized weight does not move.
  const slope = await valuesOf(() =>
    grad((w: Tensor) => stagedMean(spectralNorm(w as Tensor3D, estimate)))(tensor3d(weight, [1, 3, 2])),
  )
  expect(slope.reduce((sum, value, index) => sum + value * weight[index], 0)).toBeCloseTo(0, 6)
})

test('a row longer than the limit is shortened to it, a shorter one stays', () => {
  const table = Float32Array.of(3, 4, 0.3, 0.4)
  limitRows(table, 2, 1)
  expect([...table].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([0.6, 0.8, 0.3, 0.4])
})
