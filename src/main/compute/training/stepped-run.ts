import { failure, FailureError } from '../../../shared/base/errors.ts'
import { throwIfCancelled, type Progress } from '../../../shared/base/progress.ts'
import type { TaskContext } from '../task-context.ts'

/** A training as one sequence of steps, with a check after each so many: what it learns is no concern of the loop. */
export interface SteppedRun {
  readonly plan: { readonly stepCount: number; readonly checkSteps: number }
  /** Counts the plan's steps that are done. */
  readonly trainer: { readonly step: number }
  readonly progress: Progress
  /** Whether the checks gained nothing for so long that the training ends by itself. */
  isExhausted(): boolean
  /** What is done now, for the person who waits. */
  phase(): string
  /** Of the last point of the curve; 0 where there is none. */
  lastLoss(): number
  /** One update; the loss before it, or null for an update between two steps of the plan. */
  advance(): Promise<number | null>
  /** Puts a point on the curve. */
  draw(trainLoss: number): void
  /** Judges what is held out, puts a point on the curve, and keeps what can be used. */
  check(trainLoss: number): Promise<void>
  /** Of everything that decides how it goes on: called after each check, and for a pause. */
  save(): void
}

export type RunEnd = 'finished' | 'stopped-early' | 'asked-to-finish' | 'paused'

/** A point of the curve is drawn after each so many steps. */
const CURVE_STEPS = 10

/**
 * Learns until the plan, what is held out or the person ends it. The state is saved after each check and when pausing: a
 * training that was killed goes on from there and ends with the same bytes on the same engine.
 */
export async function learnSteps(run: SteppedRun, context: TaskContext): Promise<RunEnd> {
  const { trainer, progress } = run
  const { stepCount, checkSteps } = run.plan
  const losses: number[] = []
  while (trainer.step < stepCount) {
    if (run.isExhausted()) return 'stopped-early'
    await context.breathe()
    throwIfCancelled(progress)
    if (context.wish === 'pause') {
      run.save()
      return 'paused'
    }
    if (context.wish === 'finish' && trainer.step > 0) {
      if (trainer.step % checkSteps !== 0) await check(run, losses)
      return 'asked-to-finish'
    }
    const loss = await run.advance()
    if (loss !== null) losses.push(finite(loss, trainer.step))
    progress.report(trainer.step / stepCount, run.phase())
    if (loss === null) continue
    if (trainer.step % checkSteps === 0 || trainer.step === stepCount) await check(run, losses)
    else if (trainer.step % CURVE_STEPS === 0) run.draw(meanLoss(run, losses))
  }
  return 'finished'
}

async function check(run: SteppedRun, losses: number[]): Promise<void> {
  await run.check(meanLoss(run, losses))
  run.save()
}

/** Of the steps since the last point: fewer than usual after a pause, and none where a point was only just drawn. */
function meanLoss(run: SteppedRun, losses: number[]): number {
  const taken = losses.splice(0)
  return taken.length === 0 ? run.lastLoss() : taken.reduce((sum, loss) => sum + loss, 0) / taken.length
}

/** Numbers that ran away never come back: better the last checkpoint than a broken model. */
function finite(loss: number, step: number): number {
  if (Number.isFinite(loss)) return loss
  const message = `The training lost its numbers at step ${step}: the loss is ${loss}.`
  throw new FailureError(failure('engine-stopped', message, 'Try again; it goes on from the last checkpoint.'))
}
