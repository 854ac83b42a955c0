import type { KnownAnalysis } from '../../src/shared/conversion/known-analysis.ts'
import { openKnownInMemory } from '../../src/shared/conversion/known-in-memory.ts'

const known = new WeakMap<Float32Array, KnownAnalysis>()

/**
 * What conversions of this very array found out before: for tests of what is made of a voice, which need not find its
 * pitch and timbre again each time. That a conversion gives the same bits so is a test of its own.
 */
export function knownOf(sound: Float32Array): KnownAnalysis {
  const earlier = known.get(sound)
  if (earlier !== undefined) return earlier
  const analysis = { sourceKey: 'this array', numbers: openKnownInMemory(Infinity) }
  known.set(sound, analysis)
  return analysis
}
