import { createHash } from 'node:crypto'
import { failure, FailureError } from '../../../../shared/base/errors.ts'
import { throwIfCancelled, type Progress } from '../../../../shared/base/progress.ts'
import { createRandom } from '../../../../shared/base/random.ts'
import type { RelganTrainRequest } from '../../../../shared/contract/emotions.ts'
import type { TrainingPoint } from '../../../../shared/contract/jobs.ts'
import { relganSizes } from '../../../../shared/networks/relgan/config.ts'
import { isExhausted, noChecksYet, noteLoss, type EarlyStopping } from '../../../../shared/training/early-stopping.ts'
import type { EmotionalClip } from '../../../../shared/training/relgan/emotional-clip.ts'
import { withoutPeople } from '../../../../shared/training/relgan/people.ts'
import { splitEmotional } from '../../../../shared/training/relgan/split.ts'
import { createRelganTrainer, type RelganTrainer } from '../../../../shared/training/relgan/trainer.ts'
import type { TaskContext } from '../../task-context.ts'
import { openEmotionFolder, type EmotionFolder } from './emotion-folder.ts'
import { createEmotionJudge, type EmotionCheck, type EmotionJudge } from './emotion-judge.ts'

export interface EmotionRun {
  readonly request: RelganTrainRequest
  readonly trainer: RelganTrainer
  /** Null where too few clips could be held out: then the last step counts as the best. */
  readonly judge: EmotionJudge | null
  readonly progress: Progress
  readonly folder: EmotionFolder
  readonly curve: TrainingPoint[]
  history: EarlyStopping
  elapsedSec(): number
}

/** A point of the curve is drawn after each so many steps. */
const CURVE_STEPS = 10
/** Raised when a change of the program makes the same seed learn otherwise: older checkpoints then start anew. */
const TRAINING_VERSION = 1

/** Starts a training, or goes on with the one that its folder holds. */
export function openEmotionRun(
  request: RelganTrainRequest,
  clips: readonly EmotionalClip[],
  context: Pick<TaskContext, 'nowMs'>,
  progress: Progress,
): EmotionRun {
  const config = { ...relganSizes[request.size], emotions: request.emotions.length }
  const folder = openEmotionFolder(request.workFolder, fingerprintOf(request), config)
  const saved = folder.load()
  const split = splitEmotional(withoutPeople(clips), createRandom(request.seed))
  const trainer = createRelganTrainer({
    clips: split.learned,
    config,
    seed: request.seed,
    isSpectrallyNormalized: true,
    batchSize: request.plan.batchSize,
    stepCount: request.plan.stepCount,
    resumeFrom: saved?.state ?? null,
  })
  const startMs = context.nowMs()
  return {
    request,
    trainer,
    judge: createEmotionJudge(split, trainer.normals),
    progress,
    folder,
    curve: [...(saved?.curve ?? [])],
    history: saved?.history ?? noChecksYet,
    elapsedSec: () => (saved?.elapsedSec ?? 0) + (context.nowMs() - startMs) / 1000,
  }
}

/** Called at each check, before the training's own state is saved. */
export type KeepModel = (run: EmotionRun, check: EmotionCheck | null, isBest: boolean) => void
export type EmotionRunEnd = 'finished' | 'stopped-early' | 'asked-to-finish' | 'paused'

/**
 * Learns until the plan, the held-out clips or the person ends it. A checkpoint is saved after each check and when
 * pausing: a training that was killed goes on from there and ends with the same bytes on the same engine.
 */
export async function learnEmotions(run: EmotionRun, context: TaskContext, keep: KeepModel): Promise<EmotionRunEnd> {
  const { trainer, request } = run
  const { stepCount, checkSteps, patience } = request.plan
  const totals: number[] = []
  let last: EmotionCheck['losses'] = {}
  while (trainer.step < stepCount) {
    if (isExhausted(run.history, patience)) return 'stopped-early'
    await context.breathe()
    throwIfCancelled(run.progress)
    if (context.wish === 'pause') {
      save(run)
      return 'paused'
    }
    if (context.wish === 'finish' && trainer.step > 0) {
      if (trainer.step % checkSteps !== 0) await check(run, context, keep, { totals, last })
      return 'asked-to-finish'
    }
    const losses = await trainer.advance()
    last = losses
    totals.push(finite(losses['generator/total'] + losses['discriminator/total'], trainer.step))
    run.progress.report(trainer.step / stepCount, phaseOf(run, losses))
    if (trainer.step % checkSteps === 0 || trainer.step === stepCount) await check(run, context, keep, { totals, last })
    else if (trainer.step % CURVE_STEPS === 0) draw(run, context, { trainLoss: meanOf(totals), heldOutLoss: null })
  }
  return 'finished'
}

