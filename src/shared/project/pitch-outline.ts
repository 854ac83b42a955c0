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

/** How far a region leaves what its singer can sing. Seconds count from the source's start. */
export interface RangeExcess {
  /** Seconds of voice outside, and of all voice. */
  readonly outsideSec: number
  readonly voicedSec: number
  /** The farthest notes asked for, after the move; null where none is beyond that end. */
  readonly lowest: Midi | null
  readonly highest: Midi | null
  /** From the lowest to the highest note that is asked for, inside or not. */
  readonly asked: NoteSpan
  /** Where it is outside. */
  readonly spans: readonly SecondSpan[]
}

export interface SecondSpan {
  readonly startSec: number
  readonly endSec: number
}

/** Shorter excursions are ornaments and slips of the tracker. */
const LEAST_OUTSIDE_SEC = 0.3
const JOINING_SEC = 0.25
/** A note sung a little flat of the last good one is still that note. */
const TOLERANCE_SEMITONES = 0.5

/** Seconds of voice per nearest note of a span of the source. */
export function secondsPerNote(outline: PitchOutline, span: SecondSpan): ReadonlyMap<Midi, number> {
  const seconds = new Map<Midi, number>()
  for (const { note } of voicedHops(outline, span)) {
    const nearest = Math.round(note)
    seconds.set(nearest, (seconds.get(nearest) ?? 0) + outline.hopSec)
  }
  return seconds
}

/**
 * What of a span lies outside the notes that its singer can use; null where it stays inside but for single slips.
 * @param semitonesAt by how much it is moved at a second of the source
 */
export function rangeExcess(
  outline: PitchOutline,
  span: SecondSpan,
  semitonesAt: (sec: number) => number,
  { lowest, highest }: NoteSpan,
): RangeExcess | null {
  const { hopSec } = outline
  const hops = voicedHops(outline, span).map(({ startSec, note }) => ({
    startSec,
    endSec: startSec + hopSec,
    note: note + semitonesAt(startSec + hopSec / 2),
  }))
  const asked = {
    lowest: hops.reduce((least, { note }) => Math.min(least, note), Infinity),
    highest: hops.reduce((most, { note }) => Math.max(most, note), -Infinity),
  }
  const below = hops.filter(({ note }) => note < lowest - TOLERANCE_SEMITONES)
  const above = hops.filter(({ note }) => note > highest + TOLERANCE_SEMITONES)
  const outsideSec = (below.length + above.length) * hopSec
  if (outsideSec < LEAST_OUTSIDE_SEC) return null
  return {
    outsideSec,
    voicedSec: hops.length * hopSec,
    lowest: below.length === 0 ? null : asked.lowest,
    highest: above.length === 0 ? null : asked.highest,
    asked,
    spans: joined([...below, ...above].sort((a, b) => a.startSec - b.startSec)),
  }
}

function voicedHops(
  { hopSec, notes }: PitchOutline,
  { startSec, endSec }: SecondSpan,
): { readonly startSec: number; readonly note: Midi }[] {
  const first = Math.max(0, Math.floor(startSec / hopSec))
  return notes
    .slice(first, Math.ceil(endSec / hopSec))
    .map((note, index) => ({ startSec: (first + index) * hopSec, note }))
    .filter(({ note }) => note > 0)
}

/** Neighbors become one; those that a breath parts do too. */
function joined(spans: readonly SecondSpan[]): SecondSpan[] {
  const result: SecondSpan[] = []
  for (const { startSec, endSec } of spans) {
    const last = result.at(-1)
    if (last && startSec - last.endSec <= JOINING_SEC) result[result.length - 1] = { startSec: last.startSec, endSec }
    else result.push({ startSec, endSec })
  }
  return result
}
