import { BAND_COUNT } from '../../../networks/spectral-autoencoder/config.ts'
import { frameEnergy } from '../../features.ts'
import type { FrameRows } from '../../frame-rows.ts'
import { valueAt, type OverFrames } from '../../over-frames.ts'
import type { RegionCode } from './region-code.ts'

/** A frame's loudness is changed by no more than these, ln of power: −26 and +13 dB. */
const MOST_SOFTER = -6
const MOST_LOUDER = 3

/**
 * How a change of the bands moves the loudness of each frame, ln of power. Clips were brought to one peak before they
 * were learned from, so that the mean over the region says nothing: it goes, in proportion to the intensity.
 */
export function levelOf(lm: FrameRows, shapes: FrameRows, region: RegionCode, intensity: OverFrames): Float64Array {
  const row = new Float64Array(BAND_COUNT)
  const change = new Float64Array(BAND_COUNT)
  const level = Float64Array.from({ length: region.frameCount }, (_, frame) => {
    if (valueAt(intensity, frame) === 0) return 0
    lm.read(frame, row)
    shapes.read(frame, change)
    for (let band = 0; band < BAND_COUNT; band++) row[band] += change[band]
    return frameEnergy(row, 0) - region.energies[frame]
  })
  let [sum, weight] = [0, 0]
  for (let frame = 0; frame < level.length; frame++) {
    if (region.active[frame] === 0) continue
    sum += level[frame]
    weight += valueAt(intensity, frame)
  }
  const common = weight === 0 ? 0 : sum / weight
  return level.map((value, frame) =>
    Math.min(Math.max(value - common * valueAt(intensity, frame), MOST_SOFTER), MOST_LOUDER),
  )
}
