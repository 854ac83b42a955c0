import { rm } from 'node:fs/promises'
import { CancelledError, FailureError, type Failure } from '../../shared/base/errors.ts'
import type { SingerId } from '../../shared/base/id.ts'
import type { LearningSinger, TrainRequest } from '../../shared/contract/compute.ts'
import type { TrainingPoint } from '../../shared/contract/jobs.ts'
import type { Singer } from '../../shared/contract/library.ts'
import type { WaveformChoice, WaveformTraining } from '../../shared/contract/waveform.ts'
import { sourcePath } from '../files/media-folder.ts'
import { computeStep } from './compute-step.ts'
import { diskProblem } from './disk-space.ts'
import type { JobContext } from './job-context.ts'
import { clipsFolder, describeSinger, singerPath, trainingFolder } from './singer-files.ts'
import { superviseTraining } from './supervise-training.ts'
import { estimateTraining, estimateWaveform } from './training-estimate.ts'
import { singersOfTraining, trainingSize, type TrainingRequest, type TrainingSinger } from './training-request.ts'
import type { RunControl, RunEnd, Work } from './work.ts'

/** A singer that still learns is never shown as finished. */
const MOST_LEARNED = 0.99

/** A training: its first start and every resume are the same work, because the worker goes on with what lies in its folder. */
export function trainWork(request: TrainingRequest, context: JobContext): Work {
  const names = singersOfTraining(request).map(({ name }) => name)
  return {
    kind: 'train',
    title: `Training ${listed(names)}`,
    subject: {
      kind: 'singer',
      singerId: request.singerId,
      ...(request.beside === undefined ? {} : { besideIds: request.beside.map(({ singerId }) => singerId) }),
    },
    training: { names, method: request.waveform === undefined ? 'spectral-autoencoder' : 'waveform' },
    lane: 'training',
    priority: 'rest',
    shareKey: `train/${request.singerId}`,
    replaceKey: null,
    request,
    run: (control) => train(request, control, context),
  }
}