/** Both totals and the two terms that tell most, by name. */
function phaseOf({ trainer, request }: EmotionRun, losses: Readonly<Record<string, number>>): string {
  const shown = ['generator/total', 'discriminator/total', 'generator/cycle', 'generator/conditional']
  const told = shown.map((name) => `${name} ${losses[name].toFixed(2)}`)
  return `step ${trainer.step} of ${request.plan.stepCount}: ${told.join(', ')}`
}

/** What the steps since the last point came to. */
interface Learned {
  readonly totals: number[]
  /** Of the last step, by name. */
  readonly last: EmotionCheck['losses']
}

async function check(run: EmotionRun, context: TaskContext, keep: KeepModel, learned: Learned): Promise<void> {
  const found = run.judge === null ? null : await run.judge.check(run.trainer)
  // Without clips to hold out nothing tells a better step from a worse: the latest counts.
  const loss = found === null ? 1 / run.trainer.step : heldOutLoss(found)
  const before = run.history.bestStep
  run.history = noteLoss(run.history, run.trainer.step, loss)
  keep(run, found, run.history.bestStep !== before)
  if (found !== null) context.log(describe(run.trainer.step, found))
  draw(run, context, {
    trainLoss: meanOf(learned.totals),
    heldOutLoss: found === null ? null : loss,
    losses: shortened(found?.losses ?? learned.last),
    ...(found === null ? {} : { judged: { wanted: found.wanted, real: found.real } }),
  })
  save(run)
}

/** What is missing of the wanted emotion, and what gets lost on the way there and back. */
export const heldOutLoss = ({ wanted, changed }: EmotionCheck): number => 1 - wanted + changed

function describe(step: number, { wanted, real, losses }: EmotionCheck): string {
  const told = Object.entries(losses).map(([name, loss]) => `${name} ${loss.toFixed(3)}`)
  return `step ${step}, held out: wanted emotion ${wanted.toFixed(3)} (real clips ${real.toFixed(3)}); ${told.join(', ')}`
}

/** Enough to be shown: the curve is written anew at each check. */
const shortened = (losses: EmotionCheck['losses']): EmotionCheck['losses'] =>
  Object.fromEntries(Object.entries(losses).map(([name, loss]) => [name, Number(loss.toPrecision(5))]))

function draw(run: EmotionRun, context: TaskContext, told: Omit<TrainingPoint, 'step' | 'auditionId'>): void {
  const point = { step: run.trainer.step, auditionId: null, ...told }
  run.curve.push(point)
  context.onTrainingPoint(point, 0)
}

/** Of the steps since the last point. */
function meanOf(totals: number[]): number {
  const taken = totals.splice(0)
  return taken.length === 0 ? 0 : taken.reduce((sum, total) => sum + total, 0) / taken.length
}

/** Numbers that ran away never come back: better the last checkpoint than a broken model. */
function finite(loss: number, step: number): number {
  if (Number.isFinite(loss)) return loss
  const message = `The training lost its numbers at step ${step}: the loss is ${loss}.`
  throw new FailureError(failure('engine-stopped', message, 'Try again; it goes on from the last checkpoint.'))
}

const save = (run: EmotionRun): void =>
  run.folder.save({
    state: run.trainer.save(),
    history: run.history,
    curve: run.curve,
    elapsedSec: run.elapsedSec(),
  })

/** Of everything that decides the steps but the engine. */
function fingerprintOf({ clips, emotions, edgeHz, size, plan, seed }: RelganTrainRequest): string {
  const labels = clips.map(({ clipId, emotion, person }) => [clipId, emotion, person])
  return createHash('sha256')
    .update(JSON.stringify([TRAINING_VERSION, labels, emotions, edgeHz, size, plan, seed]))
    .digest('hex')
}
