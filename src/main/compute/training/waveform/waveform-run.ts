import { createHash } from 'node:crypto'
import { failure, FailureError } from '../../../../shared/base/errors.ts'
import { throwIfCancelled, type Progress } from '../../../../shared/base/progress.ts'
import type { LearningSinger } from '../../../../shared/contract/compute.ts'
import type { EngineId } from '../../../../shared/contract/engines.ts'
import type { TrainingPoint } from '../../../../shared/contract/jobs.ts'
import type { WaveformTraining } from '../../../../shared/contract/waveform.ts'
import {
  wavenetAutoencoderSizes,
  type WavenetAutoencoderConfig,
} from '../../../../shared/networks/wavenet-autoencoder/config.ts'
import { wavenetAutoencoderShapes } from '../../../../shared/networks/wavenet-autoencoder/parameters.ts'
import { createParameterLayout } from '../../../../shared/nn/parameters.ts'
import { noChecksYet, noteLoss, type EarlyStopping } from '../../../../shared/training/early-stopping.ts'
import type { WaveformClip } from '../../../../shared/training/wavenet-autoencoder/clip.ts'
import { waveformPlan, type WaveformPlan } from '../../../../shared/training/wavenet-autoencoder/plans.ts'
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
import type { SamplerModules } from '../../sampling/sampler-modules.ts'
import { createSegmentSinger } from '../../sampling/segment-singer.ts'
import type { TaskContext } from '../../task-context.ts'
import { SUNG_PRECISION } from '../../waveform/sampler-of-model.ts'
import { openStateFolder, type StateFolder } from '../state-folder.ts'
import { trainingBudgetBytes } from '../training-budget.ts'

export interface WaveformRun {
  readonly trainer: WaveformTrainer
  readonly config: WavenetAutoencoderConfig
  readonly plan: WaveformPlan
  readonly progress: Progress
  readonly singerCount: number
  readonly folder: StateFolder<WaveformTrainingState>
  /** One for all singers: they have their losses together. */
  readonly curve: TrainingPoint[]
  /** What the person should know of how it is done, such as memory that ran out. */
  readonly notes: string[]
  history: EarlyStopping
  elapsedSec(): number
}

export interface WaveformRunInput {
  /** In the order of their rows. */
  readonly singers: readonly LearningSinger[]
  readonly training: WaveformTraining
  /** Checks in another rhythm than the plan's. */
  readonly checkSteps?: number
  readonly seed: number
  readonly clips: readonly WaveformClip[]
  readonly modules: SamplerModules
  readonly engine: EngineId
}

/** A point of the curve is drawn after each so many steps. */
const CURVE_STEPS = 10
/** Raised when a change of the program makes the same seed learn otherwise: older checkpoints then start anew. */
const TRAINING_VERSION = 1

/** Starts a training, or goes on with the one that the first singer's folder holds. */
export function openWaveformRun(input: WaveformRunInput, context: TaskContext, progress: Progress): WaveformRun {
  const { singers, training, seed, clips, modules, engine } = input
  const config: WavenetAutoencoderConfig = wavenetAutoencoderSizes[training.size]
  const asPlanned = waveformPlan(training.size, training.steps)
  const plan = { ...asPlanned, checkSteps: input.checkSteps ?? asPlanned.checkSteps }
  const singerCount = singers.length
  const layout = createParameterLayout(wavenetAutoencoderShapes(config, singerCount))
  const [folder, ...curveFolders] = singers.map(({ workFolder }) => workFolder)
  const states = openStateFolder<WaveformTrainingState>({
    folder,
    curveFolders,
    fingerprint: fingerprintOf(input, plan),
    store: { store: storeWaveformState, restore: (stored) => restoreWaveformState(stored, layout) },
  })
  const saved = states.load()
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
    resumeFrom: saved?.state ?? null,
  })
  stepNow = () => trainer.step
  const startMs = context.nowMs()
  return {
    trainer,
    config,
    plan,
    progress,
    singerCount,
    folder: states,
    curve: [...(saved?.curve ?? [])],
    notes,
    history: saved?.history ?? noChecksYet,
    elapsedSec: () => (saved?.elapsedSec ?? 0) + (context.nowMs() - startMs) / 1000,
  }
}

const singingWords = ({ translation }: WaveformPlan): string =>
  `singing ${translation?.segments ?? 0} mixtures for back-translation`
const percent = (share: number): string => `${Math.round(100 * share)} %`

/** Called at each check, before the training's own state is saved. */
export type KeepWaveforms = (isBest: boolean) => Promise<void>
export type WaveformRunEnd = 'finished' | 'asked-to-finish' | 'paused'

