import type { Numbers } from '../dsp/numbers.ts'
import { BAND_COUNT } from '../networks/spectral-autoencoder/config.ts'
import type { SpectralChange } from './differential-filter.ts'
import type { EmotionStatistics } from './emotions/definition.ts'
import { expressLevel, intensityAt, isNothing, type Intensity } from './emotions/express.ts'
import { frameEnergy, removeLowMean } from './features.ts'
import { interpolatedFrames } from './frame-rates.ts'
import type { FrameRows } from './frame-rows.ts'
import type { SourceFeatures } from './source-features.ts'
import { createCepstralAccumulator, createVarianceFilter } from './variance-filter.ts'

/** Unvoiced frames are changed half as much: their hiss says little of a voice and tears easily. */
const UNVOICED_SHARE = 0.5
/** Frames averaged when a share changes from frame to frame. */
const SMOOTHING_FRAMES = 5
/** Under the active threshold the change fades out over this, ln of power, so that room tone is not shaped. */
const FADE_RANGE = 2

export interface ChangeRequest {
  /** Converted shapes at 10 ms, or null for none. */
  readonly shapes: FrameRows | null
  /** The singers' own variance of cepstra (64). */
  readonly targetVariance: Numbers
  readonly strength: number
  readonly emotion: EmotionStatistics | null
  readonly intensity: Intensity
}

/** What the filter has to do to the source, frame by frame, computed when asked for. */
export function spectralChange(features: SourceFeatures, request: ChangeRequest): SpectralChange {
  const { emotion, intensity } = request
  const isExpressed = emotion !== null && !isNothing(intensity)
  const share = changeShare(features)
  const readConverted = request.shapes ? convertedReader(features, request.shapes, request.targetVariance) : null
  const source = new Float64Array(BAND_COUNT)
  const level = isExpressed ? expressLevel(features.energies, emotion, intensity) : null
  return {
    frameCount: features.frameCount,
    readDifference(frame, difference) {
      difference.fill(0)
      if (readConverted) {
        readConverted(frame, difference)
        features.lm.read(frame, source)
        for (let band = 0; band < BAND_COUNT; band++)
          difference[band] = (difference[band] - source[band]) * request.strength
      }
      if (isExpressed) {
        const a = intensityAt(intensity, frame)
        for (let band = 0; band < BAND_COUNT; band++) difference[band] += a * emotion.shapeOffset[band]
      }
      for (let band = 0; band < BAND_COUNT; band++) difference[band] *= share[frame]
    },
    ...(level && { levelChange: level.map((change, frame) => change * activity(features, frame)) }),
  }
}

/** Writes ln power of a converted frame at 5 ms: spread over time as the singer's, with the source's energy. */
function convertedReader(
  features: SourceFeatures,
  shapes: FrameRows,
  targetVariance: Numbers,
): (frame: number, output: Float64Array) => void {
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
    const lift = features.energies[frame] - frameEnergy(output, 0)
    for (let band = 0; band < BAND_COUNT; band++) output[band] += lift
  }
}

/** 0…1 per frame: how much of the change is made there. */
function changeShare(features: SourceFeatures): Float64Array {
  const wanted = features.energies.map(
    (_, frame) => activity(features, frame) * (features.f0[frame] > 0 ? 1 : UNVOICED_SHARE),
  )
  const reach = (SMOOTHING_FRAMES - 1) / 2
  return wanted.map((_, frame) => {
    const first = Math.max(0, frame - reach)
    const last = Math.min(wanted.length - 1, frame + reach)
    let sum = 0
    for (let at = first; at <= last; at++) sum += wanted[at]
    return sum / (last - first + 1)
  })
}

const activity = ({ energies, activeThreshold }: SourceFeatures, frame: number) =>
  Math.min(Math.max((energies[frame] - activeThreshold) / FADE_RANGE + 1, 0), 1)
