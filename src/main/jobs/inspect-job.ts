import { createHash } from 'node:crypto'
import { FailureError } from '../../shared/base/errors.ts'
import type { SourceId } from '../../shared/base/id.ts'
import { subProgress, type Progress } from '../../shared/base/progress.ts'
import type { ClipVerdict } from '../../shared/contract/jobs.ts'
import type { FileReference, Request } from '../../shared/contract/verbs.ts'
import { importAudioFile } from '../files/import-audio.ts'
import { sourcePath } from '../files/media-folder.ts'
import { computeStep } from './compute-step.ts'
import { givenFile } from './given-files.ts'
import type { JobContext } from './job-context.ts'
import { clipsFolder } from './singer-files.ts'
import type { Work } from './work.ts'

/** Clips are kept at this rate: enough for all bands that a converter sees, and what most clips have. */
const CLIP_RATE_HZ = 48_000
/** Bringing the files in is about this share of the work; listening to them is the rest. */
const IMPORTED_FRACTION = 0.4

interface TakenIn {
  readonly clipId: SourceId
  readonly fileName: string
  readonly path: string
}

/** Takes clips into the library and says for each whether a singer can be learned from it. */
export function inspectWork({ files }: Request<'singer:inspectClips'>, context: JobContext): Work {
  return {
    kind: 'inspect',
    title: `Checking ${files.length} ${files.length === 1 ? 'clip' : 'clips'}`,
    subject: { kind: 'machine' },
    lane: 'interactive',
    priority: 'selected',
    shareKey: null,
    replaceKey: null,
    run: async (control) => {
      const importing = subProgress(control.progress, 0, IMPORTED_FRACTION)
      const takenIn = await takeIn(files, context, importing)
      const clips = takenIn.flatMap((clip) => ('isKept' in clip ? [] : [clip]))
      const listening = { onCommand: control.onCommand, progress: subProgress(control.progress, IMPORTED_FRACTION, 1) }
      const request = { clips }
      const step = await computeStep(context.pool, 'interactive', { kind: 'inspect', request }, listening)
      if (step.kind === 'paused') return step
      for (const verdict of step.result.clips) await context.library.clips.saveVerdict(verdict)
      const heard = step.result.clips[Symbol.iterator]()
      // In the order given, so that a row of the sheet stays where it is.
      const verdicts = takenIn.map((clip) => ('isKept' in clip ? clip : (heard.next().value ?? unheard(clip))))
      return { kind: 'done', outcome: { kind: 'inspect', clips: verdicts } }
    },
  }
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
    await file.release()
    const { id, durationSamples } = outcome.value.source
    const addedAtMs = Date.now()
    await context.library.clips.save({ id, fileName, durationSamples, rateHz: CLIP_RATE_HZ, addedAtMs, verdict: null })
    return { clipId: id, fileName, path: sourcePath(mediaFolder, id) }
  } catch (cause) {
    if (!(cause instanceof FailureError)) throw cause
    return refused(reference, reference.kind === 'upload' ? reference.fileName : reference.path, cause.failure.message)
  }
}

/** A file that can't be heard has no bytes to be named by; its reference names it instead. */
const refused = (reference: FileReference, fileName: string, reason: string): ClipVerdict => ({
  ...silentVerdict,
  clipId: createHash('sha256').update(JSON.stringify(reference)).digest('hex') as SourceId, // a hash, as the brand says
  fileName,
  reason,
})

const unheard = ({ clipId, fileName }: TakenIn): ClipVerdict => ({
  ...silentVerdict,
  clipId,
  fileName,
  reason: 'it was not heard',
})

const silentVerdict = {
  durationSec: 0,
  loudnessLufs: null,
  noiseFloorDb: null,
  voicedFraction: 0,
  lowestHz: null,
  highestHz: null,
  clippedSampleCount: 0,
  isKept: false,
  secondsPerNote: {},
}