/** What the steps since the last point came to. */
interface Learned {
  readonly totals: number[]
  last: WaveformLosses
}

/**
 * Learns until the plan or the person ends it. A checkpoint is saved after each check and when pausing: a training that
 * was killed goes on from there and ends with the same bytes on the same engine. Numbers that grow beyond all bounds end
 * it with `training-diverged`; what was saved last stays.
 */
export async function learnWaveforms(
  run: WaveformRun,
  context: TaskContext,
  keep: KeepWaveforms,
): Promise<WaveformRunEnd> {
  const { trainer, plan } = run
  const learned: Learned = { totals: [], last: {} }
  while (!trainer.isFinished) {
    await context.breathe()
    throwIfCancelled(run.progress)
    if (context.wish === 'pause') {
      save(run)
      return 'paused'
    }
    if (context.wish === 'finish' && trainer.step > 0) {
      if (trainer.step % plan.checkSteps !== 0) await check(run, context, keep, learned)
      return 'asked-to-finish'
    }
    const before = trainer.step
    learned.last = { ...learned.last, ...(await advance(trainer)) }
    run.progress.report(trainer.step / plan.stepCount, phaseOf(run, learned.last))
    // Updates of phase 2 come between two steps.
    if (trainer.step === before) continue
    learned.totals.push(learned.last['reconstruction'])
    if (trainer.step % plan.checkSteps === 0 || trainer.step === plan.stepCount)
      await check(run, context, keep, learned)
    else if (trainer.step % CURVE_STEPS === 0)
      draw(run, context, { trainLoss: meanOf(run, learned.totals), heldOutLoss: null })
  }
  return 'finished'
}

/** The losses by name, in nats but for the share of the classifier's right guesses; the last note stays to be seen. */
function phaseOf({ trainer, plan, notes }: WaveformRun, losses: WaveformLosses): string {
  const told = Object.entries(losses).map(([name, loss]) => `${name} ${loss.toPrecision(3)}`)
  return [`step ${trainer.step} of ${plan.stepCount}: ${told.join(', ')}`, ...notes.slice(-1)].join('. ')
}

async function check(run: WaveformRun, context: TaskContext, keep: KeepWaveforms, learned: Learned): Promise<void> {
  const { trainer, plan } = run
  const judged = finite(await trainer.judge(), trainer.step)
  const trainLoss = meanOf(run, learned.totals)
  // Without clips to hold out nothing tells a better step from a worse but what was learned from.
  const heldOutLoss = judged['reconstruction'] ?? trainLoss
  const startStep = plan.translation?.startStep ?? Infinity
  // What phase 2 gives, a better conversion, no loss of phase 1 shows: from there on it is compared with itself.
  const isFirstTranslated = trainer.step > startStep && run.history.bestStep <= startStep
  run.history = noteLoss(isFirstTranslated ? noChecksYet : run.history, trainer.step, heldOutLoss)
  await keep(run.history.bestStep === trainer.step)
  draw(run, context, { trainLoss, heldOutLoss, losses: shortened({ ...learned.last, ...judged }) })
  // Whoever goes on from here knows no earlier ones.
  learned.last = {}
  save(run)
}

/** Enough to be shown: the curve is written anew at each check. */
const shortened = (losses: WaveformLosses): WaveformLosses =>
  Object.fromEntries(Object.entries(losses).map(([name, loss]) => [name, Number(loss.toPrecision(5))]))

function draw(run: WaveformRun, context: TaskContext, told: Omit<TrainingPoint, 'step' | 'auditionId'>): void {
  const point = { step: run.trainer.step, auditionId: null, ...told }
  run.curve.push(point)
  for (let singer = 0; singer < run.singerCount; singer++) context.onTrainingPoint(point, singer)
}

/** Of the steps since the last point; none where a pause came just before. */
function meanOf({ curve }: WaveformRun, totals: number[]): number {
  const taken = totals.splice(0)
  if (taken.length === 0) return curve.at(-1)?.trainLoss ?? 0
  return taken.reduce((sum, total) => sum + total, 0) / taken.length
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

const save = (run: WaveformRun): void =>
  run.folder.save({
    state: run.trainer.save(),
    history: run.history,
    curve: run.curve,
    elapsedSec: run.elapsedSec(),
  })

/** Of everything that decides the steps but the engine. */
function fingerprintOf({ singers, training, seed }: WaveformRunInput, plan: WaveformPlan): string {
  const clips = singers.map((singer) => singer.clips.map(({ clipId, slices }) => [clipId, slices ?? null]))
  return createHash('sha256')
    .update(JSON.stringify([TRAINING_VERSION, clips, training.size, plan, seed]))
    .digest('hex')
}
