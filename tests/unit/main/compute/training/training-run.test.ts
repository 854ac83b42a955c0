import { expect, test } from 'vitest'
import { silentProgress } from '../../../../../src/shared/base/progress.ts'
import type { TrainingPoint } from '../../../../../src/shared/contract/jobs.ts'
import type { Trainer } from '../../../../../src/shared/training/trainer.ts'
import { learn, type TrainingRun } from '../../../../../src/main/compute/training/training-run.ts'
import { contextOfTask } from '../../../../support/task-context.ts'

/** Counts its steps and finds every step as wrong as the others. */
function steadyTrainer(): Trainer {
  let step = 0
  const trainer = {
    get step() {
      return step
    },
    isFinished: false,
    advance: () => (step++, { 'shape/l1': 0.5 }),
    history: { bestStep: 0 },
    check: () => ({ heldOutLoss: 0.4, singerLosses: [0.4], isBest: false }),
    save: () => ({}),
  }
  return trainer as unknown as Trainer // what learning asks of a trainer, and no more
}

test('a training that is ended right after a point of its curve keeps the error of that point', async () => {
  const trainer = steadyTrainer()
  const curve: TrainingPoint[] = []
  const run = {
    trainer,
    curves: [curve],
    stage: { method: 'enroll', singers: [0] },
    place: { stepsBefore: 0, stepCount: 700, words: null },
    lossUnit: 1,
    notes: [],
    progress: silentProgress,
    plan: { stepCount: 700, checkSteps: 100, patience: 3 },
    folder: { save: () => {} },
    elapsedSec: () => 0,
  } as unknown as TrainingRun // nothing is loaded or fingerprinted here
  const context = contextOfTask({
    get wish() {
      return trainer.step === 10 ? 'finish' : null
    },
  })
  expect(await learn(run, context, () => [null])).toBe('asked-to-finish')
  expect(curve.map(({ step, trainLoss, heldOutLoss }) => [step, trainLoss, heldOutLoss])).toEqual([
    [10, 0.5, null],
    [10, 0.5, 0.4],
  ])
})
