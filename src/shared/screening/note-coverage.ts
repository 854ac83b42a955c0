import { midiToHz, noteName, type Midi } from '../units/pitch.ts'

/** Seconds of voice per MIDI note number. */
export type NoteSeconds = ReadonlyMap<Midi, number>

/** What clips lack of the notes that a song holds. */
export interface CoverageGap {
  /** Notes that the song holds and the clips hardly have, in order. */
  readonly missing: readonly Midi[]
  /** How long the song and the clips hold these. */
  readonly askedSec: number
  readonly coveredSec: number
  /** What follows for the person, in sentences. */
  readonly words: string
}

/** A note with less voice in the clips is learned from its neighbors alone. */
export const THIN_NOTE_SEC = 1
/** Shorter in the whole song, a note is an ornament or a slip of the tracker. */
const LEAST_ASKED_SEC = 0.3

/** Compares what clips hold with what a song asks for; `song` names it in the words: "Paper Lanterns", "the stem". */
export function compareCoverage(covered: NoteSeconds, asked: NoteSeconds, song: string): CoverageGap {
  const wanted = [...asked].filter(([, sec]) => sec >= LEAST_ASKED_SEC).map(([note]) => note)
  const had = [...covered].filter(([, sec]) => sec >= THIN_NOTE_SEC).map(([note]) => note)
  const missing = wanted.filter((note) => (covered.get(note) ?? 0) < THIN_NOTE_SEC).sort((a, b) => a - b)
  const sum = (seconds: NoteSeconds) => missing.reduce((total, note) => total + (seconds.get(note) ?? 0), 0)
  const gap = { missing, askedSec: sum(asked), coveredSec: sum(covered) }
  return { ...gap, words: describe(gap, wanted, had, song) }
}

function describe(
  gap: Omit<CoverageGap, 'words'>,
  wanted: readonly Midi[],
  had: readonly Midi[],
  song: string,
): string {
  const name = song.charAt(0).toUpperCase() + song.slice(1)
  if (wanted.length === 0) return `${name} holds no notes that were found.`
  if (had.length === 0) return `The clips hold no note for ${THIN_NOTE_SEC} s; ${song} goes from ${span(wanted)}.`
  if (gap.missing.length === 0) return `The clips hold every note of ${song}.`
  const [lowest, highest] = [Math.min(...had), Math.max(...had)]
  const [lowestWanted, highestWanted] = [Math.min(...wanted), Math.max(...wanted)]
  const sentences: string[] = []
  if (highestWanted > highest) {
    sentences.push(`${name} goes to ${noteName(highestWanted)}; the clips stop at ${noteName(highest)}.`)
  }
  if (lowestWanted < lowest) {
    sentences.push(`${name} goes down to ${noteName(lowestWanted)}; the clips begin at ${noteName(lowest)}.`)
  }
  const inside = noteRuns(gap.missing.filter((note) => note > lowest && note < highest))
  if (inside.length > 0) sentences.push(`${listOf(inside)} ${isSingle(inside) ? 'is' : 'are'} thin in the clips.`)
  sentences.push(`${name} holds those notes for ${seconds(gap.askedSec)}, the clips for ${seconds(gap.coveredSec)}.`)
  return sentences.join(' ')
}

const span = (notes: readonly Midi[]): string => `${noteName(Math.min(...notes))} to ${noteName(Math.max(...notes))}`
const seconds = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)} s`
const isSingle = (runs: readonly string[]): boolean => runs.length === 1 && !runs[0].includes(' to ')

/** More than three are not read. */
function listOf(runs: readonly string[]): string {
  if (runs.length > 3) return `${runs.slice(0, 3).join(', ')} and ${runs.length - 3} more`
  return runs.length < 2 ? runs.join('') : `${runs.slice(0, -1).join(', ')} and ${runs[runs.length - 1]}`
}

/** Neighbors in words: "C5 to D5". Notes in order. */
export function noteRuns(notes: readonly Midi[]): string[] {
  const runs: { from: Midi; to: Midi }[] = []
  for (const note of notes) {
    const run = runs[runs.length - 1]
    if (run?.to === note - 1) run.to = note
    else runs.push({ from: note, to: note })
  }
  return runs.map(({ from, to }) => (from === to ? noteName(from) : `${noteName(from)} to ${noteName(to)}`))
}

/** Median of log2 f0 of the voice; null where there is none. */
export function medianLog2F0(notes: NoteSeconds): number | null {
  const byNote = [...notes].sort(([a], [b]) => a - b)
  let rest = byNote.reduce((sum, [, sec]) => sum + sec, 0) / 2
  for (const [note, sec] of byNote) {
    rest -= sec
    if (rest <= 0) return Math.log2(midiToHz(note))
  }
  return null
}
