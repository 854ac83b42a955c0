import '@tensorflow/tfjs-backend-cpu'
import { setBackend, tensor3d } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { lowestQuarter } from '../../../../src/shared/nn/lowest-quarter.ts'
import { readTensors } from '../../../../src/shared/nn/scope.ts'

beforeAll(() => setBackend('cpu'))

const SAMPLES = 8000
const quarterOf = async (sound: Float32Array) =>
  (await readTensors(() => [lowestQuarter(tensor3d(sound, [1, sound.length, 1]))]))[0]
const tone = (turnsPerSample: number) =>
  Float32Array.from({ length: SAMPLES }, (_, at) => Math.cos(2 * Math.PI * turnsPerSample * (at - 2)))
/** Edges left aside. */
const levelOf = (sound: Float32Array) => {
  const inner = sound.subarray(50, sound.length - 50)
  return Math.sqrt(inner.reduce((sum, x) => sum + x * x, 0) / inner.length)
}

test('white noise stays as loud, at a quarter of the rate', async () => {
  const random = createRandom(5)
  const quarter = await quarterOf(Float32Array.from({ length: 10 * SAMPLES }, () => random.normal()))
  expect(quarter).toHaveLength((10 * SAMPLES) / 4)
  expect(Math.abs(levelOf(quarter) - 1)).toBeLessThan(0.03)
})

test('a low tone is kept, and of a tone above the band not a hundredth is left', async () => {
  const low = levelOf(await quarterOf(tone(0.03)))
  expect(low).toBeGreaterThan(1.3)
  expect(Math.abs(levelOf(await quarterOf(tone(0.1))) / low - 1)).toBeLessThan(0.05)
  for (const above of [0.17, 0.25, 0.4])
    expect(levelOf(await quarterOf(tone(above))), `${above}`).toBeLessThan(low / 100)
})
