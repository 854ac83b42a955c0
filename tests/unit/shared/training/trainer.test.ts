import { setBackend } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { prepareWasm } from '../../../../src/main/compute/engines/backend-wasm.ts'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { sampleAugmentation } from '../../../../src/shared/conversion/augmentation.ts'
import { restoreState, storeState } from '../../../../src/shared/training/state.ts'
import type { Losses } from '../../../../src/shared/networks/spectral-autoencoder/training-step.ts'
import { splitEachSinger } from '../../../../src/shared/training/phrases.ts'
import { createTrainer, type TrainerOptions } from '../../../../src/shared/training/trainer.ts'
import { createClip } from '../../../support/training-clips.ts'

const options: TrainerOptions = {
  clips: [createClip(1, 500), createClip(2, 430)],
  singerCount: 1,
  size: 'tiny',
  plan: { stepCount: 6, checkSteps: 2, patience: 2 },
  seed: 5,
  sampleBandMap: sampleAugmentation,
  resumeFrom: null,
}

beforeAll(async () => {
  prepareWasm()
  await setBackend('wasm')
})

test('a training killed after a checkpoint and resumed equals the uninterrupted one, bit for bit', async () => {
  const whole = createTrainer(options)
  const wholeLosses: Losses[] = []
  for (let step = 0; step < 4; step++) wholeLosses.push(await whole.advance())
  await whole.check()

  const killed = createTrainer(options)
  await killed.advance()
  await killed.advance()
  const stored = storeState(killed.save())
  await killed.advance()

  const restored = restoreState(stored, stored.arrays.get('optimizer/weights')?.length ?? 0)
  if (!restored.ok) throw new Error(restored.failure.message)
  const resumed = createTrainer({ ...options, resumeFrom: restored.value })
  expect(resumed.step).toBe(2)
  expect([await resumed.advance(), await resumed.advance()]).toEqual(wholeLosses.slice(2))
  await resumed.check()
  expect(resumed.save()).toEqual(whole.save())
  expect(resumed.bestParameters()).toEqual(whole.bestParameters())
})

test('another seed learns otherwise', async () => {
  const [a, b] = [createTrainer(options), createTrainer({ ...options, seed: 6 })]
  expect(await a.advance()).not.toEqual(await b.advance())
})

test('the best weights are kept while later ones are worse, and patience ends the training', async () => {
  const trainer = createTrainer(options)
  await trainer.advance()
  const first = await trainer.check()
  expect(first.isBest).toBe(true)
  const best = trainer.bestParameters()
  expect(await trainer.check()).toMatchObject({ isBest: false, isExhausted: false, heldOutLoss: first.heldOutLoss })
  expect(trainer.isFinished).toBe(false)
  expect((await trainer.check()).isExhausted).toBe(true)
  expect(trainer.isFinished).toBe(true)
  await trainer.advance()
  expect(trainer.bestParameters()).toEqual(best)
})

test('a training ends with its plan', async () => {
  const trainer = createTrainer({ ...options, plan: { stepCount: 2, checkSteps: 1, patience: 9 } })
  await trainer.advance()
  expect(trainer.isFinished).toBe(false)
  await trainer.advance()
  expect(trainer.isFinished).toBe(true)
})

test('a saved state that is not whole, or of another size, is refused', () => {
  const { arrays, record } = storeState(createTrainer(options).save())
  const count = arrays.get('optimizer/weights')?.length ?? 0
  expect(restoreState({ arrays, record }, count).ok).toBe(true)
  expect(restoreState({ arrays, record }, count + 1).ok).toBe(false)
  expect(restoreState({ arrays: new Map([...arrays].slice(1)), record }, count).ok).toBe(false)
  for (const broken of [
    '',
    '{}',
    'null',
    '[]',
    record.replace('"step":0', '"step":-1'),
    record.replace('words', 'word'),
  ]) {
    expect(restoreState({ arrays, record: broken }, count).ok, broken).toBe(false)
  }
})

test('of singers who learn together each is judged by phrases of their own, and all count alike', async () => {
  const clips = [createClip(1, 900), createClip(2, 430, 220, 1)]
  const split = splitEachSinger(clips, () => createRandom(5))
  const trainer = createTrainer({ ...options, clips, singerCount: 2, split })
  await trainer.advance()
  const { heldOutLoss, singerLosses } = await trainer.check()
  expect(singerLosses).toHaveLength(2)
  expect(singerLosses[0]).not.toBe(singerLosses[1])
  expect(heldOutLoss).toBe((singerLosses[0] + singerLosses[1]) / 2)
})

test('the error in disguise is that of the best weights, in dB, and the same whenever it is asked for', async () => {
  const trainer = createTrainer(options)
  await trainer.advance()
  await trainer.check()
  const error = await trainer.disguisedErrorDb(0)
  const saved = trainer.save()
  // Steps that nothing judged yet change nothing of it.
  await trainer.advance()
  expect(await trainer.disguisedErrorDb(0)).toBe(error)
  expect(await createTrainer({ ...options, resumeFrom: saved }).disguisedErrorDb(0)).toBe(error)
})

test('a louder copy of the world, normalized by its own spread, is as far off in dB as it is louder', async () => {
  const louder = (factor: number) =>
    options.clips.map((clip) => ({ ...clip, shapes: clip.shapes.map((value) => value * factor) }))
  const errorOf = async (factor: number) => {
    const trainer = createTrainer({ ...options, clips: louder(factor) })
    return trainer.disguisedErrorDb(0)
  }
  expect((await errorOf(2)) / (await errorOf(1))).toBeCloseTo(2, 2)
})
