import * as fs from 'node:fs'
import { join } from 'node:path'
import type { Failure } from '../../shared/base/errors.ts'
import { failure, FailureError } from '../../shared/base/errors.ts'
import type { SourceId } from '../../shared/base/id.ts'
import type { Progress } from '../../shared/base/progress.ts'
import { subProgress, throwIfCancelled } from '../../shared/base/progress.ts'
import { createPeaksBuilder, decodePeaks, encodePeaks } from '../../shared/dsp/peaks.ts'
import { audioKindNames } from '../../shared/formats/import/audio-kind.ts'
import type { Source } from '../../shared/project/model.ts'
import type { Hertz, Samples } from '../../shared/units/time.ts'
import type { AudioFindings } from './audio-findings.ts'
import { createAudioInspector } from './audio-findings.ts'
import type { AudioStream } from './audio-stream/audio-stream.ts'
import { openAudioStream } from './audio-stream/open-audio-stream.ts'
import { makeFolder, readWhole, writeAtomically } from './atomic-write.ts'
import { breathe } from './breathe.ts'
import type { FileOperations } from './file-operations.ts'
import { diskOperations } from './file-operations.ts'
import { hashFile } from './hash-file.ts'
import { importNotes } from './import-notes.ts'
import { mediaSubfolders, peaksPath, sourcePath } from './media-folder.ts'
import { createStreamResampler, resampledLength } from './resample.ts'
import { createWavWriter, openWavReader } from './wav-file.ts'
import { giveUpFile } from './give-up-file.ts'

export interface ImportRequest {
  readonly path: string
  /** As the person knows it; it names the source. */
  readonly fileName: string
  /** Where `sources` and `peaks` lie: a project's media, or the clips of the library. */
  readonly mediaFolder: string
  readonly rateHz: Hertz
  /** Whether the readable part of a file that was cut off is wanted. */
  readonly acceptsTruncated: boolean
  readonly operations?: FileOperations
}

export interface ImportedAudio {
  readonly source: Source
  /** The same bytes were there already and are used again. */
  readonly isDuplicate: boolean
  /** What the person should know, in plain words. */
  readonly notes: readonly string[]
}

/** A Result that also says how much of a truncated file could be had. */
export type ImportOutcome =
  | { readonly ok: true; readonly value: ImportedAudio }
  | { readonly ok: false; readonly failure: Failure; readonly readableSec: number | null }

const lowestRateHz = 8000
const highestRateHz = 192_000
/** Hashing is about this share of the work. */
const hashedFraction = 0.1

/**
 * Brings one audio file in: decoded, resampled once, kept as 32-bit float WAV with its peaks under the hash of the
 * file's bytes. Bounded memory for any duration. Leaves nothing partial behind; failures are values; a cancel throws
 * CancelledError.
 */
export async function importAudioFile(request: ImportRequest, progress: Progress): Promise<ImportOutcome> {
  try {
    return { ok: true, value: await importOrThrow(request, progress) }
  } catch (error) {
    if (!(error instanceof FailureError)) throw error
    const named = { ...error.failure, message: `“${request.fileName}”: ${error.failure.message}` }
    return { ok: false, failure: named, readableSec: error instanceof TruncatedError ? error.readableSec : null }
  }
}

async function importOrThrow(request: ImportRequest, progress: Progress): Promise<ImportedAudio> {
  const id = await hashFile(request.path, subProgress(progress, 0, hashedFraction))
  const stream = await openAudioStream(request.path)
  try {
    checkShape(stream)
    const existing = findExisting(request, id, stream)
    if (existing !== null) return { source: existing, isDuplicate: true, notes: [] }
    return await store(request, id, stream, subProgress(progress, hashedFraction, 1))
  } finally {
    stream.close()
  }
}

function checkShape(stream: AudioStream): void {
  const kind = audioKindNames[stream.kind]
  if (stream.channelCount < 1) throw unreadable(`this ${kind} file has no channels`)
  if (stream.channelCount > 2) {
    throw unreadable(`this ${kind} file has ${stream.channelCount} channels; mono and stereo can be brought in`)
  }
  if (stream.rateHz < lowestRateHz || stream.rateHz > highestRateHz) {
    throw unreadable(`this ${kind} file has ${stream.rateHz} samples per second; 8000 to 192 000 can be brought in`)
  }
}

/** The earlier import of the same bytes, if its audio is whole and at the same rate; lost peaks are made again by importing. */
function findExisting(request: ImportRequest, id: SourceId, stream: AudioStream): Source | null {
  const path = sourcePath(request.mediaFolder, id)
  const peaks = peaksPath(request.mediaFolder, id)
  if (!fs.existsSync(path) || !fs.existsSync(peaks) || !decodePeaks(readWhole(peaks)).ok) return null
  const reader = openWavReader(path)
  reader.close()
  if (reader.rateHz !== request.rateHz || reader.header.promisedSamples !== reader.durationSamples) return null
  return describeSource(request, id, stream, reader.durationSamples)
}

