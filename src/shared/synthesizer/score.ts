import { assert } from '../base/assert.ts'
import type { Midi } from '../units/pitch.ts'
import type { Seconds } from '../units/time.ts'
import { consonantPhases, vowelShapes, type Consonant, type Vowel } from './phonemes.ts'

/** A tune with its words. Notes follow each other in time and never overlap; a gap of a breath or more ends a phrase. */
export interface Score {
  readonly durationSec: Seconds
  readonly notes: readonly Note[]
}

export interface Note {
  readonly startSec: Seconds
  readonly durationSec: Seconds
  readonly midi: Midi
  readonly syllable: Syllable
  /** 0 softest … 1 loudest. */
  readonly loudness: number
}

export interface Syllable {
  readonly onset: Consonant | null
  readonly vowel: Vowel
  readonly coda: Consonant | null
}

const SYLLABLE = /^(sh|[sfhtkpdmnlyw])?([aeiou@])(sh|[sfhtkpdmnlyw])?$/
const NOTE_STEPS: Readonly<Record<string, number>> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 }

/**
 * A score from phrases of `note:beats:syllable` words ("E4:1.5:la"); `-:2` rests. A trailing `!` is louder, `?` softer.
 * The notation is the program's own: malformed words are bugs.
 */
export function parseScore(phrases: readonly string[], bpm: number): Score {
  const beatSec = 60 / bpm
  const notes: Note[] = []
  let positionSec = 0
  for (const word of phrases.join(' ').split(/\s+/)) {
    const [pitch, beats, text] = word.split(':')
    const durationSec = Number(beats) * beatSec
    assert(durationSec > 0, `a duration in beats is expected in "${word}"`)
    if (pitch !== '-') notes.push({ startSec: positionSec, durationSec, midi: parsePitch(pitch), ...parseText(text) })
    positionSec += durationSec
  }
  return { durationSec: positionSec, notes }
}

function parsePitch(text: string): Midi {
  const match = /^([A-G])([#b]?)(\d)$/.exec(text)
  assert(match !== null, `a note name is expected, found "${text}"`)
  const accidental = match[2] === '#' ? 1 : match[2] === 'b' ? -1 : 0
  return 12 * (Number(match[3]) + 1) + NOTE_STEPS[match[1]] + accidental
}

function parseText(text: string): { syllable: Syllable; loudness: number } {
  const loudness = text.endsWith('!') ? 0.9 : text.endsWith('?') ? 0.35 : 0.62
  return { syllable: parseSyllable(text.replace(/[!?]$/, '')), loudness }
}

/** "sha", "o", "min", "l@": consonant, vowel, consonant; @ is the neutral vowel. */
export function parseSyllable(text: string): Syllable {
  const match = SYLLABLE.exec(text)
  assert(match !== null, `a syllable is expected, found "${text}"`)
  const vowel = match[2] === '@' ? 'neutral' : match[2]
  assert(isVowel(vowel), `a vowel is expected, found "${vowel}"`)
  return { onset: asConsonant(match[1]), vowel, coda: asConsonant(match[3]) }
}

const isVowel = (text: string): text is Vowel => text in vowelShapes
const isConsonant = (text: string): text is Consonant => text in consonantPhases
const asConsonant = (text: string | undefined): Consonant | null =>
  text !== undefined && isConsonant(text) ? text : null

export const transposeScore = (score: Score, semitones: number): Score => ({
  ...score,
  notes: score.notes.map((note) => ({ ...note, midi: note.midi + semitones })),
})

/** A silent lead-in before the first note, so that its consonant and breath have room. */
export const delayScore = (score: Score, delaySec: Seconds): Score => ({
  durationSec: score.durationSec + delaySec,
  notes: score.notes.map((note) => ({ ...note, startSec: note.startSec + delaySec })),
})
