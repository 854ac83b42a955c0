import { extname, join } from 'node:path'
import type { PerformerId } from '../../shared/base/id.ts'
import type { Progress } from '../../shared/base/progress.ts'
import { subProgress, throwIfCancelled } from '../../shared/base/progress.ts'
import type { ExportedFile } from '../../shared/contract/jobs.ts'
import type { ExportOptions } from '../../shared/contract/verbs.ts'
import type { SoundMetadata } from '../../shared/formats/sound-metadata.ts'
import type { PlannedFile } from '../../shared/project/export-plan.ts'
import type { Project } from '../../shared/project/model.ts'
import { makeFolder } from './atomic-write.ts'
import type { AudioWriter } from './audio-writer.ts'
import { breathe } from './breathe.ts'
import { conversionNotice } from './conversion-notice.ts'
import type { FileOperations } from './file-operations.ts'
import { createFlacWriter, type FlacWriterOptions } from './flac-file.ts'
import { freePath } from './free-path.ts'
import type { RegionSound } from './mix-regions.ts'
import { addSounds, soundsOf } from './mix-regions.ts'
import type { MediaReaders } from './media-readers.ts'
import { createMediaReaders } from './media-readers.ts'
import { markingWriter } from './marking-writer.ts'
import { createStreamResampler } from './resample.ts'
import { createWavWriter } from './wav-file.ts'

export interface ExportRequest {
  readonly project: Project
  /** From `planExport` with the same options. */
  readonly files: readonly PlannedFile[]
  readonly options: Pick<ExportOptions, 'encoding' | 'channels' | 'folder' | 'writesMetadata' | 'marksSound'>
  readonly mediaFolder: string
  readonly nameOfSinger: (performerId: PerformerId) => string
  /** Name and version of the program, for the files' metadata. */
  readonly software: string
  /** What converts, with its version; of renders alone. */
  readonly engine: string
  readonly createdAtMs: number
  readonly operations?: FileOperations
}

export type WrittenExport = ExportedFile & {
  /** Samples beyond full scale that an integer encoding had to clamp. */
  readonly clippedSampleCount: number
}

/** Samples mixed at once: some megabytes, and a fraction of a second of work. */
const blockSamples = 65_536

/**
 * Mixes and writes the planned files one after the other, block by block: bounded memory, exact lengths, and bit for
 * bit the source where a region has no performance, no fade and no gain and the rate is the project's. A name that exists is never overwritten.
 * Throws FailureError (file-missing, disk-full, folder-read-only) and CancelledError; a file that was begun is gone then.
 */
export async function exportAudio(request: ExportRequest, progress: Progress): Promise<WrittenExport[]> {
  makeFolder(request.options.folder, request.operations)
  const readers = createMediaReaders()
  try {
    const written: WrittenExport[] = []
    for (const [index, file] of request.files.entries()) {
      const share = subProgress(progress, index / request.files.length, (index + 1) / request.files.length)
      written.push(await writeFile(request, file, readers, share))
    }
    return written
  } finally {
    readers.close()
  }
}

async function writeFile(
  request: ExportRequest,
  file: PlannedFile,
  readers: MediaReaders,
  progress: Progress,
): Promise<WrittenExport> {
  const { project, options } = request
  const regions = file.regionIds.map((id) => project.regions[id])
  const sounds = soundsOf(project, regions, request.mediaFolder, readers)
  const channelCount = options.channels === 'mono' ? 1 : 2
  const path = freePath(join(options.folder, file.fileName))
  const rates = { fromHz: project.rateHz, toHz: file.rateHz, channelCount }
  const resampler = file.rateHz === project.rateHz ? null : await createStreamResampler(rates)
  const plain = await openWriter(path, options.encoding, {
    rateHz: file.rateHz,
    channelCount,
    durationSamples: file.writtenSamples,
    ...(options.writesMetadata ? { metadata: metadataOf(request, file, sounds) } : {}),
    ...(request.operations === undefined ? {} : { operations: request.operations }),
  })
  const isMarked = options.marksSound === true && sounds.some((sound) => sound.isConverted)
  const writer = isMarked ? markingWriter(plain, file.rateHz, channelCount) : plain
  try {
    for (let start = 0; start < file.durationSamples; start += blockSamples) {
      const count = Math.min(blockSamples, file.durationSamples - start)
      const block = Array.from({ length: channelCount }, () => new Float32Array(count))
      addSounds(sounds, block, file.startSamples + start, readers)
      writer.write(resampler ? resampler.push(block) : block)
      progress.report((start + count) / file.durationSamples, `writing ${file.fileName}`)
      await breathe()
      throwIfCancelled(progress)
    }
    if (resampler) writer.write(resampler.finish())
    return { path, ...writer.finish() }
  } catch (error) {
    writer.abandon()
    throw error
  }
}

async function openWriter(
  path: string,
  encoding: ExportOptions['encoding'],
  options: Omit<FlacWriterOptions, 'encoding'>,
): Promise<AudioWriter> {
  switch (encoding) {
    case 'flac16':
      return createFlacWriter(path, { ...options, encoding: 'pcm16' })
    case 'flac24':
      return createFlacWriter(path, { ...options, encoding: 'pcm24' })
    default:
      return createWavWriter(path, { ...options, encoding })
  }
}

function metadataOf(request: ExportRequest, file: PlannedFile, sounds: readonly RegionSound[]): SoundMetadata {
  const converted = sounds
    .filter((sound) => sound.isConverted)
    .map((sound) => sound.region.render?.performance.singerId)
  const singers = [...new Set(converted)].filter((id) => id !== undefined).map(request.nameOfSinger)
  return {
    title: file.fileName.slice(0, -extname(file.fileName).length),
    singers,
    notice: conversionNotice(singers),
    software: request.software,
    engine: singers.length > 0 ? request.engine : null,
    createdAt: new Date(request.createdAtMs).toISOString(),
    timeReferenceSamples: Math.round((file.startSamples * file.rateHz) / request.project.rateHz),
  }
}
