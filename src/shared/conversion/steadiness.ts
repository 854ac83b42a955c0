import type { Numbers } from '../dsp/numbers.ts'

/** A note is steady when the pitch stays within this for this long: speech glides all along. */
const STEADY_SEC = 0.2
const STEADY_OCTAVES = 1 / 12
/** A note with vibrato is steady where the mean over one turn of it stays within this for this long. */
const VIBRATO_SEC = 0.2
const NOTE_SEC = 0.3
const NOTE_OCTAVES = 1 / 24
/**
 * Share of the voiced time that is steady either way from which a voice sings. Of recordings of songs (PJS, vocadito,
 * Dagstuhl ChoirSet) 96 % are over it, of speech (VCTK, LibriSpeech, PJS, Thorsten, EmoDB) 1 %.
 */
const SUNG_SHARE = 0.3
/** From here on a melody is kept in any case: songs of short notes go down to .13, half of all speech is under .08. */
const MELODIC_SHARE = 0.12

/** Voiced frames, those of them that lie in a steady stretch, and those that lie in one or in a note with vibrato. */
export interface Steadiness {
  readonly voicedCount: number
  readonly steadyCount: number
  readonly noteCount: number
}

/** Of f0 in Hz, 0 where unvoiced, at `framesPerSec`. */
export function measureSteadiness(f0: Numbers, framesPerSec: number): Steadiness {
  const pitch = Float64Array.from(f0, (hz) => (hz > 0 ? Math.log2(hz) : NaN))
  const isInNote = new Uint8Array(pitch.length)
  markSteady(pitch, Math.round(STEADY_SEC * framesPerSec), STEADY_OCTAVES, isInNote)
  const steadyCount = countOf(isInNote)
  const center = voicedMean(pitch, Math.round((VIBRATO_SEC * framesPerSec) / 2))
  markSteady(center, Math.round(NOTE_SEC * framesPerSec), NOTE_OCTAVES, isInNote)
  const voicedCount = pitch.reduce((count, octaves) => count + Number(!Number.isNaN(octaves)), 0)
  return { voicedCount, steadyCount, noteCount: countOf(isInNote) }
}

const countOf = (marks: Uint8Array): number => marks.reduce((sum, mark) => sum + mark, 0)

/** Marks the frames of every stretch of a length, in octaves, that stays within a range. NaN, unvoiced, is in none. */
function markSteady(pitch: Float64Array, length: number, rangeOctaves: number, marks: Uint8Array): void {
  for (let end = length; end <= pitch.length; end++)
    if (isSteady(pitch.subarray(end - length, end), rangeOctaves)) marks.fill(1, end - length, end)
}

function isSteady(pitch: Float64Array, rangeOctaves: number): boolean {
  let lowest = Infinity
  let highest = -Infinity
  for (const value of pitch) {
    if (Number.isNaN(value)) return false
    lowest = Math.min(lowest, value)
    highest = Math.max(highest, value)
  }
  return highest - lowest < rangeOctaves
}

/** The mean over the voiced frames within `reach` of each voiced frame. */
function voicedMean(pitch: Float64Array, reach: number): Float64Array {
  return pitch.map((own, frame) => {
    if (Number.isNaN(own)) return NaN
    let [sum, count] = [0, 0]
    for (const near of pitch.subarray(Math.max(0, frame - reach), frame + reach + 1)) {
      if (Number.isNaN(near)) continue
      sum += near
      count++
    }
    return sum / count
  })
}

/** Whether a voice sings rather than speaks. */
export const isSung = ({ voicedCount, noteCount }: Omit<Steadiness, 'steadyCount'>): boolean =>
  voicedCount > 0 && noteCount >= SUNG_SHARE * voicedCount

/** Whether a voice may have a melody, which must not be bent: the benefit of the doubt is the song's. */
export const isMelodic = ({ voicedCount, steadyCount }: Omit<Steadiness, 'noteCount'>): boolean =>
  voicedCount > 0 && steadyCount >= MELODIC_SHARE * voicedCount
