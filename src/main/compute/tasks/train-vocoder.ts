import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { failure, FailureError } from '../../../shared/base/errors.ts'
import { subProgress, throwIfCancelled } from '../../../shared/base/progress.ts'
import { createRandom } from '../../../shared/base/random.ts'
import type { VocoderTrainRequest } from '../../../shared/contract/vocoders.ts'
import { writeVocoderFile, type VocoderCard } from '../../../shared/formats/vocoder-file.ts'
import {
  FRAME_SAMPLES,
  SOURCE_FILTER_RATE_HZ,
  sourceFilterSizes,
} from '../../../shared/networks/source-filter/config.ts'
import { sourceFilterShapes } from '../../../shared/networks/source-filter/parameters.ts'
import { createParameterLayout } from '../../../shared/nn/parameters.ts'
import { noChecksYet } from '../../../shared/training/early-stopping.ts'
import { framesOf, type VocoderClip } from '../../../shared/training/vocoder/clip.ts'
import { splitClips, splitPeople, type VocoderSplit } from '../../../shared/training/vocoder/split.ts'
import { restoreVocoderState, storeVocoderState } from '../../../shared/training/vocoder/stored-state.ts'
import { createVocoderTrainer, type VocoderTrainer } from '../../../shared/training/vocoder/trainer.ts'
import { writeAtomically } from '../../files/atomic-write.ts'
import { createAnalysisResampler } from '../analysis-resampler.ts'
import { loadKernelsWithCrew } from '../crew.ts'
import { tensorsHere } from '../emotions/tensors-here.ts'
import type { TaskContext, TaskEnd } from '../task-context.ts'
import { checkpointShelf } from '../training/checkpoint-shelf.ts'
import { openStateFolder } from '../training/state-folder.ts'
import { learnSteps, type SteppedRun } from '../training/stepped-run.ts'
import { readVocoderClip } from '../training/vocoder/vocoder-clips.ts'

/** Share of the whole that reading the recordings takes, for the progress bar. */
const ANALYSIS_SHARE = 0.1
/** Raised when a change of the program makes the same seed learn otherwise: older checkpoints then start anew. */
const TRAINING_VERSION = 1

/** Learns a vocoder from recordings of people, or goes on where its folder was left. */
export async function trainVocoder(request: VocoderTrainRequest, context: TaskContext): Promise<TaskEnd> {
  const engine = (await tensorsHere(context.backend)).id
  const heldOut = splitPeople(
    request.recordings.map(({ person }) => person),
    createRandom(request.seed),
  )
  const clips = await readClips(request, heldOut, context)
  if (clips === null) return { kind: 'paused' }
  const split = splitClips(clips, heldOut)
  requireCrops(split, request)
  const config = sourceFilterSizes[request.size]
  const { count } = createParameterLayout(sourceFilterShapes(config))
  const folder = openStateFolder({
    folder: request.workFolder,
    fingerprint: fingerprintOf(request),
    store: { store: storeVocoderState, restore: (stored) => restoreVocoderState(stored, count) },
  })
  const shelf = checkpointShelf(request.workFolder, 'vocoder')
  const saved = folder.load()
  const { plan, seed } = request
  const resumeFrom = saved?.state ?? null
  const trainer = createVocoderTrainer({ clips: split.learned, heldOut: split.heldOut, config, plan, seed, resumeFrom })
  const startMs = context.nowMs()
  const elapsedSec = () => (saved?.elapsedSec ?? 0) + (context.nowMs() - startMs) / 1000
  let bestLoss: number | null = null
  const run: SteppedRun = {
    plan,
    get step() {
      return trainer.step
    },
    progress: subProgress(context.progress, ANALYSIS_SHARE, 1),
    curve: [...(saved?.curve ?? [])],
    history: saved?.history ?? noChecksYet,
    advance: () => trainer.advance(),
    judge: () => trainer.judge(),
    keep(heldOutLoss, isBest) {
      const bytes = fileOf(trainer, cardOf({ request, split, step: trainer.step, heldOutLoss, engine }))
      shelf.put(trainer.step, bytes, [run.history.bestStep])
      if (heldOutLoss !== null) context.log(`step ${trainer.step}: held-out loss ${heldOutLoss.toFixed(4)}`)
      if (!isBest) return
      bestLoss = heldOutLoss
      writeAtomically(request.modelPath, bytes)
    },
    save: () =>
      folder.save({ state: trainer.save(), history: run.history, curve: run.curve, elapsedSec: elapsedSec() }),
  }
  const end = await learnSteps(run, context)
  if (end === 'paused') return { kind: 'paused' }
  const summary = {
    stepCount: trainer.step,
    bestStep: run.history.bestStep,
    stoppedEarly: end === 'stopped-early',
    trainingSec: elapsedSec(),
    backend: engine,
    recordedSec: secondsOf(clips),
    personCount: new Set(clips.map(({ person }) => person)).size,
    heldOutPeople: split.people,
    heldOutLoss:
      bestLoss ?? (Number.isFinite(run.history.bestLoss) && split.heldOut.length > 0 ? run.history.bestLoss : null),
  }
  return { kind: 'done', result: { kind: 'train-vocoder', summary } }
}

