import type { ScaleCorrection } from '../project/performance.ts'
import type { Midi } from '../units/pitch.ts'

const OCTAVE = 12
/** Semitones above the tonic; minor is the natural one. */
const degrees: Readonly<Record<ScaleCorrection['scale'], readonly number[]>> = {
  chromatic: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
  major: [0, 2, 4, 5, 7, 9, 11],
  minor: [0, 2, 3, 5, 7, 8, 10],
}

/** The note of a scale that is nearest to a pitch, the lower of two. */
export function nearestDegree(pitch: Midi, { tonic, scale }: Pick<ScaleCorrection, 'tonic' | 'scale'>): Midi {
  const octave = Math.floor((pitch - tonic) / OCTAVE)
  const candidates = [...degrees[scale], OCTAVE].map((degree) => tonic + octave * OCTAVE + degree)
  return candidates.reduce((best, note) => (Math.abs(note - pitch) < Math.abs(best - pitch) ? note : best))
}
