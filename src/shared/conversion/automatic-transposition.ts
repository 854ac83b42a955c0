/** A voice is moved no further than this by itself. */
const MOST_OCTAVES = 2
const SEMITONES_PER_OCTAVE = 12

/**
 * Whole octaves, in semitones, that bring a source nearest to the singer's own range: a song keeps its key.
 * Both are medians of log2 f0; null (nothing voiced) moves nothing.
 */
export function automaticSemitones(sourceMedianLog2F0: number | null, singerMedianLog2F0: number): number {
  if (sourceMedianLog2F0 === null) return 0
  const octaves = Math.round(singerMedianLog2F0 - sourceMedianLog2F0)
  return Math.min(Math.max(octaves, -MOST_OCTAVES), MOST_OCTAVES) * SEMITONES_PER_OCTAVE + 0
}
