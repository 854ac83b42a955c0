import { CancelledError, type Failure } from '../../shared/base/errors.ts'
import type {
  EmotionTrainingEstimate,
  EmotionTrainingPlan,
  EmotionTrainRequest,
} from '../../shared/contract/emotions.ts'
import { emotionNeeds, emotionPlan, statisticsNeeds } from '../compute/training/emotion/emotion-needs.ts'
import { sourcePath } from '../files/media-folder.ts'
import { computeStep } from './compute-step.ts'
import { diskProblem } from './disk-space.ts'
import {
  discardEmotions,
  emotionModelPath,
  emotionWorkFolder,
  makeEmotionFolder,
  writeEmotionManifest,
} from './emotion-files.ts'
import type { EmotionRequest } from './emotion-request.ts'
import type { JobContext } from './job-context.ts'
import { clipsFolder } from './singer-files.ts'
import { superviseTraining } from './supervise-training.ts'
import type { RunControl, RunEnd, Work } from './work.ts'

/** A training of emotions: its first start and every resume are the same work, as a singer's are. */
export const emotionTrainWork = (request: EmotionRequest, context: JobContext): Work => ({
  kind: 'train',
  title: `Training ${request.name}`,
  subject: { kind: 'emotion', modelId: request.modelId },
  training: { names: [request.name], method: request.plan.method },
  // What takes seconds waits for no network that learns for hours.
  lane: laneOf(request),
  priority: 'rest',
  shareKey: `train-emotions/${request.modelId}`,
  replaceKey: null,
  request,
  run: (control) => train(request, control, context),
})

const laneOf = ({ plan }: Pick<EmotionRequest, 'plan'>) => (plan.method === 'statistics' ? 'interactive' : 'training')

async function train(request: EmotionRequest, control: RunControl, context: JobContext): Promise<RunEnd> {
  const { modelId } = request
  try {
    await makeEmotionFolder(modelId, { translator: request.plan.method, name: request.name }, context.paths)
    const step = await learn(request, control, context)
    if (step.kind === 'paused') return step
    await writeEmotionManifest(modelId, context.paths)
    context.emit({ kind: 'emotions-changed' })
    return { kind: 'done', outcome: { kind: 'train-emotions', modelId, summary: step.result.summary } }
  } catch (cause) {
    if (cause instanceof CancelledError) await discardEmotions(modelId, context)
    throw cause
  }
}

/** Steps are watched; tables are there before one could stand still. */
function learn(request: EmotionRequest, control: RunControl, context: JobContext) {
  const { modelId } = request
  const task = { kind: 'train-emotions' as const, request: taskOf(request, context) }
  if (task.request.method === 'statistics') return computeStep(context.pool, 'interactive', task, control)
  return superviseTraining<'train-emotions'>(
    (own, told) => computeStep(context.pool, 'training', task, own, { onTrainingPoint: told }),
    control,
    {
      onPoint: (point) => {
        context.emit({ kind: 'emotion-training-progressed', modelId, point })
        if (point.losses !== undefined) context.emit({ kind: 'emotions-changed' })
      },
      findProblem: () => findProblem(request, context),
      onUnanswered: (cause) => context.logger.error('Whether an emotion model can learn on was not found out', cause),
    },
  )
}

/** What is written already counts as still needed: a margin for what else fills the disk meanwhile. */
async function findProblem(request: EmotionRequest, context: JobContext): Promise<Failure | null> {
  const { diskBytes } = await estimateEmotionTraining(request, context)
  return diskProblem(context.paths.homeFolder, {
    neededBytes: diskBytes,
    work: 'learning',
    remedy: 'Free some space, then go on: what was learned until now is kept.',
  })
}

/** What a training takes with these clips on this machine as it is now. */
export async function estimateEmotionTraining(
  {
    clips,
    plan,
    emotions,
  }: {
    readonly clips: readonly { readonly clipId: EmotionRequest['clips'][number]['clipId'] }[]
    readonly plan: EmotionTrainingPlan
    readonly emotions?: readonly string[]
  },
  { library, engine }: JobContext,
): Promise<EmotionTrainingEstimate> {
  const found = await Promise.all(clips.map(({ clipId }) => library.clips.find(clipId)))
  const clipsSec = found.reduce((sum, clip) => sum + (clip === null ? 0 : clip.durationSamples / clip.rateHz), 0)
  const { engines, freeDiskBytes, freeMemoryBytes } = await engine.describe()
  const trains = engines.find(({ use }) => use.includes('training'))
  const facts = { clipsSec, analysisFactor: await engine.analysisFactor() }
  const machine = { clipsSec, freeDiskBytes, freeMemoryBytes }
  if (plan.method === 'statistics') return { ...statisticsNeeds(facts), ...machine, engine: null }
  const needs = emotionNeeds({
    ...facts,
    size: plan.size,
    ...(plan.steps === undefined ? {} : { steps: plan.steps }),
    emotionCount: emotions?.length ?? USUAL_EMOTIONS,
    gflopPerSec: trains?.gflopPerSec ?? null,
  })
  return { ...needs, ...machine, engine: trains?.label ?? null }
}

/** What the attribute costs hardly depends on it. */
const USUAL_EMOTIONS = 5

function taskOf(request: EmotionRequest, { paths, version }: JobContext): EmotionTrainRequest {
  const { modelId, plan, emotions, name, licence, trainedOn, createdAtMs, seed } = request
  const asked = {
    clips: request.clips.map((clip) => ({ ...clip, path: sourcePath(clipsFolder(paths), clip.clipId) })),
    emotions,
    name,
    licence,
    trainedOn,
    software: `Understudy ${version}`,
    createdAtMs,
    workFolder: emotionWorkFolder(modelId, paths),
    modelPath: emotionModelPath(modelId, paths),
  }
  if (plan.method === 'statistics') return { ...asked, method: 'statistics' }
  const { size, edgeHz, steps } = plan
  return { ...asked, method: 'relgan', edgeHz, size, plan: emotionPlan(size, steps), seed }
}
