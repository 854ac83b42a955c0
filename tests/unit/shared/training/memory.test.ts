import { fill, memory, ones, sum } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { openEngine } from '../../../../src/main/compute/engines/backend.ts'
import { findEngine } from '../../../../src/main/compute/engines/engines.ts'
import { FailureError } from '../../../../src/shared/base/errors.ts'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { sampleAugmentation } from '../../../../src/shared/conversion/augmentation.ts'
import { spectralAutoencoderSizes } from '../../../../src/shared/networks/spectral-autoencoder/config.ts'
import { initializeParameters } from '../../../../src/shared/networks/spectral-autoencoder/initialize.ts'
import { parameterShapes } from '../../../../src/shared/networks/spectral-autoencoder/parameters.ts'
import type { TrainingBatch } from '../../../../src/shared/networks/spectral-autoencoder/training-batch.ts'
import { lossAndGradient, measureItemPeak } from '../../../../src/shared/networks/spectral-autoencoder/training-step.ts'
import { createParameterLayout, packParameters } from '../../../../src/shared/nn/parameters.ts'
import { readTensors } from '../../../../src/shared/nn/scope.ts'
import { isOutOfMemory } from '../../../../src/shared/nn/out-of-memory.ts'
import { planMemory, smallerUse, type MemoryUse } from '../../../../src/shared/training/memory-use.ts'
import { createTrainer } from '../../../../src/shared/training/trainer.ts'
import { createWithinMemory } from '../../../../src/shared/training/within-memory.ts'
import { createClip } from '../../../support/training-clips.ts'

beforeAll(async () => {
  const engine = findEngine('wasm')
  if (engine === undefined) throw new Error('WebAssembly is always there')
  await openEngine(engine, { enginesFolder: null, hasWindows: false })
})

const config = spectralAutoencoderSizes.tiny
const layout = createParameterLayout(parameterShapes(config, 2))
const network = { config, layout, singerCount: 2 }
const weights = packParameters(layout, initializeParameters(config, 2, createRandom(1)))
const random = createRandom(2)
const noise = (count: number) => Float32Array.from({ length: count }, () => random.normal())
const [B, T] = [5, 12]
const batch: TrainingBatch = {
  frameCount: T,
  encoderInput: noise(B * T * 57),
  auxiliary: noise(B * T * 3),
  target: noise(B * T * 64),
  singerIndices: [0, 1, 1, 0, 1],
  isNarrow: [false, true, false, false, true],
}
const everything = () => true
const gradientOf = (use: MemoryUse) => lossAndGradient(network, weights, batch, everything, use)

test('parts of a batch, and blocks that compute themselves again, give the losses and the gradient of the whole', async () => {
  const whole = await lossAndGradient(network, weights, batch)
  const scale = Math.max(...whole.gradient.map(Math.abs))
  for (const itemsAtOnce of [1, 2, 3, 5]) {
    for (const recomputes of [false, true]) {
      const { losses, gradient } = await gradientOf({ itemsAtOnce, recomputes })
      expect(Math.abs(losses.total - whole.losses.total)).toBeLessThan(1e-6 * whole.losses.total)
      expect(Math.max(...gradient.map((value, i) => Math.abs(value - whole.gradient[i])))).toBeLessThan(2e-6 * scale)
    }
  }
  expect((await gradientOf({ itemsAtOnce: 5, recomputes: true })).gradient).toEqual(whole.gradient)
})

test('computing blocks again takes less memory, and measuring leaves no tensor behind', async () => {
  const fast = spectralAutoencoderSizes.fast
  const wide = { config: fast, layout: createParameterLayout(parameterShapes(fast, 2)), singerCount: 2 }
  const own = packParameters(wide.layout, initializeParameters(fast, 2, createRandom(1)))
  const before = memory().numTensors
  const long = { ...batch, frameCount: B * T, singerIndices: [0], isNarrow: [false] }
  const remembering = await measureItemPeak(wide, own, long, false)
  const recomputing = await measureItemPeak(wide, own, long, true)
  expect(memory().numTensors).toBe(before)
  expect(recomputing).toBeLessThan(0.9 * remembering)
  expect(recomputing).toBeGreaterThan(4 * wide.layout.count)
})