/** Every recording as it is and at other pitches, who is held out only as they are; null when it was asked to pause. */
async function readClips(
  request: VocoderTrainRequest,
  heldOut: ReadonlySet<string>,
  context: TaskContext,
): Promise<VocoderClip[] | null> {
  const kernels = loadKernelsWithCrew(context.kernelsFolder, context.log)
  const resample = await createAnalysisResampler(kernels)
  const tools = { folder: join(request.workFolder, 'features'), resample, kernels, seed: request.seed }
  const clips: VocoderClip[] = []
  for (const [index, recording] of request.recordings.entries()) {
    const copies = heldOut.has(recording.person) ? 0 : request.plan.pitchedCopies
    for (let copy = 0; copy <= copies; copy++) {
      await context.breathe()
      throwIfCancelled(context.progress)
      if (context.wish === 'pause') return null
      context.progress.report((index / request.recordings.length) * ANALYSIS_SHARE, 'reading the recordings')
      const clip = readVocoderClip(recording, copy, tools)
      if (clip !== null) clips.push(clip)
    }
  }
  return clips
}

function requireCrops({ learned }: VocoderSplit, { plan, recordings }: VocoderTrainRequest): void {
  if (learned.some((clip) => framesOf(clip) >= plan.cropFrames)) return
  const message = `None of the ${recordings.length} recordings is long enough to learn from: ${(plan.cropFrames * FRAME_SAMPLES) / SOURCE_FILTER_RATE_HZ} s at 16 kHz or more are needed.`
  throw new FailureError(failure('clips-too-few', message, 'Add longer recordings.'))
}

const fileOf = (trainer: VocoderTrainer, card: VocoderCard): Uint8Array =>
  writeVocoderFile({ config: trainer.config, parameters: trainer.parameters(), normal: trainer.normal }, card)

function cardOf({
  request,
  split,
  step,
  heldOutLoss,
  engine,
}: {
  readonly request: VocoderTrainRequest
  readonly split: VocoderSplit
  readonly step: number
  readonly heldOutLoss: number | null
  readonly engine: string
}): VocoderCard {
  const { name, licence, trainedOn, createdAtMs, software } = request
  return {
    name,
    licence,
    trainedOn,
    personCount: new Set(split.learned.map(({ person }) => person)).size,
    recordedSec: Math.round(secondsOf(split.learned)),
    heldOutPeople: [...split.people],
    steps: step,
    heldOutLoss: heldOutLoss === null ? null : Math.round(1e4 * heldOutLoss) / 1e4,
    createdAtMs,
    software,
    engine,
  }
}

const secondsOf = (clips: readonly VocoderClip[]): number =>
  clips.reduce((sum, { target }) => sum + target.length / SOURCE_FILTER_RATE_HZ, 0)

/** Of everything that decides the steps but the engine. */
function fingerprintOf({ recordings, size, plan, seed }: VocoderTrainRequest): string {
  const told = recordings.map(({ recordingId, person }) => [recordingId, person])
  return createHash('sha256')
    .update(JSON.stringify([TRAINING_VERSION, told, size, plan, seed]))
    .digest('hex')
}
