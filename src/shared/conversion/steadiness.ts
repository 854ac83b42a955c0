import type { Numbers } from '../dsp/numbers.ts'

/** A note is steady when the pitch stays within this for this long: speech glides all along. */
const STEADY_SEC = 0.2
const STEADY_OCTAVES = 1 / 12
/**
 * Share of the voiced time that is steady from which a voice sings. Recordings of songs (PJS, vocadito, Dagstuhl
 * ChoirSet) have .30 to .94, of speech (VCTK, LibriSpeech, PJS, Thorsten, EmoDB) 0 to .21.
 */
const SUNG_SHARE = 0.25
/** From here on a melody is kept in any case: songs of short notes go down to .13, half of all speech is under .08. */
const MELODIC_SHARE = 0.12

/** Voiced frames, and those of them that lie in a steady stretch. */
export interface Steadiness {
  readonly voicedCount: number
  readonly steadyCount: number
}

/** Of f0 in Hz, 0 where unvoiced, at `framesPerSec`. */
export function measureSteadiness(f0: Numbers, framesPerSec: number): Steadiness {
  const length = Math.round(STEADY_SEC * framesPerSec)
  const pitch = Float64Array.from(f0, (hz) => (hz > 0 ? Math.log2(hz) : NaN))
  let voicedCount = 0
  let steadyCount = 0
  /** Frames before this are counted. */
  let counted = 0
  for (let end = 1; end <= pitch.length; end++) {
    if (Number.isNaN(pitch[end - 1])) continue
    voicedCount++
    const start = end - length
    if (start < 0 || !isSteady(pitch.subarray(start, end))) continue
    steadyCount += end - Math.max(start, counted)
    counted = end
  }
  return { voicedCount, steadyCount }
}

/** NaN, an unvoiced frame, is in no steady stretch. */
function isSteady(pitch: Float64Array): boolean {
  let lowest = Infinity
  let highest = -Infinity
  for (const value of pitch) {
    if (Number.isNaN(value)) return false
    lowest = Math.min(lowest, value)
    highest = Math.max(highest, value)
  }
  return highest - lowest < STEADY_OCTAVES
}

/** Whether a voice sings rather than speaks. */
export const isSung = ({ voicedCount, steadyCount }: Steadiness): boolean =>
  voicedCount > 0 && steadyCount >= SUNG_SHARE * voicedCount

/** Whether a voice may have a melody, which must not be bent: the benefit of the doubt is the song's. */
export const isMelodic = ({ voicedCount, steadyCount }: Steadiness): boolean =>
  voicedCount > 0 && steadyCount >= MELODIC_SHARE * voicedCount
