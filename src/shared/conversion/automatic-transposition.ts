/** A voice is moved no further than this by itself. */
const MOST_OCTAVES = 2
const SEMITONES_PER_OCTAVE = 12
/** How far people speak below where they sing: five semitones between the medians of PJS' songs and sentences. */
export const SPOKEN_BELOW_SUNG_OCTAVES = 5 / 12

/**
 * From this distance on a voice is moved by an octave: a song when that brings it nearer. Speech moved so far turns
 * unnatural (a tracker finds another voicing in 13 % of its frames), so it must be nearly an octave off.
 */
const SUNG_MOVES_FROM_OCTAVES = 0.5
const SPOKEN_MOVES_FROM_OCTAVES = 0.75

/** Where a voice lies. */
export interface VoiceRegister {
  /** Median of log2 f0; null where nothing is voiced. */
  readonly medianLog2F0: number | null
  readonly isSung: boolean
}

/**
 * Whole octaves, in semitones, that bring a source nearest to the singer's own register: a song keeps its key. Speech
 * is compared with where the singer would speak, a song with where the singer would sing.
 */
export function automaticSemitones(source: VoiceRegister, singer: VoiceRegister): number {
  if (source.medianLog2F0 === null || singer.medianLog2F0 === null) return 0
  const expected = singer.medianLog2F0 + (level(source) - level(singer)) * SPOKEN_BELOW_SUNG_OCTAVES
  const distance = expected - source.medianLog2F0
  const movesFrom = source.isSung ? SUNG_MOVES_FROM_OCTAVES : SPOKEN_MOVES_FROM_OCTAVES
  const octaves = Math.sign(distance) * Math.floor(Math.abs(distance) + 1 - movesFrom)
  return Math.min(Math.max(octaves, -MOST_OCTAVES), MOST_OCTAVES) * SEMITONES_PER_OCTAVE + 0
}

const level = ({ isSung }: VoiceRegister): number => (isSung ? 0 : -1)
