import { subProgress, type Progress } from '../base/progress.ts'
import type { Numbers } from '../dsp/numbers.ts'
import { findNotes, type SungNote } from '../melody/index.ts'
import type { ReadWindow } from './analyze.ts'
import type { SpectralChange } from './differential-filter.ts'
import { hearChanged, heldBack, type VoicingRequest } from './keep-voicing.ts'
import { movedRuns } from './transposition/moved-runs.ts'
import { median } from './transposition/phase.ts'

/**
 * A note whose median is heard further off is not sung with the emotion. Half of `GREATEST_NOTE_MOVE_CENTS`: another
 * tracker hears it elsewhere by some cents. Chosen on songs, as the next (`models/train/EXPERIMENTS.md`).
 */
const HEARD_MOVE_OCTAVES = 10 / 1200
/** Others cut notes otherwise: any part of one that is so long, about a wave of vibrato, counts as one. */
const PART_FRAMES = 40
const PART_STEP_FRAMES = 10
/** Of the frames that are heard so many may be lost to breath: the median of the others tells little. */
const GREATEST_LOSS = 0.5
/** What lies under a change that is held back, and what a filter carries over from beside it. */
const BORDER_FRAMES = 4

/** A voice that was moved and changed, and where it is to be heard. */
export interface TunedRequest extends VoicingRequest {
  /** Of the source, Hz per 5 ms frame, 0 unvoiced. */
  readonly f0: Float32Array
  /** What is heard of the voice with the change, NaN where nobody listened. */
  readonly heardF0: Float32Array
  readonly change: SpectralChange | null
  /** Whether the change is the emotion's alone: a singer's is made of every note. */
  readonly isChangeExpression: boolean
  /** The voice again, but the source's where it is left. */
  readonly readLeaving: (isLeft: Uint8Array) => ReadWindow
}

export interface TunedVoice {
  readonly read: ReadWindow
  readonly change: SpectralChange | null
  /** 1 at each frame whose pitch and breath stay the source's; null where all went well. */
  readonly isLeft: Uint8Array | null
}

/**
 * Keeps notes where they were sung, by what is heard: a voice made anew follows a tracker, and in glides and short notes
 * that is not what one hears. From pause to pause around a note that is heard elsewhere the voice is left as it was sung,
 * and where the note then still is, its color too. Only what was left is heard a second time.
 */
export function keepInTune(request: TunedRequest, progress: Progress): TunedVoice {
  const { f0, read, change, isChangeExpression, readLeaving } = request
  const [first, second] = [subProgress(progress, 0, 0.5), subProgress(progress, 0.5, 1)]
  const notes = findNotes(f0)
  const heardF0 = change ? request.heardF0 : hear(null, movedFrames(request), request, first)
  const strayed = notes.filter((note) => isHeardElsewhere(note, f0, heardF0))
  if (strayed.length === 0) return { read, change, isLeft: null }
  const isLeft = movedRuns(f0, aroundNotes(strayed, f0.length))
  const left = readLeaving(isLeft)
  if (change === null || !isChangeExpression) return { read: left, change, isLeft }
  const again = hear(change, isLeft, { ...request, read: left }, second)
  const still = notes.filter((note) => isLeft[note.startFrame] === 1 && isHeardElsewhere(note, f0, again))
  const kept = still.length > 0 ? heldBack(change, aroundNotes(still, f0.length)) : change
  return { read: left, change: kept, isLeft }
}

function hear(
  change: SpectralChange | null,
  marked: Uint8Array,
  request: TunedRequest,
  progress: Progress,
): Float32Array {
  const heardF0 = new Float32Array(marked.length).fill(NaN)
  hearChanged(change, marked, request, progress, (frame, hz) => {
    heardF0[frame] = hz
  })
  return heardF0
}

const movedFrames = ({ f0, expectedF0 }: TunedRequest): Uint8Array =>
  movedRuns(
    f0,
    Float64Array.from(f0, (hz, frame) => (hz > 0 ? expectedF0[frame] / hz : 1)),
  )

/** A factor per frame: 0 in the notes and at their borders, 1 elsewhere. */
function aroundNotes(notes: readonly SungNote[], frameCount: number): Float64Array {
  const values = new Float64Array(frameCount).fill(1)
  for (const { startFrame, endFrame } of notes)
    values.fill(0, Math.max(0, startFrame - BORDER_FRAMES), endFrame + BORDER_FRAMES)
  return values
}

/** Whether a note, or a part of it that others could take for one, is heard elsewhere or hardly at all. */
function isHeardElsewhere({ startFrame, endFrame }: SungNote, f0: Numbers, heardF0: Numbers): boolean {
  if (isOff(startFrame, endFrame, f0, heardF0)) return true
  for (let start = startFrame; start + PART_FRAMES <= endFrame; start += PART_STEP_FRAMES)
    if (isOff(start, start + PART_FRAMES, f0, heardF0)) return true
  return false
}

/** By the medians of the frames that are voiced in both. */
function isOff(startFrame: number, endFrame: number, f0: Numbers, heardF0: Numbers): boolean {
  const [before, after]: [number[], number[]] = [[], []]
  let lost = 0
  for (let frame = startFrame; frame < endFrame; frame++) {
    if (!(f0[frame] > 0)) continue
    if (heardF0[frame] === 0) lost++
    if (!(heardF0[frame] > 0)) continue
    before.push(f0[frame])
    after.push(heardF0[frame])
  }
  if (lost > before.length * GREATEST_LOSS) return true
  if (before.length === 0) return false
  const octaves = Math.log2(median(Float64Array.from(after)) / median(Float64Array.from(before)))
  return Math.abs(octaves) > HEARD_MOVE_OCTAVES
}