test('the plan takes the largest part that fits, and remembers where it can', () => {
  const peaks = { remembering: 100, recomputing: 40 }
  expect(planMemory(8, peaks, null)).toEqual({ itemsAtOnce: 8, recomputes: false })
  expect(planMemory(8, peaks, 1e9)).toEqual({ itemsAtOnce: 8, recomputes: false })
  expect(planMemory(8, peaks, 700)).toEqual({ itemsAtOnce: 3, recomputes: false })
  expect(planMemory(8, peaks, 199)).toEqual({ itemsAtOnce: 2, recomputes: true })
  expect(planMemory(8, peaks, 0)).toEqual({ itemsAtOnce: 1, recomputes: true })
})

test('memory that runs out halves what is computed at once, says so, and what fitted is kept', async () => {
  const notes: string[] = []
  const within = createWithinMemory({ itemsAtOnce: 8, recomputes: false }, (text) => notes.push(text))
  const tried: number[] = []
  const step = ({ itemsAtOnce }: MemoryUse) => {
    tried.push(itemsAtOnce)
    if (itemsAtOnce > 2) throw new Error('OOM when allocating tensor with shape[8,4096,64]')
    return Promise.resolve(itemsAtOnce)
  }
  expect(await within.run(async (use) => step(use))).toBe(2)
  expect(await within.run(async (use) => step(use))).toBe(2)
  expect(tried).toEqual([8, 4, 2, 2])
  expect(notes).toHaveLength(2)
  expect(notes[1]).toBe('Memory ran out with 4 crops at once; going on with 2 crops at once.')
})

test('WebAssembly computes nothing once its memory ran out, and begins anew', async () => {
  const within = createWithinMemory({ itemsAtOnce: 2, recomputes: false }, () => {})
  // More than it can address: refused at once, no memory is touched.
  const tooMuch = 2 ** 30 + 2 ** 20
  const [found] = await within.run(({ itemsAtOnce }) =>
    readTensors(() => [itemsAtOnce === 2 ? fill([tooMuch], 1) : sum(ones([1000]))]),
  )
  expect([...found]).toEqual([1000])
  expect(within.use.itemsAtOnce).toBe(1)
  expect((await lossAndGradient(network, weights, batch)).losses.total).toBeGreaterThan(0)
})

test('where not even one crop fits, that is what is said; another fault stays what it is', async () => {
  const within = createWithinMemory({ itemsAtOnce: 2, recomputes: false }, () => {})
  const outOfMemory = within.run(() => Promise.reject(new RangeError('Array buffer allocation failed')))
  await expect(outOfMemory).rejects.toThrow(FailureError)
  expect(within.use).toEqual({ itemsAtOnce: 1, recomputes: true })
  expect(smallerUse(within.use)).toBeNull()
  await expect(within.run(() => Promise.reject(new Error('a bug')))).rejects.toThrow('a bug')
})

test('the words of every engine without memory are understood', () => {
  for (const words of [
    'Array buffer allocation failed',
    'Invalid typed array length: 4294967296',
    'Aborted(). Build with -sASSERTIONS for more info.',
    'OOM when allocating tensor with shape[8,4096,64] and type float',
    'out of memory: Out of memory allocating a buffer',
  ])
    expect(isOutOfMemory(new Error(words)), words).toBe(true)
  expect(isOutOfMemory(new Error('the shapes do not match'))).toBe(false)
})

test('a training under a small budget says so and learns the same', async () => {
  const options = {
    clips: [createClip(1, 500), createClip(2, 430)],
    singerCount: 1,
    size: 'tiny',
    plan: { stepCount: 3, checkSteps: 2, patience: 2 },
    seed: 5,
    sampleBandMap: sampleAugmentation,
    resumeFrom: null,
  } as const
  const notes: string[] = []
  const free = createTrainer(options)
  const short = createTrainer({ ...options, memoryBudgetBytes: 8e6, onNote: (text) => notes.push(text) })
  for (let step = 0; step < 2; step++) {
    const [a, b] = [await free.advance(), await short.advance()]
    expect(Math.abs(a.total - b.total)).toBeLessThan(1e-5 * a.total)
  }
  expect(notes).toHaveLength(1)
  expect(notes[0]).toMatch(/Memory is short/)
})
