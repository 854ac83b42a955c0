import { setBackend } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { prepareWasm } from '../../../../src/main/compute/engines/backend-wasm.ts'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { sampleAugmentation } from '../../../../src/shared/conversion/augmentation.ts'
import { spectralAutoencoder } from '../../../../src/shared/networks/spectral-autoencoder/index.ts'
import { restoreState, storeState } from '../../../../src/shared/training/state.ts'
import { createTrainer, type TrainerOptions } from '../../../../src/shared/training/trainer.ts'
import { enrolmentInto, type TrainedBase } from '../../../../src/shared/training/tuning.ts'
import { createClip } from '../../../support/training-clips.ts'

const PERSONS = 3
const base: TrainedBase = {
  parameters: spectralAutoencoder.initialize(spectralAutoencoder.sizes.tiny, PERSONS, createRandom(3)),
  meanShape: Float32Array.from({ length: 64 }, (_, band) => band / 32 - 1),
  spread: 1.25,
}
const options: TrainerOptions = {
  clips: [createClip(1, 500), createClip(2, 430)],
  singerCount: 1,
  size: 'tiny',
  plan: { stepCount: 6, checkSteps: 2, patience: 9 },
  seed: 5,
  sampleBandMap: sampleAugmentation,
  tuning: enrolmentInto(base),
  resumeFrom: null,
}

beforeAll(async () => {
  prepareWasm()
  await setBackend('wasm')
})

test('enrolling leaves the encoder as it was, bit for bit, and tunes row and decoder', async () => {
  const trainer = createTrainer(options)
  while (!trainer.isFinished) await trainer.advance()
  await trainer.check()
  for (const [name, { values }] of trainer.bestParameters()) {
    const before = name === 'singers/table' ? undefined : base.parameters.get(name)?.values
    if (name.startsWith('encoder/')) expect(values, name).toEqual(before)
    else expect(values, name).not.toEqual(before)
  }
  expect(trainer.normalization).toEqual({ meanShape: base.meanShape, spread: base.spread })
})

test('a singer begins as the mean of the base’s rows, with the base’s networks, and can be heard at once', () => {
  const parameters = createTrainer(options).bestParameters()
  const table = base.parameters.get('singers/table')?.values ?? new Float32Array()
  const width = table.length / PERSONS
  parameters.get('singers/table')?.values.forEach((value, index) => {
    const mean = (table[index] + table[width + index] + table[2 * width + index]) / PERSONS
    expect(value).toBeCloseTo(mean, 6)
  })
  for (const [name, { values }] of parameters)
    if (name !== 'singers/table') expect(values).toEqual(base.parameters.get(name)?.values)
})

test('an enrolment that was killed and resumed equals the uninterrupted one, bit for bit', async () => {
  const whole = createTrainer(options)
  while (!whole.isFinished) await whole.advance()
  await whole.check()

  const killed = createTrainer(options)
  for (let step = 0; step < 3; step++) await killed.advance()
  const stored = storeState(killed.save())
  const restored = restoreState(stored, stored.arrays.get('optimizer/weights')?.length ?? 0)
  if (!restored.ok) throw new Error(restored.failure.message)
  const resumed = createTrainer({ ...options, resumeFrom: restored.value })
  while (!resumed.isFinished) await resumed.advance()
  await resumed.check()
  expect(resumed.save()).toEqual(whole.save())
})
