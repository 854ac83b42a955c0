import '@tensorflow/tfjs-backend-cpu'
import { concat, setBackend, tensor3d, type Tensor, type Tensor3D } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { readTensors } from '../../../../src/shared/nn/scope.ts'
import {
  createEnergyBases,
  spectralDistance,
  spectralEnergyDistance,
} from '../../../../src/shared/nn/spectral-energy.ts'
import { stftMagnitude } from '../../../../src/shared/nn/stft-loss.ts'

beforeAll(() => setBackend('cpu'))

const numberOf = async (compute: () => Tensor) => (await readTensors(() => [compute()]))[0][0]
const noise = (seed: number, count: number, scale = 1) => {
  const random = createRandom(seed)
  return Float32Array.from({ length: count }, () => scale * random.normal())
}

test('the distance of two frames is the mean of their differences plus the root mean square of their logarithms’', async () => {
  const a = [0.09, 0.19, 0.99, 0.04]
  const b = [0.19, 0.09, 0.99, 0.99]
  const differences = a.map((value, index) => Math.abs(value - b[index]))
  const logarithms = a.map((value, index) => Math.log((value + 0.01) / (b[index] + 0.01)))
  const frame = (first: number) => Math.sqrt((logarithms[first] ** 2 + logarithms[first + 1] ** 2) / 2)
  const byHand = differences.reduce((sum, value) => sum + value, 0) / 4 + (frame(0) + frame(2)) / 2
  const found = await numberOf(() => spectralDistance(tensor3d(a, [1, 2, 2]), tensor3d(b, [1, 2, 2])))
  expect(found).toBeCloseTo(byHand, 5)
})

test('the energy distance is both draws’ distances from the sound less theirs from each other, over all windows', async () => {
  const bases = createEnergyBases([8, 16])
  const sounds = [noise(1, 64), noise(2, 64), noise(3, 64)]
  const [x, y1, y2] = sounds.map((values) => () => tensor3d(values, [1, 64, 1]))
  const between = async (a: () => Tensor3D, b: () => Tensor3D) => {
    const distances = bases.map((basis) =>
      numberOf(() => spectralDistance(stftMagnitude(a(), basis), stftMagnitude(b(), basis))),
    )
    return (await Promise.all(distances)).reduce((sum, distance) => sum + distance, 0) / bases.length
  }
  const apart = (await between(x, y1)) + (await between(x, y2)) - (await between(y1, y2))
  const found = await numberOf(() => spectralEnergyDistance(concat([y1(), y2()], 0), x(), bases))
  expect(found).toBeCloseTo(apart, 5)
})

test('noise of a sound’s own loudness is nearer to it than noise of any other, and than silence', async () => {
  const bases = createEnergyBases([16, 64])
  const samples = 4096
  const distance = (scale: number) =>
    numberOf(() => {
      const draws = tensor3d([...noise(2, samples, scale), ...noise(3, samples, scale)], [2, samples, 1])
      return spectralEnergyDistance(draws, tensor3d(noise(1, samples), [1, samples, 1]), bases)
    })
  const own = await distance(1)
  for (const scale of [0, 0.5, 0.8, 1.3, 2]) expect(await distance(scale), `${scale}`).toBeGreaterThan(own)
})

test('white noise is as loud in a long window as in a short one', async () => {
  const [short, long] = await Promise.all(
    createEnergyBases([32, 256]).map(async (basis) => {
      const [magnitudes] = await readTensors(() => [stftMagnitude(tensor3d(noise(1, 8192), [1, 8192, 1]), basis)])
      return magnitudes.reduce((sum, value) => sum + value, 0) / magnitudes.length
    }),
  )
  expect(long / short).toBeCloseTo(1, 1)
})
