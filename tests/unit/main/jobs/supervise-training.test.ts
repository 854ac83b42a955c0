import { expect, test } from 'vitest'
import { superviseTraining, type Supervision, type TrainingStep } from '../../../../src/main/jobs/supervise-training.ts'
import type { RunCommand, RunControl } from '../../../../src/main/jobs/work.ts'
import { CancelledError, failure, FailureError, type Failure } from '../../../../src/shared/base/errors.ts'
import { createFakeClock } from '../../../support/fake-clock.ts'

const point = { step: 100, trainLoss: 0.5, heldOutLoss: 0.4, auditionId: null }
const done = { kind: 'done', result: { kind: 'train' } } as unknown as Awaited<ReturnType<TrainingStep<'train'>>>

function control() {
  const phases: string[] = []
  const value: RunControl = {
    onCommand: () => {},
    progress: { report: (_fraction, phase) => void (phase && phases.push(phase)), isCancelled: false },
  }
  return { value, phases }
}

const untroubled: Supervision = { findProblem: () => Promise.resolve(null), onPoint: () => {}, onUnanswered: () => {} }

/** Takes some steps, then none any more until it is told to end. */
function standstill(clock: ReturnType<typeof createFakeClock>): TrainingStep<'train'> {
  return (watched) =>
    new Promise((_, reject) => {
      watched.onCommand((wanted: RunCommand) => {
        if (wanted === 'cancel') reject(new CancelledError())
      })
      for (let step = 0; step < 20; step++) {
        clock.advance(100)
        watched.progress.report(step / 100, `step ${step} of 100`)
      }
      clock.advance(120_000)
    })
}

test('a training that stands still is started again once, with words, and then goes on', async () => {
  const clock = createFakeClock()
  const steps = [standstill(clock), () => Promise.resolve(done)]
  const { value, phases } = control()
  const supervision = { ...untroubled, clock }
  const end = await superviseTraining(
    (own, told) => (steps.shift() ?? standstill(clock))(own, told),
    value,
    supervision,
  )
  expect(end).toBe(done)
  expect(phases.at(-1)).toBe('starting again: no step for 90 s, usually one takes 0.1 s')
})

test('one that stands still twice is told so, and can be gone on with', async () => {
  const clock = createFakeClock()
  const supervision = { ...untroubled, clock }
  const outcome = superviseTraining(standstill(clock), control().value, supervision)
  await expect(outcome).rejects.toThrow(FailureError)
  await expect(outcome).rejects.toMatchObject({ failure: { code: 'engine-stopped' } })
})

test('a full disk refuses the start, and pauses a training at its checkpoint with the reason', async () => {
  const full = failure('disk-full', 'Only 3 MB are free.')
  const found: (Failure | null)[] = [full]
  const supervision = { ...untroubled, findProblem: () => Promise.resolve(found.shift() ?? null) }
  const never: TrainingStep<'train'> = () => Promise.reject(new Error('must not be begun'))
  await expect(superviseTraining(never, control().value, supervision)).rejects.toMatchObject({ failure: full })

  found.push(null, full)
  const pausing: TrainingStep<'train'> = (watched, told) =>
    new Promise((resolve) => {
      watched.onCommand((wanted) => wanted === 'pause' && resolve({ kind: 'paused' }))
      told(point, 0)
    })
  await expect(superviseTraining(pausing, control().value, supervision)).rejects.toMatchObject({ failure: full })
})

test('a disk that does not answer at a checkpoint is noted, and the training goes on', async () => {
  const answers = [Promise.resolve(null), Promise.reject(new Error('the library is closed'))]
  const noted: unknown[] = []
  const supervision: Supervision = {
    ...untroubled,
    findProblem: () => answers.shift() ?? Promise.resolve(null),
    onUnanswered: (cause) => noted.push(cause),
  }
  const telling: TrainingStep<'train'> = async (_, told) => {
    told(point, 0)
    await new Promise((resolve) => setImmediate(resolve))
    return done
  }
  expect(await superviseTraining(telling, control().value, supervision)).toBe(done)
  expect(noted).toEqual([new Error('the library is closed')])
})

test('what the person cancels is cancelled and never taken for a standstill', async () => {
  const cancelled: RunControl = { onCommand: () => {}, progress: { report: () => {}, isCancelled: true } }
  const supervision = { ...untroubled, clock: createFakeClock() }
  const outcome = superviseTraining(() => Promise.reject(new CancelledError()), cancelled, supervision)
  await expect(outcome).rejects.toThrow(CancelledError)
})
