import { copyFile } from 'node:fs/promises'
import { extname, resolve } from 'node:path'
import { failure, FailureError } from '../../shared/base/errors.ts'
import { mintId, type EmotionModelId } from '../../shared/base/id.ts'
import type { EmotionTrainingPlan, TrainedEmotions } from '../../shared/contract/emotions.ts'
import type { ClipVerdict } from '../../shared/contract/jobs.ts'
import { labelChecks } from '../../shared/training/label-checks.ts'
import { relganPlans } from '../../shared/training/relgan/plans.ts'
import { readDataset } from '../compute/clips/labeled-folder.ts'
import { checkpointShelf } from '../compute/training/checkpoint-shelf.ts'
import { emotionAuditionWork } from '../jobs/emotion-audition-job.ts'
import {
  discardEmotions,
  emotionModelPath,
  emotionWorkFolder,
  listEmotionModels,
  readEmotions,
  writeEmotionManifest,
} from '../jobs/emotion-files.ts'
import { storedEmotionRequest, type EmotionRequest } from '../jobs/emotion-request.ts'
import { emotionTrainWork, estimateEmotionTraining } from '../jobs/emotion-train-job.ts'
import { writeWhole } from '../files/write-whole.ts'
import { givenFile } from '../jobs/given-files.ts'
import { readTrainingCurve } from '../jobs/training-curve.ts'
import type { VerbContext } from './context.ts'
import { requireFreeName } from './free-name.ts'
import type { Handlers } from './handlers.ts'
import { valueOf } from './outcome.ts'

/** An edge of its own leaves a tenth to the filter that made it. */
const EDGE_SHARE = 0.95
/** Half of the rate that codes are made at. */
const HIGHEST_EDGE_HZ = 11_025
const LOWEST_EDGE_HZ = 3000

export const emotionVerbs: Pick<Handlers, Extract<keyof Handlers, `emotion:${string}`>> = {
  'emotion:list': (_request, context) => listModels(context),
  'emotion:readFolder': ({ folder }) => readDataset(folder),
  'emotion:estimateTraining': ({ clipIds, plan }, context) =>
    estimateEmotionTraining({ clips: clipIds.map((clipId) => ({ clipId })), plan }, context),
  'emotion:train': async (asked, context) => {
    await requireFreeModelName(asked.name, context)
    const emotions = valueOf(
      labelChecks[asked.plan.method](
        asked.clips.map(({ fileName, emotion, person }) => ({ path: fileName, emotion, person })),
        asked.emotions ?? null,
      ),
    )
    const verdicts = await Promise.all(asked.clips.map(({ clipId }) => context.library.clips.find(clipId)))
    const missing = verdicts.filter((clip) => clip === null).length
    if (missing > 0) {
      const message = `${missing} of the ${asked.clips.length} clips are not in the library.`
      throw new FailureError(failure('not-found', message, 'Check the clips again.'))
    }
    const modelId = mintId<EmotionModelId>(context.random)
    const plan = settledPlan(
      asked.plan,
      verdicts.map((clip) => clip?.verdict ?? null),
    )
    const request = { ...asked, modelId, emotions, plan, createdAtMs: Date.now() }
    return { jobId: context.queue.add(emotionTrainWork(request, context)), modelId }
  },
  'emotion:asked': async ({ modelId }, context) => {
    const training = context.queue
      .list()
      .find(({ kind, subject }) => kind === 'train' && subject.kind === 'emotion' && subject.modelId === modelId)
    const request = training && (await storedEmotionRequest(training.id, context).catch(() => null))
    return request ? { name: request.name, method: request.plan.method, clips: request.clips } : null
  },
  'emotion:checkpoints': ({ modelId }, { paths }) =>
    Promise.resolve(checkpointShelf(emotionWorkFolder(modelId, paths), 'emotion').steps()),
  'emotion:hearCheckpoint': (request, context) => {
    const { work, done } = emotionAuditionWork(request, context)
    return Promise.resolve({ jobId: done === null ? context.queue.add(work) : context.queue.addDone(work, done) })
  },
  'emotion:trainingCurve': ({ modelId }, { paths }) => readTrainingCurve(emotionWorkFolder(modelId, paths)),
  'emotion:remove': async ({ modelId }, context) => {
    const found = await findModel(modelId, context)
    if (found.isLearning) {
      const message = `“${found.name}” still learns.`
      throw new FailureError(failure('request-invalid', message, 'Cancel the training; that removes the model too.'))
    }
    await discardEmotions(modelId, context)
    return {}
  },
  'emotion:export': async ({ modelId, path }, context) => {
    await findModel(modelId, context)
    const target = resolve(extname(path) === '.emotion' ? path : `${path}.emotion`)
    await writeWhole(target, (passing) => copyFile(emotionModelPath(modelId, context.paths), passing))
    return { path: target }
  },
  'emotion:import': async ({ file: reference }, context) => {
    const file = givenFile(reference, context.paths)
    const { card } = await readEmotions(file.path)
    await requireFreeModelName(card.name, context)
    const modelId = mintId<EmotionModelId>(context.random)
    await writeWhole(emotionModelPath(modelId, context.paths), (passing) => copyFile(file.path, passing))
    await writeEmotionManifest(modelId, context.paths)
    await file.release()
    context.emit({ kind: 'emotions-changed' })
    return findModel(modelId, context)
  },
}

const listModels = (context: VerbContext): Promise<readonly TrainedEmotions[]> =>
  listEmotionModels(context.paths, (modelId) =>
    context.queue
      .list()
      .some(
        ({ kind, subject, state }) =>
          kind === 'train' &&
          subject.kind === 'emotion' &&
          subject.modelId === modelId &&
          (state === 'queued' || state === 'running' || state === 'paused'),
      ),
  )

async function findModel(modelId: EmotionModelId, context: VerbContext): Promise<TrainedEmotions> {
  const found = (await listModels(context)).find(({ id }) => id === modelId)
  if (found !== undefined) return found
  throw new FailureError(failure('not-found', `There is no emotion model ${modelId} in the library.`))
}

async function requireFreeModelName(name: string, context: VerbContext): Promise<void> {
  const taken = (await listModels(context)).map((model) => model.name)
  requireFreeName(name, { kind: 'emotion', taken }, context)
}

/** With what the clips and the size decide. */
function settledPlan(plan: EmotionTrainingPlan, verdicts: readonly (ClipVerdict | null)[]): EmotionRequest['plan'] {
  if (plan.method === 'statistics') return plan
  return { ...plan, steps: plan.steps ?? relganPlans[plan.size].stepCount, edgeHz: edgeOf(verdicts) }
}

/** Where the poorest of the clips ends: what some lack would be learned as what their emotion lacks. */
function edgeOf(verdicts: readonly (ClipVerdict | null)[]): number {
  const cutoffs = verdicts.map((verdict) => (verdict?.cutoffHz ?? HIGHEST_EDGE_HZ / EDGE_SHARE) * EDGE_SHARE)
  return Math.floor(Math.max(Math.min(...cutoffs), LOWEST_EDGE_HZ))
}
