import type { Numbers } from '../../dsp/numbers.ts'
import { throughUnvoiced } from '../auxiliary.ts'
import { FRAMES_PER_SEC } from '../features.ts'
import { splitMovements } from './movements.ts'
import { voicedRuns } from './voiced-runs.ts'

/** Voices tremble and sing vibrato between these. */
const SLOWEST_HZ = 3.5
const FASTEST_HZ = 9
/** A run of voice must hold this long to have a rate: two periods of the slowest. */
const SHORTEST_SEC = 0.6
/** Share of the variance that returns after a period; less is chance. */
const LEAST_REGULARITY = 0.35

/** Rate of vibrato or tremor, weighted by how long it lasts; null where nothing is regular. f0 in Hz per 5 ms. */
export function tremorRateHz(f0: Numbers): number | null {
  let total = 0
  let weight = 0
  for (const { startFrame, endFrame } of voicedRuns(f0, SHORTEST_SEC * FRAMES_PER_SEC)) {
    const { tremor } = splitMovements(throughUnvoiced(f0.subarray(startFrame, endFrame), Math.log2))
    const found = regularLag(tremor)
    if (found === null) continue
    total += (endFrame - startFrame) * (FRAMES_PER_SEC / found)
    weight += endFrame - startFrame
  }
  return weight === 0 ? null : total / weight
}

/** The lag in frames at which the curve is likest to itself; null where that is not much. */
function regularLag(curve: Float64Array): number | null {
  let best = LEAST_REGULARITY
  let lagFrames: number | null = null
  for (let lag = Math.ceil(FRAMES_PER_SEC / FASTEST_HZ); lag <= FRAMES_PER_SEC / SLOWEST_HZ; lag++) {
    let [product, before, after] = [0, 0, 0]
    for (let frame = lag; frame < curve.length; frame++) {
      product += curve[frame] * curve[frame - lag]
      before += curve[frame - lag] ** 2
      after += curve[frame] ** 2
    }
    const regularity = product / Math.sqrt(before * after + 1e-12)
    if (regularity > best) [best, lagFrames] = [regularity, lag]
  }
  return lagFrames
}
