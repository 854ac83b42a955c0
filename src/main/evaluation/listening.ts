import { statSync } from 'node:fs'
import type { FeatureStore } from '../compute/clips/feature-store.ts'
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

/** @param store where analyses of files are kept from one run to the next; null to keep none */
export function createListener(analyzer: SoundAnalyzer, store: FeatureStore | null = null): Listener {
  const known = new Map<string, Heard>()
  const hearSound = (sound: Sound): Heard => ({ sound, ...analyzer.analyze(sound) })
  function hearKept(path: string, sound: Sound): Heard {
    const id = identityOf(path)
    const features = store?.load(id) ?? null
    const heard = { sound, ...analyzer.analyze(sound, features) }
    if (features === null && heard.features !== null) store?.save(id, heard.features)
    return heard
  }
  return {
    hearSound,
    trackPitch: (sound) => analyzer.independentPitch(sound),
    async hearFile(path) {
      const before = known.get(path)
      if (before !== undefined) return before
      const heard = hearKept(path, await readSound(path))
      known.set(path, heard)
      return heard
    },
  }
}

/** Of a file as it lies there: another content is another identity. */
function identityOf(path: string): string {
  const { size, mtimeMs } = statSync(path)
  return JSON.stringify([path, size, mtimeMs])
}
