import type { Progress } from '../../../shared/base/progress.ts'
import { createRandom } from '../../../shared/base/random.ts'
import type { TrainRequest } from '../../../shared/contract/compute.ts'
import type { TrainingPoint } from '../../../shared/contract/jobs.ts'
import { sampleAugmentation } from '../../../shared/conversion/augmentation.ts'
import { spectralAutoencoderSizes } from '../../../shared/networks/spectral-autoencoder/config.ts'
import { confusionShapes } from '../../../shared/networks/spectral-autoencoder/confusion.ts'
import { parameterShapes } from '../../../shared/networks/spectral-autoencoder/parameters.ts'
import type { TrainingClip } from '../../../shared/training/clip.ts'
import { isExhausted } from '../../../shared/training/early-stopping.ts'
import { splitEachSinger } from '../../../shared/training/phrases.ts'
import { enrolmentPlans, trainingPlans, type TrainingPlan } from '../../../shared/training/presets.ts'
import { createTrainer, type Trainer } from '../../../shared/training/trainer.ts'
import { enrolmentInto } from '../../../shared/training/tuning.ts'
import type { LoadedBase } from '../models/base-store.ts'
import type { TaskContext } from '../task-context.ts'
import { trainingFingerprint } from './fingerprint.ts'
import type { Stage } from './stages.ts'
import { learnSteps, type RunEnd, type SteppedRun } from './stepped-run.ts'
import { trainingBudgetBytes } from './training-budget.ts'
import { openTrainingFolder, type TrainingFolder } from './training-folder.ts'

export interface TrainingRun {
  readonly trainer: Trainer
  readonly stage: Stage
  readonly progress: Progress
  readonly plan: TrainingPlan
  readonly folder: TrainingFolder
  /** One for each singer of the stage. */
  readonly curves: readonly TrainingPoint[][]
  readonly place: PlaceInTraining
  /** A loss times this is in the unit of the curves, whatever this stage's normalization. */
  readonly lossUnit: number
  /** What the person should know of how it is done, such as memory that ran out. */
  readonly notes: string[]
  /** Seconds of earlier starts and of this one. */
  elapsedSec(): number
}

/** Where a stage stands among the others: their steps are counted through. */
export interface PlaceInTraining {
  readonly stepsBefore: number
  readonly stepCount: number
  /** What is done in it, where there is more than one. */
  readonly words: string | null
  /** In the first stage of a singer its state bears no name. */
  readonly stateName: string
  /** The curves so far of the stage's singers. */
  readonly curvesBefore: readonly (readonly TrainingPoint[])[]
  /** Of the normalization that their losses are told in; null where there are none yet. */
  readonly spreadBefore: number | null
}

export interface RunInput {
  readonly request: TrainRequest
  readonly stage: Stage
  /** Of the stage's singers, numbered in its order. */
  readonly clips: readonly TrainingClip[]
  /** Into which the singer is enrolled; null where everything is learned. */
  readonly base: LoadedBase | null
  readonly place: PlaceInTraining
}

/** Of the fingerprint. */
const TRAINING_VERSION = 2

export const planOf = ({ plan, preset }: TrainRequest, { method }: Stage): TrainingPlan =>
  plan ?? (method === 'enroll' ? enrolmentPlans : trainingPlans)[preset]

/** The request's own singer and those beside it, each with everything that the request says of all. */
export const singersOf = (request: TrainRequest): readonly TrainRequest[] => [
  request,
  ...(request.beside ?? []).map((singer) => ({ ...request, ...singer })),
]

/** Starts a stage of a training, or goes on with what its folder holds. */
export function openTrainingRun(input: RunInput, context: TaskContext, progress: Progress): TrainingRun {
  const { request, stage, clips, base, place } = input
  const plan = planOf(request, stage)
  const singerCount = stage.singers.length
  const config = spectralAutoencoderSizes[request.size]
  const { published } = request
  const classifier = (published?.confusionWeight ?? 0) > 0 ? confusionShapes(config, singerCount) : []
  const parameterCount = [...new Map([...parameterShapes(config, singerCount), ...classifier]).values()]
    .map((shape) => shape.reduce((product, size) => product * size, 1))
    .reduce((sum, count) => sum + count, 0)
  const singers = stage.singers.map((singer) => singersOf(request)[singer])
  const folder = openTrainingFolder({
    folders: singers.map(({ workFolder }) => workFolder),
    fingerprint: fingerprintOf(request, singers, base),
    parameterCount,
    stageName: place.stateName,
  })
  const saved = folder.load()
  const startMs = context.nowMs()
  const notes: string[] = []
  const trainer = createTrainer({
    clips,
    singerCount,
    size: request.size,
    plan,
    seed: request.seed,
    ...(singerCount === 1 ? {} : { split: splitEachSinger(clips, () => createRandom(request.seed)) }),
    sampleBandMap: sampleAugmentation,
    tuning: base && enrolmentInto(base),
    // The published parts know whole batches alone, and compute in this process.
    ...(published === undefined
      ? {
          memoryBudgetBytes: trainingBudgetBytes(context.backend.id),
          ...(context.backend.work && { work: context.backend.work }),
        }
      : { published }),
    onNote(text) {
      notes.push(text)
      context.log(text)
    },
    resumeFrom: saved?.state ?? null,
  })
  return {
    trainer,
    stage,
    progress,
    plan,
    folder,
    curves: (saved?.curves ?? place.curvesBefore).map((curve) => [...curve]),
    place,
    lossUnit: place.spreadBefore === null ? 1 : trainer.normalization.spread / place.spreadBefore,
    notes,
    elapsedSec: () => (saved?.elapsedSec ?? 0) + (context.nowMs() - startMs) / 1000,
  }
}