async function store(
  request: ImportRequest,
  id: SourceId,
  stream: AudioStream,
  progress: Progress,
): Promise<ImportedAudio> {
  if (stream.isTruncated && !request.acceptsTruncated && stream.promisedSamples !== null) {
    const counted = await countReadable(stream, progress)
    throw truncated(stream, counted)
  }
  const operations = request.operations ?? diskOperations
  for (const folder of mediaSubfolders) makeFolder(join(request.mediaFolder, folder), operations)
  checkFreeSpace(request, stream)
  const path = sourcePath(request.mediaFolder, id)
  const { rateHz } = request
  const peaks = createPeaksBuilder()
  const inspector = createAudioInspector(stream.rateHz)
  const resampler = await createStreamResampler({
    fromHz: stream.rateHz,
    toHz: rateHz,
    channelCount: stream.channelCount,
  })
  // Last, since what is begun must be given up again.
  const writer = createWavWriter(path, { rateHz, channelCount: stream.channelCount, encoding: 'float32', operations })
  try {
    for await (const channels of smallBlocks(stream)) {
      inspector.push(channels)
      keep(resampler.push(channels))
      progress.report(stream.readFraction(), 'reading the audio')
      throwIfCancelled(progress)
    }
    keep(resampler.finish())
    const findings = inspector.finish()
    checkWhole(request, stream, findings)
    const durationSamples = resampledLength(findings.durationSamples, stream.rateHz, rateHz)
    if (durationSamples === 0) throw tooShort(findings.durationSamples, stream.rateHz, rateHz)
    writeAtomically(peaksPath(request.mediaFolder, id), encodePeaks(peaks.finish()), operations)
    writer.finish()
    const source = describeSource(request, id, stream, durationSamples)
    return { source, isDuplicate: false, notes: importNotes(stream, findings, rateHz) }
  } catch (error) {
    writer.abandon()
    if (!fs.existsSync(path)) giveUpFile(peaksPath(request.mediaFolder, id), operations)
    throw error
  }

  function keep(channels: readonly Float32Array[]): void {
    writer.write(channels)
    peaks.push(channels)
  }
}

function describeSource(request: ImportRequest, id: SourceId, stream: AudioStream, durationSamples: Samples): Source {
  return {
    id,
    name: request.fileName.replace(/\.[^.]+$/, ''),
    originalRateHz: stream.rateHz,
    channelCount: stream.channelCount,
    durationSamples,
  }
}

function checkWhole(request: ImportRequest, stream: AudioStream, findings: AudioFindings): void {
  const isCut = isCutOff(stream, findings.durationSamples)
  if (findings.durationSamples === 0 && !isCut) {
    throw new FailureError(failure('audio-empty', `this ${audioKindNames[stream.kind]} file has no samples.`))
  }
  if (isCut && (!request.acceptsTruncated || findings.durationSamples === 0)) {
    throw truncated(stream, findings.durationSamples)
  }
}

/** Samples between two breaths: some milliseconds of resampling, so that whoever shares this thread is not held up. */
const breathSamples = 8192

async function* smallBlocks(stream: AudioStream): AsyncGenerator<readonly Float32Array[]> {
  for await (const channels of stream.blocks()) {
    for (let start = 0; start < channels[0].length; start += breathSamples) {
      yield channels.map((channel) => channel.subarray(start, start + breathSamples))
      await breathe()
    }
  }
}

/** Cut off by what the container says, or by what came out of it. */
const isCutOff = (stream: AudioStream, decodedSamples: Samples): boolean =>
  stream.isTruncated || (stream.promisedSamples !== null && decodedSamples < stream.promisedSamples)

/** Nothing but the length of what can be decoded. */
async function countReadable(stream: AudioStream, progress: Progress): Promise<Samples> {
  let count = 0
  for await (const channels of smallBlocks(stream)) {
    count += channels[0].length
    throwIfCancelled(progress)
  }
  return count
}

class TruncatedError extends FailureError {
  readonly readableSec: number
  constructor(failure: Failure, readableSec: number) {
    super(failure)
    this.readableSec = readableSec
  }
}

function truncated(stream: AudioStream, readableSamples: Samples): TruncatedError {
  const readableSec = readableSamples / stream.rateHz
  const promised =
    stream.promisedSamples === null
      ? 'its end is missing'
      : `it promises ${(stream.promisedSamples / stream.rateHz).toFixed(2)} s`
  return new TruncatedError(
    failure(
      'audio-truncated',
      `this ${audioKindNames[stream.kind]} file was cut off: ${promised}, and ${readableSec.toFixed(2)} s can be read.`,
      readableSamples > 0 ? 'Bring in the readable part, or copy the file again.' : 'Copy the file again.',
    ),
    readableSec,
  )
}

const tooShort = (samples: Samples, fromHz: Hertz, toHz: Hertz): FailureError =>
  new FailureError(
    failure('audio-too-short', `${samples} samples at ${fromHz} Hz are less than one at the project's ${toHz} Hz.`),
  )

const unreadable = (reason: string): FailureError =>
  new FailureError(failure('audio-unreadable', `${reason}.`, 'Convert it in another program.'))

/** Refuses before the work what would fill the disk after it. */
function checkFreeSpace(request: ImportRequest, stream: AudioStream): void {
  if (stream.promisedSamples === null) return
  const neededBytes = resampledLength(stream.promisedSamples, stream.rateHz, request.rateHz) * stream.channelCount * 4
  const freeBytes = (request.operations ?? diskOperations).freeBytes(request.mediaFolder)
  if (freeBytes >= neededBytes) return
  const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e6)} MB`
  throw new FailureError(
    failure(
      'disk-full',
      `its audio needs ${megabytes(neededBytes)} on the disk, and ${megabytes(freeBytes)} are free.`,
      'Free some space and try again.',
    ),
  )
}
