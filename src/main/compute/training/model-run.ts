import type { Progress } from '../../../shared/base/progress.ts'
import type { TrainingPoint } from '../../../shared/contract/jobs.ts'
import { isExhausted, noteLoss } from '../../../shared/training/early-stopping.ts'
import type { TaskContext } from '../task-context.ts'
import type { RunRecord } from './run-record.ts'
import { learnSteps, type RunEnd, type SteppedRun } from './stepped-run.ts'

/** Losses by name, each before its update. */
export type NamedLosses = Readonly<Record<string, number>>

/** What the curve tells of what is held out. */
export type HeldOut = Pick<TrainingPoint, 'heldOutLoss' | 'losses' | 'judged'>

/** The training of one model that is judged by one loss: what tells it from others, for `learnModel` to run. */
export interface ModelTraining<State, Found extends HeldOut> {
  /** Without patience it goes to its end, however the checks go. */
  readonly plan: { readonly stepCount: number; readonly checkSteps: number; readonly patience?: number }
  readonly trainer: { readonly step: number; save(): State }
  readonly record: RunRecord<State>
  readonly progress: Progress
  /** Of those who learn together and are shown the same curve; missing, one. */
  readonly singerCount?: number
  /** What the person should know of how it is done, such as memory that ran out; the last stays to be seen. */
  readonly notes?: readonly string[]
  /** One update, of the plan or between two of its steps. */
  advance(): Promise<NamedLosses>
  /** The loss that the curve shows. */
  lossOf(losses: NamedLosses): number
  /** The losses in words. */
  describe(losses: NamedLosses): string
  /** @param losses the latest of each name since the last check */
  judge(losses: NamedLosses, trainLoss: number): Promise<Found>
  /** Called at each check, before the state is saved. */
  readonly keep: (found: Found, isBest: boolean) => void | Promise<void>
}

/** Learns a model to its end, by `learnSteps`. */
export const learnModel = <State, Found extends HeldOut>(
  training: ModelTraining<State, Found>,
  context: TaskContext,
): Promise<RunEnd> => learnSteps(stepsOf(training, context), context)

function stepsOf<State, Found extends HeldOut>(
  training: ModelTraining<State, Found>,
  context: TaskContext,
): SteppedRun {
  const { plan, trainer, record, progress, notes = [] } = training
  let latest: NamedLosses = {}
  return {
    plan,
    trainer,
    progress,
    isExhausted: () => plan.patience !== undefined && isExhausted(record.history, plan.patience),
    phase: () =>
      [`step ${trainer.step} of ${plan.stepCount}: ${training.describe(latest)}`, ...notes.slice(-1)].join('. '),
    lastLoss: () => record.curve.at(-1)?.trainLoss ?? 0,
    async advance() {
      const before = trainer.step
      latest = { ...latest, ...(await training.advance()) }
      return trainer.step === before ? null : training.lossOf(latest)
    },
    draw: (trainLoss) => addPoint(training, context, trainLoss, { heldOutLoss: null }),
    async check(trainLoss) {
      const found = await training.judge(latest, trainLoss)
      await keepBest(training, found)
      addPoint(training, context, trainLoss, found)
      // Whoever goes on from here knows no earlier ones.
      latest = {}
    },
    save: () => record.save(trainer.save()),
  }
}

async function keepBest<State, Found extends HeldOut>(
  { trainer, record, keep }: ModelTraining<State, Found>,
  found: Found,
): Promise<void> {
  // With nothing held out nothing tells a better step from a worse: the latest counts.
  record.history = noteLoss(record.history, trainer.step, found.heldOutLoss ?? 1 / trainer.step)
  await keep(found, record.history.bestStep === trainer.step)
}

function addPoint<State, Found extends HeldOut>(
  { trainer, record, singerCount = 1 }: ModelTraining<State, Found>,
  context: TaskContext,
  trainLoss: number,
  { heldOutLoss, losses, judged }: HeldOut,
): void {
  const named = { ...(losses && { losses: shortened(losses) }), ...(judged && { judged }) }
  const point = { step: trainer.step, trainLoss, heldOutLoss, auditionId: null, ...named }
  record.curve.push(point)
  for (let singer = 0; singer < singerCount; singer++) context.onTrainingPoint(point, singer)
}

/** Enough to be shown: the curve is written anew at each check. */
const shortened = (losses: NamedLosses): NamedLosses =>
  Object.fromEntries(Object.entries(losses).map(([name, loss]) => [name, Number(loss.toPrecision(5))]))
