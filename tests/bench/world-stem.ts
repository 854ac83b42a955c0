import type { Kernels } from '../../src/shared/kernels/kernels.ts'
import { d4c, forEachEnvelope, harvest, lowBandShares } from '../../src/shared/world/index.ts'
import { sungTone } from './world-stages.ts'

/** Frames whose aperiodicity is held at once: a second of them. */
const BLOCK_FRAMES = 200

/** A stem's analysis as a long file needs it: pitch, envelopes and aperiodicity, none of the spectra held. */
export function analyzePart(fs: number, durationSec: number, kernels: Kernels): number {
  const x = sungTone(fs, durationSec)
  const f0 = harvest(x, fs, {}, kernels.pitch)
  let sum = 0
  const take = (_frame: number, power: Float64Array): void => {
    sum += power[10]
  }
  forEachEnvelope(x, fs, f0, {}, take, kernels.envelopes)
  const shares = lowBandShares(x, fs, f0, {}, kernels.aperiodicity)
  for (let firstFrame = 0; firstFrame < f0.length; firstFrame += BLOCK_FRAMES) {
    const lastFrame = Math.min(firstFrame + BLOCK_FRAMES, f0.length) - 1
    sum += d4c(x, fs, f0, { firstFrame, lastFrame, lowBandShares: shares }, kernels.aperiodicity).values[10]
  }
  return sum
}
