import type { Random } from '../base/random.ts'
import type { Seconds } from '../units/time.ts'
import type { Consonant, Vowel } from './phonemes.ts'
import type { Note, Score } from './score.ts'

/** What a singer records to be learned from: scales, broken chords and free phrases over a tenth, all vowels, all consonants. */

const ONSETS: readonly (Consonant | null)[] = ['l', 'm', 'n', 's', 't', 'k', 'sh', 'h', 'd', 'p', 'f', 'w', 'y', null]
const CODAS: readonly (Consonant | null)[] = [null, null, null, null, null, 'n', 's', 'l', 'm']
const VOWELS: readonly Vowel[] = ['a', 'e', 'i', 'o', 'u', 'a', 'o', 'e', 'neutral']
const MAJOR = [0, 2, 4, 5, 7, 9, 11]
const MINOR = [0, 2, 3, 5, 7, 8, 10]
/** Middle of the written range: A3, as the tunes. */
const CENTER_MIDI = 57
const PATTERNS: readonly (readonly number[])[] = [
  [0, 1, 2, 3, 4, 3, 2, 1, 0],
  [0, 2, 4, 7, 4, 2, 0],
  [4, 3, 2, 1, 0, 2, 1, 0],
  [0, 2, 1, 3, 2, 4, 3, 5, 4],
  [7, 6, 4, 5, 3, 4, 2, 0],
]
const BREATH_SEC = 0.62
const LEAD_IN_SEC = 0.5

/** One clip of phrases, about `durationSec` long (never longer). Same random state, same clip. */
export function exerciseScore(durationSec: Seconds, random: Random): Score {
  const notes: Note[] = []
  let positionSec = LEAD_IN_SEC
  while (positionSec < durationSec - 2) {
    const phrase = makePhrase(positionSec, durationSec - BREATH_SEC, random)
    if (phrase.length === 0) break
    notes.push(...phrase)
    const last = phrase[phrase.length - 1]
    positionSec = last.startSec + last.durationSec + BREATH_SEC * (0.85 + 0.4 * random.uniform())
  }
  return { durationSec, notes }
}

function makePhrase(startSec: Seconds, latestEndSec: Seconds, random: Random): Note[] {
  const scale = random.uniform() < 0.5 ? MAJOR : MINOR
  const rootMidi = CENTER_MIDI - 9 + random.integer(11)
  const degrees = random.uniform() < 0.5 ? PATTERNS[random.integer(PATTERNS.length)] : wander(random)
  const beatSec = 0.26 + 0.3 * random.uniform()
  const loudness = 0.3 + 0.6 * random.uniform()
  const notes: Note[] = []
  let positionSec = startSec
  for (const [index, degree] of degrees.entries()) {
    const isLast = index === degrees.length - 1
    const beats = isLast ? 2.5 : [0.75, 1, 1, 1, 1.5, 2][random.integer(6)]
    const durationSec = beats * beatSec
    if (positionSec + durationSec > latestEndSec) break
    notes.push({
      startSec: positionSec,
      durationSec,
      midi: rootMidi + degreeToSemitones(degree, scale),
      syllable: {
        onset: ONSETS[random.integer(ONSETS.length)],
        vowel: VOWELS[random.integer(VOWELS.length)],
        coda: isLast ? null : CODAS[random.integer(CODAS.length)],
      },
      loudness: Math.min(1, Math.max(0.2, loudness + 0.15 * random.normal())),
    })
    positionSec += durationSec
  }
  return notes
}

function wander(random: Random): number[] {
  const degrees = [random.integer(5)]
  const count = 5 + random.integer(5)
  while (degrees.length < count) {
    const step = [-2, -1, -1, 1, 1, 2, 3][random.integer(7)]
    degrees.push(Math.min(8, Math.max(-2, degrees[degrees.length - 1] + step)))
  }
  return degrees
}

function degreeToSemitones(degree: number, scale: readonly number[]): number {
  const octave = Math.floor(degree / scale.length)
  return 12 * octave + scale[degree - octave * scale.length]
}
