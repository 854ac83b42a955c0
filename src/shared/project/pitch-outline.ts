import type { Midi } from '../units/pitch.ts'
import type { NoteSpan } from './singer-range.ts'

/** A source's melody in few numbers: enough to know which notes a region asks for. */
export interface PitchOutline {
  readonly hopSec: number
  /** Median note of each hop, to half a semitone; 0 where less than half of it is voiced. */
  readonly notes: readonly Midi[]
  /** Median of log2 f0 over the whole source; null where nothing is voiced. */
  readonly medianLog2F0: number | null
  readonly isSung: boolean
}

/** How far a region leaves what its singer can sing. */
export interface RangeExcess {
  /** Seconds of voice outside, and of all voice. */
  readonly outsideSec: number
  readonly voicedSec: number
  /** The farthest notes asked for, after the move; null where none is beyond that end. */
  readonly lowest: Midi | null
  readonly highest: Midi | null
}

/** Shorter excursions are ornaments and slips of the tracker. */
const LEAST_OUTSIDE_SEC = 0.3
/** A note sung a little flat of the last good one is still that note. */
const TOLERANCE_SEMITONES = 0.5

/** Seconds of voice per nearest note of a span of the source, moved by `semitones`. */
export function secondsPerNote(
  outline: PitchOutline,
  startSec: number,
  durationSec: number,
  semitones = 0,
): ReadonlyMap<Midi, number> {
  const seconds = new Map<Midi, number>()
  for (const note of voicedNotes(outline, startSec, durationSec)) {
    const moved = Math.round(note + semitones)
    seconds.set(moved, (seconds.get(moved) ?? 0) + outline.hopSec)
  }
  return seconds
}

/**
 * What of a span, moved by `semitones`, lies outside the notes that its singer can use; null where it stays inside but
 * for single slips.
 */
export function rangeExcess(
  outline: PitchOutline,
  startSec: number,
  durationSec: number,
  semitones: number,
  { lowest, highest }: NoteSpan,
): RangeExcess | null {
  const notes = voicedNotes(outline, startSec, durationSec).map((note) => note + semitones)
  const below = notes.filter((note) => note < lowest - TOLERANCE_SEMITONES)
  const above = notes.filter((note) => note > highest + TOLERANCE_SEMITONES)
  const outsideSec = (below.length + above.length) * outline.hopSec
  if (outsideSec < LEAST_OUTSIDE_SEC) return null
  return {
    outsideSec,
    voicedSec: notes.length * outline.hopSec,
    lowest: below.length === 0 ? null : below.reduce((least, note) => Math.min(least, note)),
    highest: above.length === 0 ? null : above.reduce((most, note) => Math.max(most, note)),
  }
}

function voicedNotes({ hopSec, notes }: PitchOutline, startSec: number, durationSec: number): Midi[] {
  const first = Math.max(0, Math.floor(startSec / hopSec))
  const end = Math.ceil((startSec + durationSec) / hopSec)
  return notes.slice(first, end).filter((note) => note > 0)
}
