import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { failure, FailureError } from '../../shared/base/errors.ts'
import type { EmotionModelId } from '../../shared/base/id.ts'
import type { EmotionMethod, TrainedEmotions } from '../../shared/contract/emotions.ts'
import { LARGEST_EMOTION_FILE_BYTES, readEmotionFile, type EmotionFile } from '../../shared/formats/emotion-file.ts'
import { ownEmotionOf } from '../../shared/project/own-emotion.ts'
import type { Performance } from '../../shared/project/performance.ts'
import { writeAtomically } from '../files/atomic-write.ts'
import type { ApplicationPaths } from '../paths.ts'
import type { JobContext } from './job-context.ts'

type Home = Pick<ApplicationPaths, 'homeFolder'>

const emotionsFolder = ({ homeFolder }: Home): string => join(homeFolder, 'emotions')

/** A model's folder: the same files as a shipped model's. Ids are letters and digits. */
export const emotionModelFolder = (modelId: EmotionModelId, home: Home): string => join(emotionsFolder(home), modelId)

export const emotionModelPath = (modelId: EmotionModelId, home: Home): string =>
  join(emotionModelFolder(modelId, home), 'model.safetensors')

/** Features, checkpoints and the curve. */
export const emotionWorkFolder = (modelId: EmotionModelId, { homeFolder }: Home): string =>
  join(homeFolder, 'trainings', `emotion-${modelId}`)

/** Every model that can be read, by name; one that is broken is left out. */
export async function listEmotionModels(
  home: Home,
  isLearning: (modelId: EmotionModelId) => boolean,
): Promise<readonly TrainedEmotions[]> {
  const names = await readdir(emotionsFolder(home)).catch(() => [])
  const found = await Promise.all(
    names
      .filter((name) => /^[0-9a-z]{1,80}$/.test(name))
      .map((name) => describeModel(name as EmotionModelId, home, isLearning)), // of the shape that ids have
  )
  return found.filter((model) => model !== null).sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1))
}

async function describeModel(
  id: EmotionModelId,
  home: Home,
  isLearning: (modelId: EmotionModelId) => boolean,
): Promise<TrainedEmotions | null> {
  const path = emotionModelPath(id, home)
  const file = await readEmotions(path).catch(() => null)
  if (file === null) return null
  const { name, licence, trainedOn, clipCount, personCount, clipsSec, createdAtMs } = file.card
  const told = { name, licence, trainedOn, clipCount, personCount, clipsSec, createdAtMs }
  const { steps, heldOut } = file.translator === 'relgan' ? file.card : { steps: 0, heldOut: null }
  const learned = { method: file.translator, emotions: file.model.emotions, steps, heldOut }
  const { size } = await stat(path)
  return { id, ...told, ...learned, bytes: size, isLearning: isLearning(id) }
}

/** Reads a model's file in full and with suspicion. Throws FailureError `file-missing`, `checkpoint-invalid`. */
export async function readEmotions(path: string): Promise<EmotionFile> {
  const stats = await stat(path).catch(() => null)
  if (stats === null) throw new FailureError(failure('file-missing', `The emotion model ${path} is not there.`))
  if (stats.size > LARGEST_EMOTION_FILE_BYTES) {
    const message = `“${path}” has ${stats.size} bytes, more than any emotion model.`
    throw new FailureError(failure('checkpoint-invalid', message, 'Ask for the file anew.'))
  }
  const file = readEmotionFile(await readFile(path))
  if (file.ok) return file.value
  throw new FailureError(file.failure)
}

/** What names the translator beside the weights, as shipped models have it. */
export async function writeEmotionManifest(modelId: EmotionModelId, home: Home): Promise<void> {
  const path = emotionModelPath(modelId, home)
  const { card, model } = await readEmotions(path)
  const { translator, name, licence, trainedOn } = card
  const sha256 = createHash('sha256')
    .update(await readFile(path))
    .digest('hex')
  writeManifest(emotionModelFolder(modelId, home), {
    translator,
    name,
    emotions: model.emotions,
    licence,
    trainedOn,
    sha256,
  })
}

/** Room for a model that will learn; from its first check on it can be used. */
export async function makeEmotionFolder(
  modelId: EmotionModelId,
  told: { readonly translator: EmotionMethod; readonly name: string },
  home: Home,
): Promise<void> {
  await mkdir(emotionModelFolder(modelId, home), { recursive: true })
  writeManifest(emotionModelFolder(modelId, home), told)
}

/** Names the translator that reads the model of a folder. */
export function writeManifest(folder: string, manifest: Readonly<Record<string, unknown>>): void {
  const text = `${JSON.stringify({ format: 'emotion-model', version: 1, ...manifest }, null, 2)}\n`
  writeAtomically(join(folder, 'manifest.json'), new TextEncoder().encode(text))
}

/** The person's own model that a performance asks for, with a digest of its weights; null for those that are shipped. */
export async function ownEmotionModel(
  { emotion }: Pick<Performance, 'emotion'>,
  home: Home,
): Promise<{ readonly folder: string; readonly digest: string } | null> {
  const own = ownEmotionOf(emotion.emotionId)
  if (own === null) return null
  const bytes = await readFile(emotionModelPath(own.modelId, home)).catch(() => null)
  if (bytes === null) {
    const message = `The emotion model of this performance (“${emotion.emotionId}”) is not in the library.`
    throw new FailureError(failure('not-found', message, 'Import it, or choose another emotion.'))
  }
  return { folder: emotionModelFolder(own.modelId, home), digest: createHash('sha256').update(bytes).digest('hex') }
}

/** Forgets a model and what its training left. */
export async function discardEmotions(
  modelId: EmotionModelId,
  { paths, emit }: Pick<JobContext, 'paths' | 'emit'>,
): Promise<void> {
  await rm(emotionModelFolder(modelId, paths), { recursive: true, force: true })
  await rm(emotionWorkFolder(modelId, paths), { recursive: true, force: true })
  emit({ kind: 'emotions-changed' })
}
