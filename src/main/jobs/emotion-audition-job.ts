import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { copyFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { failure, FailureError } from '../../shared/base/errors.ts'
import type { EmotionModelId, SingerId } from '../../shared/base/id.ts'
import type { ConvertRequest } from '../../shared/contract/compute.ts'
import type { Request } from '../../shared/contract/verbs.ts'
import { ownEmotionId } from '../../shared/project/own-emotion.ts'
import { defaultPerformance } from '../../shared/project/performance.ts'
import { latestModelFolder } from '../compute/models/model-folders.ts'
import { checkpointShelf } from '../compute/training/checkpoint-shelf.ts'
import { makeFolder } from '../files/atomic-write.ts'
import { sourcePath } from '../files/media-folder.ts'
import { openWavReader } from '../files/wav-file.ts'
import { copyPart } from './audition-job.ts'
import { computeStep } from './compute-step.ts'
import { bytesToConvert, requireDisk } from './conversion-disk.ts'
import { emotionWorkFolder, readEmotions, writeManifest } from './emotion-files.ts'
import type { JobContext } from './job-context.ts'
import { clipsFolder, singerPath } from './singer-files.ts'
import type { RunControl, RunEnd, Work } from './work.ts'

type HearRequest = Request<'emotion:hearCheckpoint'>

/** A sentence; there before one has forgotten the last. */
const LONGEST_SEC = 8

/** A labeled clip as a checkpoint of an emotion model makes another emotion of it; once for each combination. */
export function emotionAuditionWork(
  request: HearRequest,
  context: JobContext,
): { readonly work: Work; readonly done: RunEnd | null } {
  const { modelId, step, clipId, sourceEmotion, emotion, intensity } = request
  const folder = emotionWorkFolder(modelId, context.paths)
  const combination = createHash('sha256').update(`${clipId}/${sourceEmotion}/${emotion}/${intensity}`).digest('hex')
  const auditionId = `clip-${combination.slice(0, 16)}-step-${step}`
  const originalId = `clip-${clipId.slice(0, 16)}-original`
  const path = emotionAuditionPath(modelId, auditionId, context.paths)
  const originalPath = emotionAuditionPath(modelId, originalId, context.paths)
  const isThere = existsSync(path) && existsSync(originalPath)
  if (!isThere && !existsSync(checkpointShelf(folder, 'emotion').pathOf(step))) throw checkpointGone(step)
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
        const end = await render(request, { auditionId, path, originalPath }, control, context)
        return end.kind === 'paused' ? end : done
      },
    },
  }
}

export const emotionAuditionPath = (modelId: EmotionModelId, auditionId: string, paths: JobContext['paths']): string =>
  join(emotionWorkFolder(modelId, paths), 'auditions', `${auditionId}.wav`)

async function render(
  request: HearRequest,
  {
    auditionId,
    path,
    originalPath,
  }: { readonly auditionId: string; readonly path: string; readonly originalPath: string },
  control: RunControl,
  context: JobContext,
) {
  const { modelId, step, clipId, sourceEmotion, emotion, intensity } = request
  const clipPath = sourcePath(clipsFolder(context.paths), clipId)
  const { rateHz, durationSamples: wholeSamples } = measured(clipPath)
  const durationSamples = Math.min(wholeSamples, LONGEST_SEC * rateHz)
  const work = emotionWorkFolder(modelId, context.paths)
  await requireDisk(work, bytesToConvert(durationSamples, rateHz))
  makeFolder(join(work, 'auditions'))
  if (!existsSync(originalPath)) copyPart(clipPath, originalPath, 0, durationSamples)
  const convert: ConvertRequest = {
    sourcePath: clipPath,
    sourceStartSamples: 0,
    durationSamples,
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

function measured(path: string): { readonly rateHz: number; readonly durationSamples: number } {
  if (!existsSync(path))
    throw new FailureError(failure('file-missing', 'The clip is no longer there.', 'Add it again.'))
  const reader = openWavReader(path)
  reader.close()
  return reader
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

const checkpointGone = (step: number) =>
  new FailureError(
    failure(
      'not-found',
      `The model of step ${step} is no longer kept: the best and the last three are.`,
      'Listen to one of these.',
    ),
  )
