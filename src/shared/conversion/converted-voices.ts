import type { Numbers } from '../dsp/numbers.ts'
import { BAND_COUNT } from '../networks/spectral-autoencoder/config.ts'
import { frameEnergy, removeLowMean } from './features.ts'
import { interpolatedFrames, type ReadFrame } from './frame-rates.ts'
import type { FrameRows } from './frame-rows.ts'
import { valueAt, type OverFrames } from './over-frames.ts'
import type { SourceFeatures } from './source-features.ts'
import { createCepstralAccumulator, createVarianceFilter } from './variance-filter.ts'

/** One singer of a blend, who sings the whole source. */
export interface ConvertedVoice {
  /** At 10 ms, as `convertShapes` gives them. */
  readonly shapes: FrameRows
  /** The singer's own variance of cepstra (64). */
  readonly targetVariance: Numbers
  readonly share: OverFrames
}

/**
 * Writes ln power of a converted frame at 5 ms: every singer's, spread over time as that singer's own, mixed in the
 * logarithm by their shares, with the source's energy. Where a share is 1 the frame is the single singer's bit for bit.
 */
export function blendReader(
  features: SourceFeatures,
  voices: readonly ConvertedVoice[],
): (frame: number, output: Float64Array) => void {
  const readers = voices.map((voice) => spreadReader(features, voice))
  const one = new Float64Array(BAND_COUNT)
  return (frame, output) => {
    output.fill(0)
    readers.forEach((read, index) => {
      const share = valueAt(voices[index].share, frame)
      if (share === 0) return
      read(frame, one)
      for (let band = 0; band < BAND_COUNT; band++) output[band] += share * one[band]
    })
    const lift = features.energies[frame] - frameEnergy(output, 0)
    for (let band = 0; band < BAND_COUNT; band++) output[band] += lift
  }
}

/** A singer's shapes at 5 ms after the post-filter, whose statistics are of the whole file. */
function spreadReader(features: SourceFeatures, { shapes, targetVariance }: ConvertedVoice): ReadFrame {
  const readFrame = interpolatedFrames(shapes)
  const readShape = (frame: number, output: Float64Array) => {
    readFrame(frame, output)
    removeLowMean(output, 0)
  }
  const accumulator = createCepstralAccumulator()
  const shape = new Float64Array(BAND_COUNT)
  for (let frame = 0; frame < features.frameCount; frame++) {
    if (!features.active[frame]) continue
    readShape(frame, shape)
    accumulator.add(shape, 0)
  }
  const filter = createVarianceFilter(accumulator.statistics(), targetVariance)
  return (frame, output) => {
    readShape(frame, output)
    filter(output, 0)
  }
}