/** A check as the training counts its steps. */
export interface Checked {
  readonly step: number
  readonly bestStep: number
  readonly isBest: boolean
}

/**
 * What a check calls where the weights are as it judged them, before it is saved; gives an audition's id for each
 * singer of the stage.
 */
export type KeepCheckpoint = (trainer: Trainer, checked: Checked) => readonly (string | null)[]

/**
 * Learns until the plan, the held-out loss or the person ends it.
 * @param keep called at each check, before the training's own state is saved
 */
export const learn = (run: TrainingRun, context: TaskContext, keep: KeepCheckpoint): Promise<RunEnd> =>
  learnSteps(stepsOf(run, context, keep), context)

/** A stage's steps: its trainer remembers its checks, and each of its singers has a curve. */
function stepsOf(run: TrainingRun, context: TaskContext, keep: KeepCheckpoint): SteppedRun {
  const { trainer, plan, place, progress, curves, lossUnit } = run
  return {
    plan,
    trainer,
    progress,
    isExhausted: () => isExhausted(trainer.history, plan.patience),
    phase: () => phaseOf(run),
    lastLoss: () => (curves[0].at(-1)?.trainLoss ?? 0) / lossUnit,
    advance: async () => (await trainer.advance())['shape/l1'],
    draw(trainLoss) {
      const point = { step: place.stepsBefore + trainer.step, trainLoss, heldOutLoss: null, auditionId: null }
      curves.forEach((_, index) => addPoint(run, context, index, point))
    },
    check: (trainLoss) => judge(run, context, trainLoss, keep),
    save: () => run.folder.save({ state: trainer.save(), curves, elapsedSec: run.elapsedSec() }),
  }
}

/** The last note stays to be seen while its training runs. */
const phaseOf = ({ trainer, place, notes }: TrainingRun): string =>
  [
    `step ${place.stepsBefore + trainer.step} of ${place.stepCount}`,
    ...(place.words === null ? [] : [place.words]),
    ...notes.slice(-1),
  ].join('. ')

async function judge(run: TrainingRun, context: TaskContext, trainLoss: number, keep: KeepCheckpoint): Promise<void> {
  const { trainer, place } = run
  const { singerLosses, isBest } = await trainer.check()
  const step = place.stepsBefore + trainer.step
  const auditions = keep(trainer, { step, bestStep: place.stepsBefore + trainer.history.bestStep, isBest })
  singerLosses.forEach((heldOutLoss, index) =>
    addPoint(run, context, index, { step, trainLoss, heldOutLoss, auditionId: auditions[index] ?? null }),
  )
}

/** @param told with losses as the trainer has them */
function addPoint(
  { curves, stage, lossUnit }: TrainingRun,
  context: TaskContext,
  index: number,
  told: TrainingPoint,
): void {
  const heldOutLoss = told.heldOutLoss === null ? null : told.heldOutLoss * lossUnit
  const point = { ...told, trainLoss: told.trainLoss * lossUnit, heldOutLoss }
  curves[index].push(point)
  context.onTrainingPoint(point, stage.singers[index])
}

function fingerprintOf(
  { preset, plan, size, seed, published }: TrainRequest,
  singers: readonly TrainRequest[],
  base: LoadedBase | null,
): string {
  const idsOf = ({ clips }: TrainRequest) => clips.map(({ clipId }) => clipId)
  const ids = singers.length === 1 ? idsOf(singers[0]) : singers.map(idsOf)
  const facts = [ids, plan ?? preset, size, seed, ...(base ? [base.sha256] : []), ...(published ? [published] : [])]
  return trainingFingerprint(TRAINING_VERSION, facts)
}
