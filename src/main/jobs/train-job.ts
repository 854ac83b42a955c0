import { rm } from 'node:fs/promises'
import { CancelledError, FailureError, type Failure } from '../../shared/base/errors.ts'
import type { SingerId } from '../../shared/base/id.ts'
import type { TrainRequest } from '../../shared/contract/compute.ts'
import type { TrainingPoint } from '../../shared/contract/jobs.ts'
import type { Singer } from '../../shared/contract/library.ts'
import { sourcePath } from '../files/media-folder.ts'
import { computeStep } from './compute-step.ts'
import { diskProblem } from './disk-space.ts'
import type { JobContext } from './job-context.ts'
import { clipsFolder, describeSinger, singerPath, trainingFolder } from './singer-files.ts'
import { superviseTraining } from './supervise-training.ts'
import { estimateTraining } from './training-estimate.ts'
import { trainingSize, type TrainingRequest } from './training-request.ts'
import type { RunControl, RunEnd, Work } from './work.ts'

/** A singer that still learns is never shown as finished. */
const MOST_LEARNED = 0.99

/** A training: its first start and every resume are the same work, because the worker goes on with what lies in its folder. */
export const trainWork = (request: TrainingRequest, context: JobContext): Work => ({
  kind: 'train',
  title: `Training ${request.name}`,
  subject: { kind: 'singer', singerId: request.singerId },
  lane: 'training',
  priority: 'rest',
  shareKey: `train/${request.singerId}`,
  replaceKey: null,
  request,
  run: (control) => train(request, control, context),
})

/** Forgets what a discarded training made: checkpoints, auditions, and the singer as far as it had learned. */
export async function discardTraining(singerId: SingerId, context: JobContext): Promise<void> {
  await context.library.singers.remove(singerId)
  await rm(singerPath(singerId, context.paths), { force: true })
  await rm(trainingFolder(singerId, context.paths), { recursive: true, force: true })
  context.emit({ kind: 'singers-changed', singers: await context.library.singers.list() })
}

async function train(request: TrainingRequest, control: RunControl, context: JobContext): Promise<RunEnd> {
  const { singerId } = request
  let fraction = 0
  // Checkpoints are shown one after the other: a slow disk must not let an older one win.
  let shown = Promise.resolve()
  const onPoint = (point: TrainingPoint) => {
    context.emit({ kind: 'training-progressed', singerId, point })
    if (point.heldOutLoss === null) return
    const learned = Math.min(fraction, MOST_LEARNED)
    shown = shown
      .then(() => showSinger(request, learned, context))
      .catch((cause: unknown) => {
        context.logger.error(`A checkpoint of ${request.name} could not be shown`, cause)
      })
  }
  const watching: RunControl = {
    onCommand: control.onCommand,
    progress: {
      report: (reached, phase) => control.progress.report((fraction = reached), phase),
      get isCancelled() {
        return control.progress.isCancelled
      },
    },
  }
  try {
    const task = { kind: 'train' as const, request: await taskOf(request, context) }
    const step = await superviseTraining(
      (own, told) => computeStep(context.pool, 'training', task, own, told),
      watching,
      {
        onPoint,
        findProblem: () => findProblem(request, context),
        onUnanswered: (cause) => context.logger.error(`Whether ${request.name} can learn on was not found out`, cause),
      },
    )
    await shown
    if (step.kind === 'paused') return step
    await showSinger(request, 1, context)
    return { kind: 'done', outcome: { kind: 'train', singerId, summary: step.result.summary } }
  } catch (cause) {
    await shown
    if (cause instanceof CancelledError) await discardTraining(singerId, context)
    throw cause
  }
}

/** What is written already counts as still needed: a margin for what else fills the disk meanwhile. */
async function findProblem(request: TrainingRequest, context: JobContext): Promise<Failure | null> {
  const { presets } = await estimateTraining(request.clipIds, request.method, context)
  return diskProblem(context.paths.homeFolder, {
    neededBytes: presets[request.preset].diskBytes,
    work: 'learning',
    remedy: 'Free some space, then go on: what was learned until now is kept.',
  })
}

const taskOf = async (request: TrainingRequest, { library, paths, version }: JobContext): Promise<TrainRequest> => ({
  clips: await Promise.all(
    request.clipIds.map(async (clipId) => {
      const fileName = (await library.clips.find(clipId))?.fileName ?? clipId
      const slices = request.slices?.[clipId]
      return {
        clipId,
        fileName,
        path: sourcePath(clipsFolder(paths), clipId),
        ...(slices === undefined ? {} : { slices }),
        isNarrow: request.narrowClipIds?.includes(clipId) === true,
      }
    }),
  ),
  name: request.name,
  consent: request.consent,
  licence: 'As the owner of the voice agreed; see the agreement.',
  ...(request.owner === undefined ? {} : { owner: request.owner }),
  software: `Understudy ${version}`,
  createdAtMs: request.createdAtMs,
  preset: request.preset,
  method: request.method,
  size: trainingSize(request.preset, request.method),
  seed: request.seed,
  workFolder: trainingFolder(request.singerId, paths),
  singerPath: singerPath(request.singerId, paths),
})

/** Puts the singer, as its file is now, into the library: new at the first checkpoint, changed at the later ones. */
async function showSinger(request: TrainingRequest, learnedFraction: number, context: JobContext): Promise<void> {
  const { singerId, hueIndex } = request
  const { library, paths, emit } = context
  const facts = { id: singerId, hueIndex, origin: 'trained' as const, learnedFraction }
  const described = await describeSinger(singerPath(singerId, paths), facts)
  if (!described.ok) {
    if (learnedFraction < 1 && described.failure.code === 'file-missing') return
    throw new FailureError(described.failure)
  }
  await ((await library.singers.find(singerId))
    ? library.singers.update(described.value)
    : firstShown(request, described.value, context))
  emit({ kind: 'singers-changed', singers: await library.singers.list() })
}

async function firstShown(
  { singerId, clipIds, createdAtMs }: TrainingRequest,
  singer: Singer,
  { library }: JobContext,
) {
  await library.singers.insert(singer)
  await library.datasets.insert({ id: singerId, singerId, clipIds, createdAtMs })
}
