import { join } from 'node:path'
import { failure, FailureError } from '../../../shared/base/errors.ts'
import { subProgress, throwIfCancelled } from '../../../shared/base/progress.ts'
import { createRandom } from '../../../shared/base/random.ts'
import type { VocoderTrainRequest } from '../../../shared/contract/vocoders.ts'
import { writeVocoderFile, type VocoderCard } from '../../../shared/formats/vocoder-file.ts'
import { FRAME_SAMPLES, SOURCE_FILTER_RATE_HZ } from '../../../shared/networks/source-filter/config.ts'
import { framesOf, type VocoderClip } from '../../../shared/training/vocoder/clip.ts'
import { splitClips, splitPeopleLike, type VocoderSplit } from '../../../shared/training/vocoder/split.ts'
import type { VocoderTrainer } from '../../../shared/training/vocoder/trainer.ts'
import { writeAtomically } from '../../files/atomic-write.ts'
import { createAnalysisResampler } from '../analysis-resampler.ts'
import { loadKernelsWithCrew } from '../crew.ts'
import { tensorsHere } from '../emotions/tensors-here.ts'
import type { TaskContext, TaskEnd } from '../task-context.ts'
import { checkpointShelf } from '../training/checkpoint-shelf.ts'
import { readVocoderClip } from '../training/vocoder/vocoder-clips.ts'
import { readTeacher, type VocoderTeacher } from '../training/vocoder/vocoder-teacher.ts'
import { learnVocoder, openVocoderRun } from '../training/vocoder/vocoder-run.ts'

/** Share of the whole that reading the recordings takes, for the progress bar. */
const ANALYSIS_SHARE = 0.1

/** Learns a vocoder from recordings of people, or goes on where its folder was left. */
export async function trainVocoder(request: VocoderTrainRequest, context: TaskContext): Promise<TaskEnd> {
  const engine = (await tensorsHere(context.backend)).id
  const teacher = readTeacher(request.network, request.teacherPath)
  const heldOut = splitPeopleLike(
    teacher?.card.heldOutPeople ?? [],
    request.recordings.map(({ person }) => person),
    createRandom(request.seed),
  )
  const clips = await readClips(request, heldOut, context)
  if (clips === null) return { kind: 'paused' }
  const split = splitClips(clips, heldOut)
  requireCrops(split, request)
  const run = openVocoderRun(request, split, teacher, context, subProgress(context.progress, ANALYSIS_SHARE, 1))
  const { trainer, record } = run
  const shelf = checkpointShelf(request.workFolder, 'vocoder')
  let bestLoss: number | null = null
  const end = await learnVocoder(run, context, (heldOutLoss, isBest) => {
    const bytes = fileOf(trainer, cardOf({ request, split, teacher, step: trainer.step, heldOutLoss, engine }))
    shelf.put(trainer.step, bytes, [record.history.bestStep])
    if (!isBest) return
    bestLoss = heldOutLoss
    writeAtomically(request.modelPath, bytes)
  })
  if (end === 'paused') return { kind: 'paused' }
  const summary = {
    stepCount: trainer.step,
    bestStep: record.history.bestStep,
    stoppedEarly: end === 'stopped-early',
    trainingSec: record.elapsedSec(),
    backend: engine,
    recordedSec: secondsOf(clips),
    personCount: new Set(clips.map(({ person }) => person)).size,
    heldOutPeople: split.people,
    heldOutLoss:
      bestLoss ??
      (Number.isFinite(record.history.bestLoss) && split.heldOut.length > 0 ? record.history.bestLoss : null),
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

const fileOf = (trainer: VocoderTrainer, card: VocoderCard): Uint8Array => writeVocoderFile(trainer.model(), card)

function cardOf({
  request,
  split,
  teacher,
  step,
  heldOutLoss,
  engine,
}: {
  readonly request: VocoderTrainRequest
  readonly split: VocoderSplit
  readonly teacher: VocoderTeacher | null
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
    ...(teacher !== null && {
      teacher: { name: teacher.card.name, steps: teacher.card.steps, digest: teacher.digest },
    }),
  }
}

const secondsOf = (clips: readonly VocoderClip[]): number =>
  clips.reduce((sum, { target }) => sum + target.length / SOURCE_FILTER_RATE_HZ, 0)
