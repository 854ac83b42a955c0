import type { Numbers } from '../../dsp/numbers.ts'
import { countVoiced, throughUnvoiced } from '../auxiliary.ts'
import { activeFrames } from '../features.ts'
import { isZero, valueAt, type OverFrames } from '../over-frames.ts'
import type { EmotionStatistics } from './definition.ts'
import { noteCenters } from './note-centers.ts'

/** A frame's loudness is changed by no more than these, ln of power: −26 and +13 dB. */
const MOST_SOFTER = -6
const MOST_LOUDER = 3

/**
 * Octaves by which pitch moves per 5 ms frame, or null for the identity. Spoken: offset and spread around the mean of the voiced
 * frames. Sung: the notes stay where they are, and only what moves around them (scoops, vibrato) is spread.
 * An intensity of 0 is the identity.
 */
export function expressPitch(
  f0: Numbers,
  statistics: EmotionStatistics,
  intensity: OverFrames,
  isSung: boolean,
): Float64Array | null {
  if (isZero(intensity) || countVoiced(f0) === 0) return null
  const pitch = throughUnvoiced(f0, Math.log2)
  const centers = isSung ? noteCenters(f0) : new Float64Array(pitch.length).fill(voicedMean(f0))
  const offset = isSung ? 0 : statistics.pitchOffsetOctaves
  return pitch.map((value, frame) => {
    const a = valueAt(intensity, frame)
    const spread = Math.exp(a * statistics.pitchSpreadLogRatio)
    return (value - centers[frame]) * (spread - 1) + a * offset
  })
}

/** Change of ln power per 5 ms frame, or null for the identity: energies spread around their mean over active frames. */
export function expressLevel(
  frameEnergies: Numbers,
  statistics: EmotionStatistics,
  intensity: OverFrames,
): Float64Array | null {
  if (isZero(intensity)) return null
  const active = activeFrames(frameEnergies)
  let sum = 0
  let count = 0
  for (let frame = 0; frame < frameEnergies.length; frame++) {
    if (!active[frame]) continue
    sum += frameEnergies[frame]
    count++
  }
  const mean = sum / Math.max(count, 1)
  return Float64Array.from(frameEnergies, (energy, frame) => {
    const spread = Math.exp(valueAt(intensity, frame) * statistics.energySpreadLogRatio)
    return Math.min(Math.max((energy - mean) * (spread - 1), MOST_SOFTER), MOST_LOUDER)
  })
}

function voicedMean(f0: Numbers): number {
  let sum = 0
  for (const hz of f0) if (hz > 0) sum += Math.log2(hz)
  return sum / countVoiced(f0)
}
