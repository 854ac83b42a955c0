import { createHash } from 'node:crypto'
import { failure, FailureError } from '../../../shared/base/errors.ts'
import { throwIfCancelled, type Progress } from '../../../shared/base/progress.ts'
import type { TrainRequest } from '../../../shared/contract/compute.ts'
import type { TrainingPoint } from '../../../shared/contract/jobs.ts'
import { sampleAugmentation } from '../../../shared/conversion/augmentation.ts'
import { spectralAutoencoderSizes } from '../../../shared/networks/spectral-autoencoder/config.ts'
import { parameterShapes } from '../../../shared/networks/spectral-autoencoder/parameters.ts'
import type { TrainingClip } from '../../../shared/training/clip.ts'
import { enrolmentPlans, trainingPlans, type TrainingPlan } from '../../../shared/training/presets.ts'
import { createTrainer, type Trainer } from '../../../shared/training/trainer.ts'
import { enrolmentInto } from '../../../shared/training/tuning.ts'
import type { LoadedBase } from '../models/base-store.ts'
import type { TaskContext } from '../task-context.ts'
import { trainingBudgetBytes } from './training-budget.ts'
import { openTrainingFolder, type TrainingFolder } from './training-folder.ts'

export interface TrainingRun {
  readonly trainer: Trainer
  readonly progress: Progress
  readonly plan: TrainingPlan
  readonly folder: TrainingFolder
  readonly curve: TrainingPoint[]
  /** What the person should know of how it is done, such as memory that ran out. */
  readonly notes: string[]
  /** Seconds of earlier starts and of this one. */
  elapsedSec(): number
}

/** A point of the curve is drawn after each so many steps. */
const CURVE_STEPS = 10
/** Raised when a change of the program makes the same seed learn otherwise: older checkpoints then start anew. */
const TRAINING_VERSION = 2

/** Starts a training, or goes on with the one that its folder holds. With a base the singer is enrolled into it. */
export function openTrainingRun(
  request: TrainRequest,
  clips: readonly TrainingClip[],
  base: LoadedBase | null,
  context: TaskContext,
  progress: Progress,
): TrainingRun {
  const plan = request.plan ?? (base === null ? trainingPlans : enrolmentPlans)[request.preset]
  const parameterCount = [...parameterShapes(spectralAutoencoderSizes[request.size], 1).values()]
    .map((shape) => shape.reduce((product, size) => product * size, 1))
    .reduce((sum, count) => sum + count, 0)
  const folder = openTrainingFolder(request.workFolder, fingerprintOf(request, base), parameterCount)
  const saved = folder.load()
  const startMs = context.nowMs()
  const notes: string[] = []
  const trainer = createTrainer({
    clips,
    singerCount: 1,
    size: request.size,
    plan,
    seed: request.seed,
    sampleBandMap: sampleAugmentation,
    tuning: base && enrolmentInto(base),
    ...(context.backend.work === undefined ? {} : { work: context.backend.work }),
    memoryBudgetBytes: trainingBudgetBytes(context.backend.id),
    onNote(text) {
      notes.push(text)
      context.log(text)
    },
    resumeFrom: saved?.state ?? null,
  })
  return {
    trainer,
    progress,
    plan,
    folder,
    curve: [...(saved?.curve ?? [])],
    notes,
    elapsedSec: () => (saved?.elapsedSec ?? 0) + (context.nowMs() - startMs) / 1000,
  }
}

/** What a check calls where the weights are as it judged them, before it is saved; gives the audition's id. */
export type KeepCheckpoint = (trainer: Trainer, isBest: boolean) => string | null

export type RunEnd = 'finished' | 'stopped-early' | 'asked-to-finish' | 'paused'

/**
 * Learns until the plan, the held-out loss or the person ends it. A checkpoint is saved after each check, and when
 * pausing, so that a killed training goes on from there as if nothing had happened.
 * @param keep called at each check, before the training's own state is saved
 */
export async function learn(run: TrainingRun, context: TaskContext, keep: KeepCheckpoint): Promise<RunEnd> {
  const { trainer, plan } = run
  const losses: number[] = []
  while (!trainer.isFinished) {
    await context.breathe()
    throwIfCancelled(run.progress)
    if (context.wish === 'pause') {
      save(run)
      return 'paused'
    }
    if (context.wish === 'finish' && trainer.step > 0) {
      if (trainer.step % plan.checkSteps !== 0) await judge(run, context, meanLoss(run, losses), keep)
      return 'asked-to-finish'
    }
    losses.push(finite((await trainer.advance())['shape/l1'], trainer.step))
    run.progress.report(trainer.step / plan.stepCount, phaseOf(run))
    if (trainer.step % plan.checkSteps === 0 || trainer.step === plan.stepCount) {
      await judge(run, context, meanLoss(run, losses), keep)
    } else if (trainer.step % CURVE_STEPS === 0) {
      addPoint(run, context, {
        step: trainer.step,
        trainLoss: meanLoss(run, losses),
        heldOutLoss: null,
        auditionId: null,
      })
    }
  }
  return trainer.step < plan.stepCount ? 'stopped-early' : 'finished'
}

/** The last note stays to be seen while its training runs. */
const phaseOf = ({ trainer, plan, notes }: TrainingRun): string =>
  [`step ${trainer.step} of ${plan.stepCount}`, ...notes.slice(-1)].join('. ')

/** Of the steps since the last point: fewer than usual after a pause, and none where a point was only just drawn. */
function meanLoss({ curve }: TrainingRun, losses: number[]): number {
  const taken = losses.splice(0)
  if (taken.length === 0) return curve.at(-1)?.trainLoss ?? 0
  return taken.reduce((sum, loss) => sum + loss, 0) / taken.length
}

/** Numbers that ran away never come back: better the last checkpoint than a broken singer. */
function finite(loss: number, step: number): number {
  if (Number.isFinite(loss)) return loss
  const message = `The training lost its numbers at step ${step}: the loss is ${loss}.`
  throw new FailureError(failure('engine-stopped', message, 'Try again; it goes on from the last checkpoint.'))
}

async function judge(run: TrainingRun, context: TaskContext, trainLoss: number, keep: KeepCheckpoint): Promise<void> {
  const { trainer } = run
  const { heldOutLoss, isBest } = await trainer.check()
  const auditionId = keep(trainer, isBest)
  addPoint(run, context, { step: trainer.step, trainLoss, heldOutLoss, auditionId })
  save(run)
}

function addPoint(run: TrainingRun, context: TaskContext, point: TrainingPoint): void {
  run.curve.push(point)
  context.onTrainingPoint(point)
}

const save = (run: TrainingRun): void =>
  run.folder.save({ state: run.trainer.save(), curve: run.curve, elapsedSec: run.elapsedSec() })

/**
 * Of everything that decides the steps but the engine: engines round differently, but what one learned is good for
 * every other, and hours of learning are not thrown away because a faster engine came.
 */
function fingerprintOf({ clips, preset, plan, size, seed }: TrainRequest, base: LoadedBase | null): string {
  const ids = clips.map(({ clipId }) => clipId)
  return createHash('sha256')
    .update(JSON.stringify([TRAINING_VERSION, ids, plan ?? preset, size, seed, ...(base ? [base.sha256] : [])]))
    .digest('hex')
}
