import { createHash } from 'node:crypto'
import { FailureError } from '../../shared/base/errors.ts'
import type { SourceId } from '../../shared/base/id.ts'
import { subProgress, type Progress } from '../../shared/base/progress.ts'
import type { ClipVerdict } from '../../shared/contract/jobs.ts'
import type { FileReference, Request } from '../../shared/contract/verbs.ts'
import { createClippingMeter } from '../../shared/screening/clipping.ts'
import { hasClipRecord } from '../compute/clips/clip-record.ts'
import type { OriginalFile } from '../compute/clips/clip-verdict.ts'
import { openAudioStream } from '../files/audio-stream/open-audio-stream.ts'
import { breathe } from '../files/breathe.ts'
import { importAudioFile } from '../files/import-audio.ts'
import { sourcePath } from '../files/media-folder.ts'
import { computeStep } from './compute-step.ts'
import { givenFile } from './given-files.ts'
import type { JobContext } from './job-context.ts'
import { clipRecordsFolder, clipsFolder } from './singer-files.ts'
import type { Work } from './work.ts'

/** Clips are kept at this rate: enough for all bands that a converter sees, and what most clips have. */
const CLIP_RATE_HZ = 48_000
/** Bringing the files in is about this share of the work; listening to them is the rest. */
const IMPORTED_FRACTION = 0.4

interface TakenIn {
  readonly clipId: SourceId
  readonly fileName: string
  readonly path: string
  readonly original: OriginalFile | null
}

/**
 * Takes clips into the library and says for each whether a singer can be learned from it. Clips that are there already
 * (`besideClipIds`) come first in the answer: every clip is compared with all others.
 */
export function inspectWork({ files, besideClipIds = [] }: Request<'singer:inspectClips'>, context: JobContext): Work {
  const count = files.length === 0 ? besideClipIds.length : files.length
  return {
    kind: 'inspect',
    title: `Checking ${count} ${count === 1 ? 'clip' : 'clips'}`,
    subject: { kind: 'machine' },
    lane: 'interactive',
    priority: 'selected',
    shareKey: null,
    replaceKey: null,
    run: async (control) => {
      const importing = subProgress(control.progress, 0, IMPORTED_FRACTION)
      const takenIn = [...(await beside(besideClipIds, context)), ...(await takeIn(files, context, importing))]
      const clips = takenIn.flatMap((clip) => ('isKept' in clip ? [] : [clip]))
      const listening = { onCommand: control.onCommand, progress: subProgress(control.progress, IMPORTED_FRACTION, 1) }
      const request = { clips, recordsFolder: clipRecordsFolder(context.paths) }
      const step = await computeStep(context.pool, 'interactive', { kind: 'inspect', request }, listening)
      if (step.kind === 'paused') return step
      for (const verdict of firstOfEach(step.result.clips)) await context.library.clips.saveVerdict(verdict)
      const heard = step.result.clips[Symbol.iterator]()
      // In the order given, so that a row of the sheet stays where it is.
      const verdicts = takenIn.map((clip) => ('isKept' in clip ? clip : (heard.next().value ?? unheard(clip))))
      return { kind: 'done', outcome: { kind: 'inspect', clips: verdicts } }
    },
  }
}

/** A file that was given twice is one clip, and its first verdict stands. */
const firstOfEach = (verdicts: readonly ClipVerdict[]): readonly ClipVerdict[] =>
  verdicts.filter(({ clipId }, index) => verdicts.findIndex((other) => other.clipId === clipId) === index)

/** Clips of the library; one that is gone from it is left out. */
async function beside(clipIds: readonly SourceId[], { library, paths }: JobContext): Promise<TakenIn[]> {
  const found = await Promise.all(clipIds.map((clipId) => library.clips.find(clipId)))
  return found.flatMap((clip) =>
    clip === null
      ? []
      : [{ clipId: clip.id, fileName: clip.fileName, path: sourcePath(clipsFolder(paths), clip.id), original: null }],
  )
}

async function takeIn(
  files: readonly FileReference[],
  context: JobContext,
  progress: Progress,
): Promise<readonly (TakenIn | ClipVerdict)[]> {
  const taken: (TakenIn | ClipVerdict)[] = []
  for (const [index, reference] of files.entries()) {
    taken.push(
      await takeInOne(reference, context, subProgress(progress, index / files.length, (index + 1) / files.length)),
    )
  }
  return taken
}

async function takeInOne(reference: FileReference, context: JobContext, progress: Progress) {
  const mediaFolder = clipsFolder(context.paths)
  try {
    const file = givenFile(reference, context.paths)
    const { path, fileName } = file
    const request = { path, fileName, mediaFolder, rateHz: CLIP_RATE_HZ, acceptsTruncated: true }
    const outcome = await importAudioFile(request, progress)
    if (!outcome.ok) return refused(reference, fileName, outcome.failure.message)
    const { id, durationSamples } = outcome.value.source
    const original = hasClipRecord(clipRecordsFolder(context.paths), id) ? null : await hearOriginal(path)
    await file.release()
    const addedAtMs = Date.now()
    await context.library.clips.save({ id, fileName, durationSamples, rateHz: CLIP_RATE_HZ, addedAtMs, verdict: null })
    return { clipId: id, fileName, path: sourcePath(mediaFolder, id), original }
  } catch (cause) {
    if (!(cause instanceof FailureError)) throw cause
    return refused(reference, reference.kind === 'upload' ? reference.fileName : reference.path, cause.failure.message)
  }
}

/** In the file as it was given: the library's rate makes round tops of flat ones. */
async function hearOriginal(path: string): Promise<OriginalFile> {
  const stream = await openAudioStream(path)
  try {
    const meter = createClippingMeter()
    for await (const channels of stream.blocks()) {
      meter.push([...channels])
      await breathe()
    }
    return { rateHz: stream.rateHz, clipping: meter.finish() }
  } finally {
    stream.close()
  }
}

/** A file that can't be heard has no bytes to be named by; its reference names it instead. */
const refused = (reference: FileReference, fileName: string, reason: string): ClipVerdict => ({
  ...silentVerdict,
  clipId: createHash('sha256').update(JSON.stringify(reference)).digest('hex') as SourceId, // a hash, as the brand says
  fileName,
  reason,
  findings: [{ fault: 'broken', isSevere: true, words: reason }],
})

const unheard = ({ clipId, fileName }: Pick<TakenIn, 'clipId' | 'fileName'>): ClipVerdict => ({
  ...silentVerdict,
  clipId,
  fileName,
  reason: 'it was not heard',
  findings: [{ fault: 'broken', isSevere: true, words: 'it was not heard' }],
})

const silentVerdict = {
  durationSec: 0,
  loudnessLufs: null,
  noiseFloorDb: null,
  voicedFraction: 0,
  lowestHz: null,
  highestHz: null,
  clippedSampleCount: 0,
  cutoffHz: null,
  isKept: false,
  secondsPerNote: {},
  slices: [],
}
