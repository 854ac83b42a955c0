import type { AnalyzedSound, SoundAnalyzer } from './analyze-sound.ts'
import { readSound, type Sound } from './read-sound.ts'

/** One recording with everything that the figures need of it. */
export interface Heard extends AnalyzedSound {
  readonly sound: Sound
}

/** Reads and analyzes recordings, each only once. */
export interface Listener {
  hearFile(path: string): Promise<Heard>
  hearSound(sound: Sound): Heard
  /** Hz per 5 ms, 0 where unvoiced, by a tracker that no conversion uses. */
  trackPitch(sound: Sound): Float64Array
}

export function createListener(analyzer: SoundAnalyzer): Listener {
  const known = new Map<string, Heard>()
  const hearSound = (sound: Sound): Heard => ({ sound, ...analyzer.analyze(sound) })
  return {
    hearSound,
    trackPitch: (sound) => analyzer.independentPitch(sound),
    async hearFile(path) {
      const before = known.get(path)
      if (before !== undefined) return before
      const heard = hearSound(await readSound(path))
      known.set(path, heard)
      return heard
    },
  }
}
