import type { Midi } from '../units/pitch.ts'

/** How well a singer came out on one note of the scale that was tried after the training. */
export interface TriedNote {
  readonly midi: Midi
  /** Median distance from the note that was asked for; null where nothing was voiced. */
  readonly pitchErrorCents: number | null
  /** Share of the source's voiced frames that are voiced still. */
  readonly voicedFraction: number
  /** From the singer's own frames near this pitch, in dB per band; null where the clips hold none near it. */
  readonly distanceDb: number | null
  /** How unlike neighboring periods are, 0 (each as the last) to 1; null where it can't be told. */
  readonly roughness: number | null
  readonly ease: NoteEase
}

export type NoteEase = 'comfortable' | 'usable' | 'poor'

/** From the lowest to the highest note, both included. */
export interface NoteSpan {
  readonly lowest: Midi
  readonly highest: Midi
}

/** What a scale through a singer's range found; kept in the card. */
export interface SingerRange {
  /** In rising order. */
  readonly notes: readonly TriedNote[]
  readonly comfortable: NoteSpan | null
  /** Holds the comfortable notes too. */
  readonly usable: NoteSpan | null
  /** The clips are of singing rather than of speech: this decides by how much a song is moved by itself. */
  readonly isSung: boolean
}

/**
 * The longest run of tried notes that are at least so easy; the lower one of two that are as long. A single note that
 * is not, between two that are, is the doing of its vowel and no end of the range.
 */
export function longestRun(notes: readonly TriedNote[], easy: readonly NoteEase[]): NoteSpan | null {
  const isEasy = (index: number) => index in notes && easy.includes(notes[index].ease)
  let best: NoteSpan | null = null
  let start: Midi | null = null
  for (const [index, { midi }] of notes.entries()) {
    if (!isEasy(index) && !(start !== null && isEasy(index - 1) && isEasy(index + 1))) {
      start = null
      continue
    }
    start ??= midi
    if (best === null || midi - start > best.highest - best.lowest) best = { lowest: start, highest: midi }
  }
  return best
}
