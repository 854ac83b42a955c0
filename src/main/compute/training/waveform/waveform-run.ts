import { failure, FailureError } from '../../../../shared/base/errors.ts'
import type { Progress } from '../../../../shared/base/progress.ts'
import type { LearningSinger } from '../../../../shared/contract/compute.ts'
import type { EngineId } from '../../../../shared/contract/engines.ts'
import type { WaveformTraining } from '../../../../shared/contract/waveform.ts'
import type { WaveformModel } from '../../../../shared/formats/waveform-singer-file.ts'
import {
  wavenetAutoencoderSizes,
  type WavenetAutoencoderConfig,
} from '../../../../shared/networks/wavenet-autoencoder/config.ts'
import { wavenetAutoencoderShapes } from '../../../../shared/networks/wavenet-autoencoder/parameters.ts'
import { createParameterLayout } from '../../../../shared/nn/parameters.ts'
import { noChecksYet } from '../../../../shared/training/early-stopping.ts'
import type { WaveformClip } from '../../../../shared/training/wavenet-autoencoder/clip.ts'
import {
  waveformPlan,
  waveformPlans,
  type WaveformPlan,
} from '../../../../shared/training/wavenet-autoencoder/plans.ts'
import { splitWaveforms } from '../../../../shared/training/wavenet-autoencoder/split.ts'
import {
  restoreWaveformState,
  storeWaveformState,
} from '../../../../shared/training/wavenet-autoencoder/stored-state.ts'
import {
  createWaveformTrainer,
  type WaveformLosses,
  type WaveformTrainer,
  type WaveformTrainingState,
} from '../../../../shared/training/wavenet-autoencoder/trainer.ts'
import {
  newSingerStages,
  stagesIn,
  withNewSinger,
  type TuningStage,
  type WaveformTuning,
} from '../../../../shared/training/wavenet-autoencoder/tuning.ts'
import type { SamplerModules } from '../../sampling/sampler-modules.ts'
import { createSegmentSinger } from '../../sampling/segment-singer.ts'
import type { TaskContext } from '../../task-context.ts'
import { SUNG_PRECISION } from '../../waveform/sampler-of-model.ts'
import { trainingFingerprint } from '../fingerprint.ts'
import { learnModel, type HeldOut, type ModelTraining } from '../model-run.ts'
import { openRunRecord, type RunRecord } from '../run-record.ts'
import { openStateFolder } from '../state-folder.ts'
import type { RunEnd } from '../stepped-run.ts'
import { trainingBudgetBytes } from '../training-budget.ts'

export interface WaveformRun {
  readonly trainer: WaveformTrainer
  readonly config: WavenetAutoencoderConfig
  readonly plan: WaveformPlan
  readonly progress: Progress
  readonly singerCount: number
  /** One for all singers: they have their losses together. */
  readonly record: RunRecord<WaveformTrainingState>
  /** What the person should know of how it is done, such as memory that ran out. */
  readonly notes: readonly string[]
}

export interface WaveformRunInput {
  /** In the order of their rows. */
  readonly singers: readonly LearningSinger[]
  readonly training: WaveformTraining
  /** The model that gets one singer more; null where everything is learned. */
  readonly model: WaveformModel | null
  /** Checks in another rhythm than the plan's. */
  readonly checkSteps?: number
  readonly seed: number
  readonly clips: readonly WaveformClip[]
  readonly modules: SamplerModules
  readonly engine: EngineId
}

/** Of the fingerprint. */
const TRAINING_VERSION = 1

/** Starts a training, or goes on with the one that the first singer's folder holds. */
export function openWaveformRun(input: WaveformRunInput, context: TaskContext, progress: Progress): WaveformRun {
  const { singers, training, model, seed, clips, modules, engine } = input
  const config = configOf(training, model)
  const tuning = model && tuningOf(model, training, seed)
  const asPlanned = tuning === null ? waveformPlan(training.size, training.steps) : tuningPlan(tuning.stages)
  const plan = { ...asPlanned, checkSteps: input.checkSteps ?? asPlanned.checkSteps }
  const singerCount = singers.length + (model?.voices.length ?? 0)
  const layout = createParameterLayout(wavenetAutoencoderShapes(config, singerCount))
  const [folder, ...curveFolders] = singers.map(({ workFolder }) => workFolder)
  const states = openStateFolder<WaveformTrainingState>({
    folder,
    curveFolders,
    fingerprint: fingerprintOf(input, config, plan),
    store: { store: storeWaveformState, restore: (stored) => restoreWaveformState(stored, layout) },
  })
  const { record, resumeFrom } = openRunRecord(states, () => context.nowMs())
  const notes: string[] = []
  const split = splitWaveforms(clips, config.hop)
  let stepNow = () => 0
  const trainer = createWaveformTrainer({
    clips: split.learned,
    heldOut: split.heldOut,
    singerCount,
    config,
    plan,
    seed,
    tuning,
    sing: createSegmentSinger(
      { modules, precision: SUNG_PRECISION },
      {
        report: (sung) => progress.report(stepNow() / plan.stepCount, `${singingWords(plan)}: ${percent(sung)}`),
        get isCancelled() {
          return progress.isCancelled
        },
      },
    ),
    memoryBudgetBytes: trainingBudgetBytes(engine),
    onNote(text) {
      notes.push(text)
      context.log(text)
    },
    resumeFrom,
  })
  stepNow = () => trainer.step
  return { trainer, config, plan, progress, singerCount: singers.length, record, notes }
}

