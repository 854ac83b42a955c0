import '@tensorflow/tfjs-backend-wasm'
import { memory, setBackend } from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { prepareWasm } from '../../../../../src/main/compute/engines/backend-wasm.ts'
import { createRandom } from '../../../../../src/shared/base/random.ts'
import { CEPSTRA, CROP_FRAMES } from '../../../../../src/shared/networks/relgan/config.ts'
import { initializeRelgan } from '../../../../../src/shared/networks/relgan/initialize.ts'
import { discriminatorShapes, generatorShapes } from '../../../../../src/shared/networks/relgan/parameters.ts'
import type { EmotionalClip } from '../../../../../src/shared/training/relgan/emotional-clip.ts'
import { createBatchSampler } from '../../../../../src/shared/training/relgan/sampler.ts'
import { relganRates, relganWeights } from '../../../../../src/shared/training/relgan/schedule.ts'
import { measureNormals } from '../../../../../src/shared/training/relgan/statistics.ts'
import { createRelganTrainer } from '../../../../../src/shared/training/relgan/trainer.ts'

beforeAll(async () => {
  prepareWasm()
  await setBackend('wasm')
})

/** A clip whose coefficients tell its emotion and its number. */
function clipOf(emotion: number, number: number, frames = CROP_FRAMES + 20): EmotionalClip {
  const random = createRandom(10 * emotion + number)
  return {
    emotion,
    person: `${number}`,
    cepstra: Float32Array.from({ length: frames * CEPSTRA }, () => emotion + number / 10 + random.normal()),
    f0: Float32Array.from({ length: frames }, (_, frame) => (frame % 3 === 0 ? 0 : 100 * (1 + emotion))),
  }
}
const clips = [0, 1, 2, 3].flatMap((emotion) => [clipOf(emotion, 1), clipOf(emotion, 2)])

const countOf = (shapes: ReadonlyMap<string, readonly number[]>, prefix = '') =>
  [...shapes]
    .filter(([name]) => name.startsWith(prefix))
    .reduce((sum, [, shape]) => sum + shape.reduce((product, size) => product * size, 1), 0)

test('at paper size with four emotions the networks have the published numbers of parameters', () => {
  const paper = { channels: 128, emotions: 4 }
  expect(countOf(generatorShapes(paper))).toBe(32_977_793)
  const judge = discriminatorShapes(paper)
  expect(countOf(judge, 'trunk/')).toBe(22_891_520)
  expect(countOf(judge, 'heads/interpolation')).toBe(1_179_776)
  expect(countOf(judge, 'heads/matching')).toBe(37_827_585)
})

describe('a batch', () => {
  const normals = measureNormals(clips, 4)
  const sampler = createBatchSampler(clips, normals)

  test('holds three different emotions an item', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const batch = sampler.draw(createRandom(seed), 8)
        for (const emotions of batch.emotions) expect(new Set(emotions).size).toBe(3)
        expect(batch.a).toHaveLength(8 * CEPSTRA * CROP_FRAMES)
        expect(batch.a2).not.toEqual(batch.a)
      }),
      { numRuns: 40 },
    )
  })

  test('meets every order of three emotions, and degrees evenly between 0 and 1', () => {
    const random = createRandom(1)
    const batches = Array.from({ length: 100 }, () => sampler.draw(random, 8))
    expect(new Set(batches.flatMap(({ emotions }) => emotions.map((three) => `${three}`))).size).toBe(24)
    const degrees = batches.flatMap((batch) => [...batch.degrees])
    expect(degrees.every((degree) => degree >= 0 && degree <= 1)).toBe(true)
    expect(degrees.filter((degree) => degree < 0.5).length / degrees.length).toBeCloseTo(0.5, 1)
  })

  test('says nothing of the modes where an emotion has a single clip', () => {
    const single = clips.filter(({ emotion, person }) => emotion !== 1 || person === '1')
    expect(createBatchSampler(single, measureNormals(single, 4)).draw(createRandom(1), 2).a2).toBeNull()
  })

  test('is normal for its emotion: mean 0 and spread 1 over all clips', () => {
    const batch = sampler.draw(createRandom(3), 200)
    const mean = batch.b.reduce((sum, value) => sum + value, 0) / batch.b.length
    const variance = batch.b.reduce((sum, value) => sum + value * value, 0) / batch.b.length
    expect(mean).toBeCloseTo(0, 1)
    expect(variance).toBeCloseTo(1, 1)
  })

  test('normals know only voiced pitch', () => {
    expect(normals.map(({ logF0Mean }) => Math.round(Math.exp(logF0Mean)))).toEqual([100, 200, 300, 400])
    expect(normals[0].logF0Spread).toBeCloseTo(0, 6)
  })
})

test('rates fall in a straight line to their published ends, two terms fade by a tenth', () => {
  expect(relganRates(0)).toEqual({ generator: 2e-4, discriminator: 1e-4 })
  expect(relganRates(50_000).generator).toBeCloseTo(1.05e-4, 12)
  expect(relganRates(250_000).generator).toBeCloseTo(1e-5, 12)
  expect(relganRates(250_000).discriminator).toBeCloseTo(2e-5, 12)
  expect(relganWeights(9_999)).toMatchObject({ backward: 5, triangle: 5, cycle: 10 })
  expect(relganWeights(20_000).triangle).toBeCloseTo(4.05, 12)
})

test('a training that goes on is the one that never stopped, bit for bit, and leaves no tensor', async () => {
  const options = {
    clips,
    config: { channels: 2, emotions: 4 },
    seed: 5,
    isSpectrallyNormalized: true,
    batchSize: 1,
    resumeFrom: null,
  }
  const before = memory().numTensors
  const whole = createRelganTrainer(options)
  for (let step = 0; step < 2; step++) await whole.advance()
  const first = createRelganTrainer(options)
  await first.advance()
  const resumed = createRelganTrainer({ ...options, resumeFrom: first.save() })
  const losses = await resumed.advance()
  expect(resumed.save()).toEqual(whole.save())
  expect(Object.keys(losses)).toHaveLength(18)
  expect(memory().numTensors).toBe(before)
})

test('with spectral normalization the discriminator judges otherwise than without', async () => {
  const options = { clips, config: { channels: 2, emotions: 4 }, seed: 5, batchSize: 1, resumeFrom: null }
  const [normal, plain] = await Promise.all(
    [true, false].map((isSpectrallyNormalized) =>
      createRelganTrainer({ ...options, isSpectrallyNormalized }).advance(),
    ),
  )
  expect(normal['discriminator/real']).not.toBeCloseTo(plain['discriminator/real'], 3)
})

test('fresh weights depend on the seed alone', () => {
  const config = { channels: 2, emotions: 3 }
  expect(initializeRelgan(config, createRandom(1))).toEqual(initializeRelgan(config, createRandom(1)))
  expect(initializeRelgan(config, createRandom(1))).not.toEqual(initializeRelgan(config, createRandom(2)))
})
