import type { Numbers } from '../../dsp/numbers.ts'
import { ACTIVE_RANGE, activeFrames, loudEnergy } from '../features.ts'
import { isZero, valueAt, type OverFrames } from '../over-frames.ts'
import type { EmotionStatistics } from './definition.ts'
import { splitMovements } from './movements.ts'

/** A frame's loudness is changed by no more than these, ln of power: −26 and +13 dB. */
const MOST_SOFTER = -6
const MOST_LOUDER = 3

/**
 * Change of ln power per 5 ms frame, or null for the identity: dynamics over syllables and faster modulation spread
 * around the mean over active frames.
 */
export function expressLevel(
  frameEnergies: Numbers,
  { energySpreadLogRatio, energyModulationLogRatio }: EmotionStatistics,
  intensity: OverFrames,
): Float64Array | null {
  if (isZero(intensity)) return null
  const lowest = loudEnergy(frameEnergies) - ACTIVE_RANGE
  const { contour, tremor, jitter } = splitMovements(
    Float64Array.from(frameEnergies, (energy) => Math.max(energy, lowest)),
  )
  const mean = activeMean(contour, activeFrames(frameEnergies))
  return contour.map((slow, frame) => {
    const a = valueAt(intensity, frame)
    const dynamics = (slow - mean) * Math.expm1(a * energySpreadLogRatio)
    const modulation = (tremor[frame] + jitter[frame]) * Math.expm1(a * energyModulationLogRatio)
    return Math.min(Math.max(dynamics + modulation, MOST_SOFTER), MOST_LOUDER)
  })
}

function activeMean(values: Numbers, active: Uint8Array): number {
  let sum = 0
  let count = 0
  for (let frame = 0; frame < values.length; frame++) {
    if (!active[frame]) continue
    sum += values[frame]
    count++
  }
  return sum / Math.max(count, 1)
}
