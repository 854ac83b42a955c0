import { expect, test } from 'vitest'
import { learnModel, type HeldOut, type ModelTraining } from '../../../../../src/main/compute/training/model-run.ts'
import { openRunRecord } from '../../../../../src/main/compute/training/run-record.ts'
import type { SavedState, StateFolder } from '../../../../../src/main/compute/training/state-folder.ts'
import type { TrainingPoint } from '../../../../../src/shared/contract/jobs.ts'
import { contextOfTask } from '../../../../support/task-context.ts'

/** A folder that is only remembered. */
function memoryFolder(): StateFolder<number> & { saved: SavedState<number> | null } {
  return {
    saved: null,
    load() {
      return this.saved
    },
    save(saved) {
      this.saved = structuredClone(saved)
    },
  }
}

interface Heard {
  readonly points: (readonly [number, TrainingPoint])[]
  readonly phases: string[]
  readonly kept: string[]
}
const listen = (): Heard => ({ points: [], phases: [], kept: [] })

/** Counts; what is held out gets worse from the second check on. */
function training(
  folder: StateFolder<number>,
  heard: Heard,
  heldOut: (step: number) => HeldOut,
  notes: readonly string[] = [],
): ModelTraining<number, HeldOut> {
  let now = 0
  const { record, resumeFrom } = openRunRecord(folder, () => (now += 1000))
  let step = resumeFrom ?? 0
  const trainer = {
    get step() {
      return step
    },
    save: () => step,
  }
  return {
    plan: { stepCount: 8, checkSteps: 2, patience: 2 },
    trainer,
    record,
    progress: { isCancelled: false, report: (_, phase) => void heard.phases.push(phase ?? '') },
    singerCount: 2,
    notes,
    advance: () => Promise.resolve({ one: ++step, ...(step % 2 === 1 ? { other: 1 / 3 } : {}) }),
    lossOf: ({ one }) => one,
    describe: (losses) => Object.keys(losses).join(' and '),
    judge: (losses) => Promise.resolve({ losses, ...heldOut(step) }),
    keep: (found, isBest) => void heard.kept.push(`${step}: ${found.heldOutLoss}${isBest ? ', best' : ''}`),
  }
}

const contextOf = (heard: Heard, pauseAt: () => boolean = () => false) =>
  contextOfTask({
    onTrainingPoint: (point, singer) => void heard.points.push([singer, point]),
    get wish() {
      return pauseAt() ? 'pause' : null
    },
  })

test('the best check is told as such, and after so many without gain the training ends', async () => {
  const heard = listen()
  const end = await learnModel(
    training(memoryFolder(), heard, (step) => ({ heldOutLoss: step })),
    contextOf(heard),
  )
  expect(end).toBe('stopped-early')
  expect(heard.kept).toEqual(['2: 2, best', '4: 4', '6: 6'])
})

test('with nothing held out the latest counts as the best', async () => {
  const heard = listen()
  await learnModel(
    training(memoryFolder(), heard, () => ({ heldOutLoss: null })),
    contextOf(heard),
  )
  expect(heard.kept).toEqual([2, 4, 6, 8].map((step) => `${step}: null, best`))
})

test('everybody who learns is shown the losses by name, the latest of each, and the last note', async () => {
  const heard = listen()
  const notes = ['an older note', 'memory is short']
  await learnModel(
    training(memoryFolder(), heard, () => ({ heldOutLoss: null }), notes),
    contextOf(heard),
  )
  const point = { step: 2, trainLoss: 1.5, heldOutLoss: null, auditionId: null, losses: { one: 2, other: 0.33333 } }
  expect(heard.points.slice(0, 2)).toEqual([
    [0, point],
    [1, point],
  ])
  expect(heard.phases[0]).toBe('step 1 of 8: one and other. memory is short')
})

test('opened again it goes on with its history, its curve and its time', async () => {
  const [heard, folder] = [listen(), memoryFolder()]
  const first = training(folder, heard, (step) => ({ heldOutLoss: step }))
  const pausing = contextOf(heard, () => first.trainer.step === 3)
  expect(await learnModel(first, pausing)).toBe('paused')
  const again = training(folder, heard, (step) => ({ heldOutLoss: step }))
  expect(again.record.history).toEqual({ bestStep: 2, bestLoss: 2, checksSinceBest: 0 })
  expect(again.record.elapsedSec()).toBeGreaterThan(1)
  expect(await learnModel(again, contextOf(heard))).toBe('stopped-early')
  expect(heard.kept).toEqual(['2: 2, best', '4: 4', '6: 6'])
  expect(again.record.curve.map(({ step, trainLoss }) => [step, trainLoss])).toEqual([
    [2, 1.5],
    // Of the steps since the pause alone.
    [4, 4],
    [6, 5.5],
  ])
})
