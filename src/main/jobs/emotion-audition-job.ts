import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { copyFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { failure, FailureError } from '../../shared/base/errors.ts'
import type { SingerId } from '../../shared/base/id.ts'
import type { ConvertRequest } from '../../shared/contract/compute.ts'
import type { Request } from '../../shared/contract/verbs.ts'
import { ownEmotionId } from '../../shared/project/own-emotion.ts'
import { defaultPerformance } from '../../shared/project/performance.ts'
import { latestModelFolder } from '../compute/models/model-folders.ts'
import { checkpointShelf } from '../compute/training/checkpoint-shelf.ts'
import { makeFolder } from '../files/atomic-write.ts'
import { computeStep } from './compute-step.ts'
import { emotionWorkFolder, readEmotions, writeManifest } from './emotion-files.ts'
import { cutHeardClip, modelAuditionPath, modelCheckpointGone, originalAuditionId } from './heard-clip.ts'
import type { JobContext } from './job-context.ts'
import { singerPath } from './singer-files.ts'
import type { RunControl, RunEnd, Work } from './work.ts'

type HearRequest = Request<'emotion:hearCheckpoint'>

/** A labeled clip as a checkpoint of an emotion model makes another emotion of it; once for each combination. */
export function emotionAuditionWork(
  request: HearRequest,
  context: JobContext,
): { readonly work: Work; readonly done: RunEnd | null } {
  const { modelId, step, clipId, sourceEmotion, emotion, intensity } = request
  const folder = emotionWorkFolder(modelId, context.paths)
  const combination = createHash('sha256').update(`${clipId}/${sourceEmotion}/${emotion}/${intensity}`).digest('hex')
  const auditionId = `clip-${combination.slice(0, 16)}-step-${step}`
  const originalId = originalAuditionId(clipId)
  const [path, originalPath] = [auditionId, originalId].map((id) => modelAuditionPath(folder, id))
  const isThere = existsSync(path) && existsSync(originalPath)
  if (!isThere && !existsSync(checkpointShelf(folder, 'emotion').pathOf(step)))
    throw modelCheckpointGone(step, 'the best and the last three')
  const done: RunEnd = { kind: 'done', outcome: { kind: 'emotion-audition', modelId, auditionId, originalId } }
  return {
    done: isThere ? done : null,
    work: {
      kind: 'audition',
      title: `Making a clip ${emotion}`,
      subject: { kind: 'emotion', modelId },
      lane: 'interactive',
      priority: 'selected',
      shareKey: `emotion-audition/${modelId}/${auditionId}`,
      replaceKey: null,
      run: async (control) => {
        const end = await render(request, { auditionId, path }, control, context)
        return end.kind === 'paused' ? end : done
      },
    },
  }
}

async function render(
  request: HearRequest,
  { auditionId, path }: { readonly auditionId: string; readonly path: string },
  control: RunControl,
  context: JobContext,
) {
  const { modelId, step, clipId, sourceEmotion, emotion, intensity } = request
  const clip = await cutHeardClip(clipId, emotionWorkFolder(modelId, context.paths), context)
  const convert: ConvertRequest = {
    sourcePath: clip.path,
    sourceStartSamples: 0,
    durationSamples: clip.durationSamples,
    singerPath: await anySinger(context),
    blendedSingerPaths: [],
    performance: {
      // Nobody else sings it: of the singer nothing is heard.
      ...defaultPerformance('nobody' as SingerId),
      strength: 0,
      transposition: { kind: 'semitones', semitones: 0 },
      emotion: { emotionId: ownEmotionId({ modelId, emotion }), intensity },
    },
    emotionFolder: await modelAt(request, context),
    sourceEmotion,
    outPath: path,
    renderKey: `${auditionId}/${step}`,
  }
  return computeStep(context.pool, 'interactive', { kind: 'convert', request: convert }, control)
}

/** A checkpoint as a model's folder, as translators open it. */
async function modelAt({ modelId, step }: HearRequest, { paths }: JobContext): Promise<string> {
  const work = emotionWorkFolder(modelId, paths)
  const folder = join(work, 'heard', String(step))
  makeFolder(folder)
  const path = checkpointShelf(work, 'emotion').pathOf(step)
  await copyFile(path, join(folder, 'model.safetensors'))
  writeManifest(folder, { translator: (await readEmotions(path)).translator })
  return folder
}

/** A conversion loads somebody, though at no strength nothing of them is heard. */
async function anySinger({ library, paths }: JobContext): Promise<string> {
  const shipped = latestModelFolder(paths.modelsFolder, 'singers-')
  const file = shipped === null ? undefined : (await readdir(shipped)).find((name) => name.endsWith('.singer'))
  if (shipped !== null && file !== undefined) return join(shipped, file)
  const own = (await library.singers.list()).at(0)
  if (own !== undefined) return singerPath(own.id, paths)
  throw new FailureError(
    failure('singer-unknown', 'There is no singer on this machine, and a conversion needs one.', 'Import a singer.'),
  )
}