/** Of a training: that of the model that gets one singer more, or of its size. */
export const configOf = ({ size }: WaveformTraining, model: WaveformModel | null): WavenetAutoencoderConfig =>
  model?.config ?? wavenetAutoencoderSizes[size]

/** All clips are the new singer's: those of the others need not be there any more. */
const tuningOf = (
  { parameters, config }: WaveformModel,
  { steps }: WaveformTraining,
  seed: number,
): WaveformTuning => ({
  parameters: withNewSinger(parameters, config, seed),
  stages: stagesIn(newSingerStages, steps),
  newItems: waveformPlans.preview.batchSize,
})

const tuningPlan = (stages: readonly TuningStage[]): WaveformPlan => {
  const stepCount = stages.reduce((sum, { steps }) => sum + steps, 0)
  return { ...waveformPlan('preview', stepCount), translation: null }
}

const singingWords = ({ translation }: WaveformPlan): string =>
  `singing ${translation?.segments ?? 0} mixtures for back-translation`
const percent = (share: number): string => `${Math.round(100 * share)} %`

/** Called at each check, before the training's own state is saved. */
export type KeepWaveforms = (isBest: boolean) => Promise<void>

/**
 * Learns until the plan or the person ends it, without patience. Numbers that grow beyond all bounds end it with
 * `training-diverged`; what was saved last stays.
 */
export function learnWaveforms(run: WaveformRun, context: TaskContext, keep: KeepWaveforms): Promise<RunEnd> {
  const { trainer } = run
  const training: ModelTraining<WaveformTrainingState, HeldOut> = {
    ...run,
    advance: () => advance(trainer),
    lossOf: (losses) => losses['reconstruction'],
    describe: describeLosses,
    judge: (losses, trainLoss) => judgeHeldOut(run, losses, trainLoss),
    keep: (_, isBest) => keep(isBest),
  }
  return learnModel(training, context)
}

/** By name, in nats but for the share of the classifier's right guesses. */
export const describeLosses = (losses: WaveformLosses): string =>
  Object.entries(losses)
    .map(([name, loss]) => `${name} ${loss.toPrecision(3)}`)
    .join(', ')

async function judgeHeldOut(
  { trainer, plan, record }: WaveformRun,
  losses: WaveformLosses,
  trainLoss: number,
): Promise<HeldOut> {
  const judged = finite(await trainer.judge(), trainer.step)
  const startStep = plan.translation?.startStep ?? Infinity
  // What phase 2 gives, a better conversion, no loss of phase 1 shows: from there on it is compared with itself.
  if (trainer.step > startStep && record.history.bestStep <= startStep) record.history = noChecksYet
  // Without clips to hold out nothing tells a better step from a worse but what was learned from.
  return { heldOutLoss: judged['reconstruction'] ?? trainLoss, losses: { ...losses, ...judged } }
}

/** One update. The same seed would run away in the same way again: what helps is said here. */
async function advance(trainer: WaveformTrainer): Promise<WaveformLosses> {
  try {
    return finite(await trainer.advance(), trainer.step)
  } catch (cause) {
    if (!(cause instanceof FailureError) || cause.failure.code !== 'training-diverged') throw cause
    throw new FailureError({ ...cause.failure, remedy: DIVERGED_REMEDY })
  }
}

const DIVERGED_REMEDY = 'What the last checkpoint learned stays, and sings. Learn again with another seed.'

/** Numbers that ran away never come back: better the last checkpoint than a broken model. */
function finite(losses: WaveformLosses, step: number): WaveformLosses {
  const lost = Object.entries(losses).find(([, loss]) => !Number.isFinite(loss))
  if (lost === undefined) return losses
  const message = `At step ${step} the loss “${lost[0]}” is no number any more (${lost[1]}).`
  throw new FailureError(failure('training-diverged', message, DIVERGED_REMEDY))
}

function fingerprintOf(
  { singers, training, seed }: WaveformRunInput,
  config: WavenetAutoencoderConfig,
  plan: WaveformPlan,
): string {
  const clips = singers.map((singer) => singer.clips.map(({ clipId, slices }) => [clipId, slices ?? null]))
  // Some sizes changed later on: what was begun before has other weights.
  const shape = config.lagTaps === undefined ? [] : [config]
  const added = training.modelPath === undefined ? [] : [{ modelPath: training.modelPath }]
  return trainingFingerprint(TRAINING_VERSION, [clips, training.size, plan, seed, ...shape, ...added])
}