/** "Mira, Tom and Ann". */
const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`

/** Forgets what a discarded training made: checkpoints, auditions, and its singers as far as they had learned. */
export async function discardTraining(singerIds: readonly SingerId[], context: JobContext): Promise<void> {
  for (const singerId of singerIds) {
    await context.library.singers.remove(singerId)
    await rm(singerPath(singerId, context.paths), { force: true })
    await rm(trainingFolder(singerId, context.paths), { recursive: true, force: true })
  }
  context.emit({ kind: 'singers-changed', singers: await context.library.singers.list() })
}

async function train(request: TrainingRequest, control: RunControl, context: JobContext): Promise<RunEnd> {
  const { singerId } = request
  const singers = singersOfTraining(request)
  let fraction = 0
  // Checkpoints are shown one after the other: a slow disk must not let an older one win.
  let shown = Promise.resolve()
  const onPoint = (point: TrainingPoint, singerIndex: number) => {
    const singer = singers[singerIndex]
    context.emit({ kind: 'training-progressed', singerId: singer.singerId, point })
    if (point.heldOutLoss === null) return
    const learned = Math.min(fraction, MOST_LEARNED)
    shown = shown
      .then(() => showSinger(singer, request, learned, context))
      .catch((cause: unknown) => {
        context.logger.error('A checkpoint of a singer could not be shown', cause)
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
      (own, told) => computeStep(context.pool, 'training', task, own, { onTrainingPoint: told }),
      watching,
      {
        onPoint,
        findProblem: () => findProblem(request, context),
        onUnanswered: (cause) => context.logger.error('Whether a singer can learn on was not found out', cause),
      },
    )
    await shown
    if (step.kind === 'paused') return step
    for (const singer of singers) await showSinger(singer, request, 1, context)
    return { kind: 'done', outcome: { kind: 'train', singerId, summary: step.result.summary } }
  } catch (cause) {
    await shown
    if (cause instanceof CancelledError)
      await discardTraining(
        singers.map((singer) => singer.singerId),
        context,
      )
    throw cause
  }
}

/** What is written already counts as still needed: a margin for what else fills the disk meanwhile. */
async function findProblem(request: TrainingRequest, context: JobContext): Promise<Failure | null> {
  return diskProblem(context.paths.homeFolder, {
    neededBytes: await bytesToLearn(request, context),
    work: 'learning',
    remedy: 'Free some space, then go on: what was learned until now is kept.',
  })
}

async function bytesToLearn({ waveform, ...request }: TrainingRequest, context: JobContext): Promise<number> {
  const clipIds = singersOfTraining(request).map((singer) => singer.clipIds)
  if (waveform !== undefined)
    return (await estimateWaveform(clipIds, waveform.steps, context)).sizes[waveform.size].diskBytes
  return (await estimateTraining(clipIds, request.method, context)).presets[request.preset].diskBytes
}

async function taskOf(request: TrainingRequest, context: JobContext): Promise<TrainRequest> {
  const [own, ...beside] = await Promise.all(
    singersOfTraining(request).map((singer) => learningSingerOf(singer, context)),
  )
  return {
    ...own,
    ...(beside.length === 0 ? {} : { beside }),
    software: `Understudy ${context.version}`,
    createdAtMs: request.createdAtMs,
    preset: request.preset,
    method: request.method,
    ...(request.published === undefined ? {} : { published: request.published }),
    ...(request.waveform === undefined ? {} : { waveform: waveformOf(request.waveform, context) }),
    size: trainingSize(request.preset, request.method),
    seed: request.seed,
  }
}

const waveformOf = ({ addedTo, ...choice }: WaveformChoice, { paths }: JobContext): WaveformTraining =>
  addedTo === undefined ? choice : { ...choice, modelPath: singerPath(addedTo, paths) }

const learningSingerOf = async (singer: TrainingSinger, { library, paths }: JobContext): Promise<LearningSinger> => ({
  clips: await Promise.all(
    singer.clipIds.map(async (clipId) => {
      const fileName = (await library.clips.find(clipId))?.fileName ?? clipId
      const slices = singer.slices?.[clipId]
      return {
        clipId,
        fileName,
        path: sourcePath(clipsFolder(paths), clipId),
        ...(slices === undefined ? {} : { slices }),
        isNarrow: singer.narrowClipIds?.includes(clipId) === true,
      }
    }),
  ),
  name: singer.name,
  consent: singer.consent,
  licence: 'As the owner of the voice agreed; see the agreement.',
  ...(singer.owner === undefined ? {} : { owner: singer.owner }),
  workFolder: trainingFolder(singer.singerId, paths),
  singerPath: singerPath(singer.singerId, paths),
})

/** Puts a singer, as its file is now, into the library: new at the first checkpoint, changed at the later ones. */
async function showSinger(
  own: TrainingSinger,
  { createdAtMs }: TrainingRequest,
  learnedFraction: number,
  context: JobContext,
): Promise<void> {
  const { singerId, hueIndex } = own
  const { library, paths, emit } = context
  const facts = { id: singerId, hueIndex, origin: 'trained' as const, learnedFraction }
  const described = await describeSinger(singerPath(singerId, paths), facts)
  if (!described.ok) {
    if (learnedFraction < 1 && described.failure.code === 'file-missing') return
    throw new FailureError(described.failure)
  }
  await ((await library.singers.find(singerId))
    ? library.singers.update(described.value)
    : firstShown(own, createdAtMs, described.value, context))
  emit({ kind: 'singers-changed', singers: await library.singers.list() })
}

async function firstShown(
  { singerId, clipIds }: TrainingSinger,
  createdAtMs: number,
  singer: Singer,
  { library }: JobContext,
) {
  await library.singers.insert(singer)
  await library.datasets.insert({ id: singerId, singerId, clipIds, createdAtMs })
}
