import { describe, expect, test } from 'vitest'
import type { TaskContext } from '../../../../../src/main/compute/task-context.ts'
import { learnSteps, type SteppedRun } from '../../../../../src/main/compute/training/stepped-run.ts'
import { CancelledError } from '../../../../../src/shared/base/errors.ts'
import { silentProgress } from '../../../../../src/shared/base/progress.ts'
import { contextOfTask } from '../../../../support/task-context.ts'

interface Counted {
  readonly run: SteppedRun
  /** What the loop asked for, in order. */
  readonly told: string[]
}

/** Learns nothing, and tells what the loop asks of it. */
function counted({
  stepCount = 25,
  checkSteps = 20,
  exhaustedAt = Infinity,
  lossAt = (step: number): number | null => step,
  isCancelledAt = Infinity,
} = {}): Counted {
  const told: string[] = []
  let step = 0
  let updates = 0
  const run: SteppedRun = {
    plan: { stepCount, checkSteps },
    trainer: {
      get step() {
        return step
      },
    },
    isExhausted: () => step >= exhaustedAt,
    progress: {
      ...silentProgress,
      get isCancelled() {
        return step >= isCancelledAt
      },
    },
    phase: () => `step ${step}`,
    lastLoss: () => -1,
    advance() {
      const loss = lossAt(++updates)
      if (loss !== null) step++
      return Promise.resolve(loss)
    },
    draw: (trainLoss) => void told.push(`point ${step}: ${trainLoss}`),
    check: (trainLoss) => Promise.resolve(void told.push(`check ${step}: ${trainLoss}`)),
    save: () => void told.push(`saved ${step}`),
  }
  return { run, told }
}

function contextOf({ run }: Counted, wish: TaskContext['wish'] = null, wishAt = 0) {
  return contextOfTask({
    get wish() {
      return run.trainer.step >= wishAt ? wish : null
    },
  })
}

describe('a training of steps', () => {
  test('is checked and saved after each so many and at its end, with points of the mean loss between', async () => {
    const counting = counted()
    expect(await learnSteps(counting.run, contextOf(counting))).toBe('finished')
    expect(counting.told).toEqual(['point 10: 5.5', 'check 20: 15.5', 'saved 20', 'check 25: 23', 'saved 25'])
  })

  test('that is paused is saved as it is, and goes on to the same checks', async () => {
    const counting = counted()
    expect(await learnSteps(counting.run, contextOf(counting, 'pause', 13))).toBe('paused')
    expect(counting.told).toEqual(['point 10: 5.5', 'saved 13'])
    expect(await learnSteps(counting.run, contextOf(counting))).toBe('finished')
    expect(counting.told.slice(2)).toEqual(['check 20: 17', 'saved 20', 'check 25: 23', 'saved 25'])
  })

  test('that is to end is checked where it is, once, and not before it learned anything', async () => {
    const early = counted()
    expect(await learnSteps(early.run, contextOf(early, 'finish', 0))).toBe('asked-to-finish')
    expect(early.told).toEqual(['check 1: 1', 'saved 1'])
    const checked = counted()
    expect(await learnSteps(checked.run, contextOf(checked, 'finish', 20))).toBe('asked-to-finish')
    expect(checked.told.slice(1)).toEqual(['check 20: 15.5', 'saved 20'])
    const drawn = counted()
    await learnSteps(drawn.run, contextOf(drawn, 'finish', 10))
    expect(drawn.told.slice(1)).toEqual(['check 10: -1', 'saved 10'])
  })

  test('ends by itself when its checks gain nothing any more', async () => {
    const counting = counted({ exhaustedAt: 20 })
    expect(await learnSteps(counting.run, contextOf(counting))).toBe('stopped-early')
    expect(counting.run.trainer.step).toBe(20)
  })

  test('lets the person in between two updates that are no step, and draws none of them', async () => {
    const counting = counted({ stepCount: 1, checkSteps: 1, lossAt: (update) => (update < 3 ? null : 7) })
    expect(await learnSteps(counting.run, contextOf(counting))).toBe('finished')
    expect(counting.told).toEqual(['check 1: 7', 'saved 1'])
  })

  test('leaves when it is cancelled, and keeps nothing of what came since the last check', async () => {
    const counting = counted({ isCancelledAt: 22 })
    await expect(learnSteps(counting.run, contextOf(counting))).rejects.toThrow(CancelledError)
    expect(counting.told.at(-1)).toBe('saved 20')
  })

  test('whose numbers ran away stops before they are checked or saved', async () => {
    const counting = counted({ checkSteps: 2, lossAt: (update) => (update === 4 ? NaN : 1) })
    await expect(learnSteps(counting.run, contextOf(counting))).rejects.toThrow(
      'The training lost its numbers at step 4: the loss is NaN.',
    )
    expect(counting.told).toEqual(['check 2: 1', 'saved 2'])
  })
})
