import { throwIfCancelled, type Progress } from '../../../shared/base/progress.ts'
import type { TrainingPoint } from '../../../shared/contract/jobs.ts'
import { isExhausted, noteLoss, type EarlyStopping } from '../../../shared/training/early-stopping.ts'
import type { TaskContext } from '../task-context.ts'

/** A training that is one sequence of steps, with a check after each so many. */
export interface SteppedRun {
  readonly plan: { readonly stepCount: number; readonly checkSteps: number; readonly patience: number }
  readonly step: number
  readonly progress: Progress
  readonly curve: TrainingPoint[]
  history: EarlyStopping
  /** One update; the loss before it. */
  advance(): Promise<number>
  /** The loss on what is held out; null where nothing is. */
  judge(): Promise<number | null>
  /** Called at each check, before the state is saved. */
  keep(heldOutLoss: number | null, isBest: boolean): void
  save(): void
}

export type SteppedRunEnd = 'finished' | 'stopped-early' | 'asked-to-finish' | 'paused'

/** A point of the curve is drawn after each so many steps. */
const CURVE_STEPS = 10

/**
 * Learns until the plan, what is held out or the person ends it. The state is saved after each check and when pausing: a
 * training that was killed goes on from there and ends with the same bytes on the same engine.
 */
export async function learnSteps(run: SteppedRun, context: TaskContext): Promise<SteppedRunEnd> {
  const { stepCount, checkSteps, patience } = run.plan
  const losses: number[] = []
  while (run.step < stepCount) {
    if (isExhausted(run.history, patience)) return 'stopped-early'
    await context.breathe()
    throwIfCancelled(run.progress)
    if (context.wish === 'pause') {
      run.save()
      return 'paused'
    }
    if (context.wish === 'finish' && run.step > 0) {
      if (run.step % checkSteps !== 0) await check(run, context, losses)
      return 'asked-to-finish'
    }
    const loss = await run.advance()
    losses.push(loss)
    run.progress.report(run.step / stepCount, `step ${run.step} of ${stepCount}: loss ${loss.toFixed(3)}`)
    if (run.step % checkSteps === 0 || run.step === stepCount) await check(run, context, losses)
    else if (run.step % CURVE_STEPS === 0) draw(run, context, losses, null)
  }
  return 'finished'
}

async function check(run: SteppedRun, context: TaskContext, losses: number[]): Promise<void> {
  const found = await run.judge()
  const before = run.history.bestStep
  // With nothing held out nothing tells a better step from a worse: the latest counts.
  run.history = noteLoss(run.history, run.step, found ?? 1 / run.step)
  run.keep(found, run.history.bestStep !== before)
  draw(run, context, losses, found)
  run.save()
}

function draw(run: SteppedRun, context: TaskContext, losses: number[], heldOutLoss: number | null): void {
  const taken = losses.splice(0)
  const trainLoss = taken.length === 0 ? 0 : taken.reduce((sum, loss) => sum + loss, 0) / taken.length
  const point = { step: run.step, trainLoss, heldOutLoss, auditionId: null }
  run.curve.push(point)
  context.onTrainingPoint(point, 0)
}
