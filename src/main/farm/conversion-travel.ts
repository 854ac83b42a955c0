import { copyFile, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { subProgress, type Progress } from '../../shared/base/progress.ts'
import type { ConvertRequest } from '../../shared/contract/compute.ts'
import type { ContentDigest } from '../../shared/contract/farm.ts'
import { portableConversion, type PortableConversion } from '../../shared/contract/portable-task.ts'
import type { ContentStore } from './store/content-store.ts'

/** Sends everything that a conversion takes, and says what was sent. */
export async function sendConversion(
  request: ConvertRequest,
  shippedEmotions: string,
  contents: ContentStore,
  progress: Progress,
): Promise<PortableConversion> {
  const send = (path: string) => contents.sendFile(path, subProgress(progress, 0, 1))
  const blendedSingers: ContentDigest[] = []
  for (const path of request.blendedSingerPaths) blendedSingers.push(await send(path))
  return portableConversion.parse({
    kind: 'convert',
    source: await send(request.sourcePath),
    sourceStartSamples: request.sourceStartSamples,
    durationSamples: request.durationSamples,
    singer: await send(request.singerPath),
    blendedSingers,
    performance: request.performance,
    emotion: request.emotionFolder === undefined ? null : await sendFolder(request.emotionFolder, send),
    shippedEmotions,
    vocoder: request.vocoderPath === undefined ? null : await send(request.vocoderPath),
    sourceEmotion: request.sourceEmotion ?? null,
    renderKey: request.renderKey,
  } satisfies PortableConversion)
}

async function sendFolder(
  folder: string,
  send: (path: string) => Promise<ContentDigest>,
): Promise<PortableConversion['emotion']> {
  const files: { name: string; content: ContentDigest }[] = []
  for (const name of (await readdir(folder)).sort()) files.push({ name, content: await send(join(folder, name)) })
  return files
}

/** Where a worker puts what a task needs and makes. */
export interface TaskPlaces {
  /** Of this task alone. */
  readonly workFolder: string
  /** What is found out about sources, for tasks to come. */
  readonly knownFolder: string
}

/** Brings everything that a conversion takes to this machine, and says it in paths. */
export async function fetchConversion(
  task: PortableConversion,
  { workFolder, knownFolder }: TaskPlaces,
  contents: ContentStore,
  progress: Progress,
): Promise<ConvertRequest> {
  const fetchFile = (content: ContentDigest) => contents.fetchFile(content, progress)
  const blendedSingerPaths: string[] = []
  for (const singer of task.blendedSingers) blendedSingerPaths.push(await fetchFile(singer))
  const emotionFolder = join(workFolder, 'emotion')
  if (task.emotion !== null) await mkdir(emotionFolder, { recursive: true })
  for (const { name, content } of task.emotion ?? [])
    await copyFile(await fetchFile(content), join(emotionFolder, name))
  return {
    sourcePath: await fetchFile(task.source),
    known: { folder: knownFolder, sourceKey: task.source },
    sourceStartSamples: task.sourceStartSamples,
    durationSamples: task.durationSamples,
    singerPath: await fetchFile(task.singer),
    blendedSingerPaths,
    performance: task.performance,
    ...(task.emotion === null ? {} : { emotionFolder }),
    ...(task.vocoder === null ? {} : { vocoderPath: await fetchFile(task.vocoder) }),
    ...(task.sourceEmotion === null ? {} : { sourceEmotion: task.sourceEmotion }),
    outPath: join(workFolder, 'render.wav'),
    renderKey: task.renderKey,
  }
}
