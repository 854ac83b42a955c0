import { createHash } from 'node:crypto'
import { copyFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { failure, FailureError } from '../../shared/base/errors.ts'
import type { SingerId } from '../../shared/base/id.ts'
import type { ConvertRequest } from '../../shared/contract/compute.ts'
import type { Request } from '../../shared/contract/verbs.ts'
import { ownEmotionId } from '../../shared/project/own-emotion.ts'
import { defaultPerformance } from '../../shared/project/performance.ts'
import { latestModelFolder } from '../compute/models/model-folders.ts'
import { makeFolder } from '../files/atomic-write.ts'
import { computeStep } from './compute-step.ts'
import { emotionWorkFolder, readEmotions, writeManifest } from './emotion-files.ts'
import type { JobContext } from './job-context.ts'
import { modelAuditionWork, type HeardClip, type MadeAudition } from './model-audition.ts'
import { singerPath } from './singer-files.ts'
import type { RunControl } from './work.ts'

type HearRequest = Request<'emotion:hearCheckpoint'>

/** A labeled clip as a checkpoint of an emotion model makes another emotion of it; once for each combination. */
export function emotionAuditionWork(request: HearRequest, context: JobContext): ReturnType<typeof modelAuditionWork> {
  const { modelId, step, clipId, sourceEmotion, emotion, intensity } = request
  return modelAuditionWork(
    {
      kind: 'emotion',
      modelId,
      workFolder: emotionWorkFolder(modelId, context.paths),
      step,
      clipId,
      digest: createHash('sha256').update(`${clipId}/${sourceEmotion}/${emotion}/${intensity}`).digest('hex'),
      kept: 'the best and the last three',
      title: `Making a clip ${emotion}`,
      subject: { kind: 'emotion', modelId },
      outcome: (auditionId, originalId) => ({ kind: 'emotion-audition', modelId, auditionId, originalId }),
      make: (clip, made, control) => render(request, { clip, ...made }, control, context),
    },
    context,
  )
}

async function render(
  request: HearRequest,
  { clip, auditionId, path, checkpointPath }: MadeAudition & { readonly clip: HeardClip },
  control: RunControl,
  context: JobContext,
) {
  const { modelId, step, sourceEmotion, emotion, intensity } = request
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
    emotionFolder: await modelAt(request, checkpointPath, context),
    sourceEmotion,
    outPath: path,
    renderKey: `${auditionId}/${step}`,
  }
  return computeStep(context.pool, 'interactive', { kind: 'convert', request: convert }, control)
}

/** A checkpoint as a model's folder, as translators open it. */
async function modelAt({ modelId, step }: HearRequest, path: string, { paths }: JobContext): Promise<string> {
  const folder = join(emotionWorkFolder(modelId, paths), 'heard', String(step))
  makeFolder(folder)
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
