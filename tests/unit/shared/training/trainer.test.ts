import { setBackend } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { prepareWasm } from '../../../../src/main/compute/backend-wasm.ts'
import { sampleAugmentation } from '../../../../src/shared/conversion/augmentation.ts'
import { restoreState, storeState } from '../../../../src/shared/training/state.ts'
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

test('a training killed after a checkpoint and resumed equals the uninterrupted one, bit for bit', () => {
  const whole = createTrainer(options)
  const wholeLosses = Array.from({ length: 4 }, () => whole.advance())
  whole.check()

  const killed = createTrainer(options)
  killed.advance()
  killed.advance()
  const stored = storeState(killed.save())
  killed.advance()

  const restored = restoreState(stored, stored.arrays.get('optimizer/weights')?.length ?? 0)
  if (!restored.ok) throw new Error(restored.failure.message)
  const resumed = createTrainer({ ...options, resumeFrom: restored.value })
  expect(resumed.step).toBe(2)
  expect([resumed.advance(), resumed.advance()]).toEqual(wholeLosses.slice(2))
  resumed.check()
  expect(resumed.save()).toEqual(whole.save())
  expect(resumed.bestParameters()).toEqual(whole.bestParameters())
})

test('another seed learns otherwise', () => {
  const [a, b] = [createTrainer(options), createTrainer({ ...options, seed: 6 })]
  expect(a.advance()).not.toEqual(b.advance())
})

test('the best weights are kept while later ones are worse, and patience ends the training', () => {
  const trainer = createTrainer(options)
  trainer.advance()
  const first = trainer.check()
  expect(first.isBest).toBe(true)
  const best = trainer.bestParameters()
  expect(trainer.check()).toMatchObject({ isBest: false, isExhausted: false, heldOutLoss: first.heldOutLoss })
  expect(trainer.isFinished).toBe(false)
  expect(trainer.check().isExhausted).toBe(true)
  expect(trainer.isFinished).toBe(true)
  trainer.advance()
  expect(trainer.bestParameters()).toEqual(best)
})

test('a training ends with its plan', () => {
  const trainer = createTrainer({ ...options, plan: { stepCount: 2, checkSteps: 1, patience: 9 } })
  trainer.advance()
  expect(trainer.isFinished).toBe(false)
  trainer.advance()
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
