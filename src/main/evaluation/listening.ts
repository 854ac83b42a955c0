import { statSync } from 'node:fs'
import type { FeatureStore } from '../compute/clips/feature-store.ts'
import type { AnalyzedSound, SoundAnalyzer } from './analyze-sound.ts'
import type { Piece } from './cut-recordings.ts'
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

export interface ListenerOptions {
  /** Where analyses of files are kept from one run to the next; null to keep none. */
  readonly store?: FeatureStore | null
  /** Paths that stand for a part of a file. */
  readonly pieces?: ReadonlyMap<string, Piece>
}

export function createListener(
  analyzer: SoundAnalyzer,
  { store = null, pieces = new Map() }: ListenerOptions = {},
): Listener {
  const known = new Map<string, Heard>()
  const hearSound = (sound: Sound): Heard => ({ sound, ...analyzer.analyze(sound) })
  const readPart = createPartReader()
  return {
    hearSound,
    trackPitch: (sound) => analyzer.independentPitch(sound),
    async hearFile(path) {
      const before = known.get(path)
      if (before !== undefined) return before
      const piece = pieces.get(path)
      const sound = piece === undefined ? await readSound(path) : await readPart(piece)
      const id = identityOf(path, piece?.path ?? path)
      const features = store?.load(id) ?? null
      const heard = { sound, ...analyzer.analyze(sound, features) }
      if (features === null && heard.features !== null) store?.save(id, heard.features)
      known.set(path, heard)
      return heard
    },
  }
}

/** The pieces of one file are mostly read one after the other: the last file stays in memory. */
function createPartReader(): (piece: Piece) => Promise<Sound> {
  let last: { readonly path: string; readonly sound: Sound } | null = null
  return async ({ path, startSec, endSec }) => {
    if (last?.path !== path) last = { path, sound: await readSound(path) }
    const { samples, rateHz } = last.sound
    return { rateHz, samples: samples.slice(Math.round(startSec * rateHz), Math.round(endSec * rateHz)) }
  }
}

/** Of a file as it lies there: another content is another identity. */
function identityOf(path: string, filePath: string): string {
  const { size, mtimeMs } = statSync(filePath)
  return JSON.stringify([path, size, mtimeMs])
}
