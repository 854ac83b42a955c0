import { CancelledError, type Failure } from '../../shared/base/errors.ts'
import type {
  VocoderTrainingAsked,
  VocoderTrainingEstimate,
  VocoderTrainRequest,
} from '../../shared/contract/vocoders.ts'
import { vocoderNeeds, vocoderPlan } from '../compute/training/vocoder/vocoder-needs.ts'
import { makeFolder } from '../files/atomic-write.ts'
import { sourcePath } from '../files/media-folder.ts'
import { dirname } from 'node:path'
import { computeStep } from './compute-step.ts'
import { diskProblem } from './disk-space.ts'
import type { JobContext } from './job-context.ts'
import { clipsFolder } from './singer-files.ts'
import { superviseTraining } from './supervise-training.ts'
import { discardVocoder, vocoderPath, vocoderWorkFolder } from './vocoder-files.ts'
import type { VocoderRequest } from './vocoder-request.ts'
import { teacherPath } from './vocoder-teacher-file.ts'
import type { RunControl, RunEnd, Work } from './work.ts'

/** A training of a vocoder: its first start and every resume are the same work, as a singer's are. */
export const vocoderTrainWork = (request: VocoderRequest, context: JobContext): Work => ({
  kind: 'train',
  title: `Training ${request.name}`,
  subject: { kind: 'vocoder', vocoderId: request.vocoderId },
  training: { names: [request.name], method: request.network },
  lane: 'training',
  priority: 'rest',
  shareKey: `train-vocoder/${request.vocoderId}`,
  replaceKey: null,
  request,
  run: (control) => train(request, control, context),
})

async function train(request: VocoderRequest, control: RunControl, context: JobContext): Promise<RunEnd> {
  const { vocoderId } = request
  try {
    makeFolder(dirname(vocoderPath(vocoderId, context.paths)))
    const task = { kind: 'train-vocoder' as const, request: taskOf(request, context) }
    const step = await superviseTraining<'train-vocoder'>(
      (own, told) => computeStep(context.pool, 'training', task, own, { onTrainingPoint: told }),
      control,
      {
        onPoint: (point) => {
          context.emit({ kind: 'vocoder-training-progressed', vocoderId, point })
          if (point.heldOutLoss !== null) context.emit({ kind: 'vocoders-changed' })
        },
        findProblem: () => findProblem(request, context),
        onUnanswered: (cause) => context.logger.error('Whether a vocoder can learn on was not found out', cause),
      },
    )
    if (step.kind === 'paused') return step
    return { kind: 'done', outcome: { kind: 'train-vocoder', vocoderId, summary: step.result.summary } }
  } catch (cause) {
    if (cause instanceof CancelledError) {
      await discardVocoder(vocoderId, context.paths)
      context.emit({ kind: 'vocoders-changed' })
    }
    throw cause
  }
}

/** What is written already counts as still needed: a margin for what else fills the disk meanwhile. */
async function findProblem(request: VocoderRequest, context: JobContext): Promise<Failure | null> {
  const { diskBytes } = await estimateVocoderTraining(request, context)
  return diskProblem(context.paths.homeFolder, {
    neededBytes: diskBytes,
    work: 'learning',
    remedy: 'Free some space, then go on: what was learned until now is kept.',
  })
}

/** What a training takes with these recordings on this machine as it is now. */
export async function estimateVocoderTraining(
  { recordings, network, size, steps }: VocoderTrainingAsked,
  { library, engine }: JobContext,
): Promise<VocoderTrainingEstimate> {
  const found = await Promise.all(recordings.map(({ clipId }) => library.clips.find(clipId)))
  const recordedSec = found.reduce((sum, clip) => sum + (clip === null ? 0 : clip.durationSamples / clip.rateHz), 0)
  const { engines, freeDiskBytes, freeMemoryBytes } = await engine.describe()
  const trains = engines.find(({ use }) => use.includes('training'))
  const needs = vocoderNeeds({
    network,
    size,
    ...(steps === undefined ? {} : { steps }),
    recordedSec,
    gflopPerSec: trains?.gflopPerSec ?? null,
    analysisFactor: await engine.analysisFactor(),
  })
  const personCount = new Set(recordings.map(({ person }) => person)).size
  return { ...needs, recordedSec, personCount, freeDiskBytes, freeMemoryBytes, engine: trains?.label ?? null }
}

function taskOf(request: VocoderRequest, { paths, version }: JobContext): VocoderTrainRequest {
  const { vocoderId, name, licence, trainedOn, createdAtMs, seed, network, size, steps } = request
  return {
    recordings: request.recordings.map(({ clipId, fileName, person }) => ({
      recordingId: clipId,
      fileName,
      person,
      path: sourcePath(clipsFolder(paths), clipId),
    })),
    name,
    licence,
    trainedOn,
    software: `Understudy ${version}`,
    createdAtMs,
    network,
    size,
    plan: vocoderPlan(network, size, steps),
    seed,
    workFolder: vocoderWorkFolder(vocoderId, paths),
    modelPath: vocoderPath(vocoderId, paths),
    ...(request.teacher !== undefined && { teacherPath: teacherPath(vocoderId, paths) }),
  }
}
