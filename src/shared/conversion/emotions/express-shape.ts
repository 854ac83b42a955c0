import { createDct } from '../../dsp/dct.ts'
import { BAND_COUNT } from '../../networks/spectral-autoencoder/config.ts'
import { melBands, removeLowMean } from '../features.ts'
import { valueAt } from '../over-frames.ts'
import type { SourceFeatures } from '../source-features.ts'
import { createCepstralAccumulator } from '../variance-filter.ts'
import type { EmotionStatistics } from './definition.ts'
import type { EmotionManner } from './prepared-emotion.ts'

/**
 * How far a table's articulation is followed, and from which cepstrum on there is grain, not a mouth. Finer movements
 * of speech tell whose they are, and half as far is heard nearly as much; chosen on five of the ten people of EmoDB
 * (`models/train/EXPERIMENTS.md`). Singing, which keeps its melody, is heard by them.
 */
const SPOKEN_MOUTH = { share: 0.5, end: 7 }
const SUNG_MOUTH = { share: 1, end: 20 }
/** The mouth's movements are made at most this much larger or smaller. */
const GREATEST_ARTICULATION_LOG = Math.log(1.6)

/** Under the lowest harmonics a shape says where the pitch is. */
const LOWEST_WITHOUT_PITCH_HZ = 350
/** The edge takes the mean of this many bands beside it. */
const EDGE_BANDS = 5

/**
 * Adds to frames what an emotion does to their shape: tilt and color as a constant, and the mouth's movements around
 * the sound's own mean shape made larger or smaller.
 */
export function shapeExpression(
  { lm, active, frameCount }: Pick<SourceFeatures, 'lm' | 'active' | 'frameCount'>,
  { shapeOffset, articulationLogRatios }: EmotionStatistics,
  { intensity, isSung }: EmotionManner,
): (frame: number, difference: Float64Array) => void {
  const offset = isSung ? heldLow(shapeOffset) : shapeOffset
  const mouth = isSung ? SUNG_MOUTH : SPOKEN_MOUTH
  const dct = createDct(BAND_COUNT)
  const shape = new Float64Array(BAND_COUNT)
  const cepstra = new Float64Array(BAND_COUNT)
  const accumulator = createCepstralAccumulator()
  for (let frame = 0; frame < frameCount; frame++) {
    if (!active[frame]) continue
    lm.read(frame, shape)
    removeLowMean(shape, 0)
    accumulator.add(shape, 0)
  }
  const { mean } = accumulator.statistics()
  const move = new Float64Array(BAND_COUNT)
  return (frame, difference) => {
    const a = valueAt(intensity, frame)
    lm.read(frame, shape)
    removeLowMean(shape, 0)
    dct.forward(shape, 0, cepstra, 0)
    move.fill(0)
    for (let k = 1; k < mouth.end; k++) {
      const logRatio = Math.min(
        Math.max(mouth.share * a * articulationLogRatios[k], -GREATEST_ARTICULATION_LOG),
        GREATEST_ARTICULATION_LOG,
      )
      move[k] = (cepstra[k] - mean[k]) * Math.expm1(logRatio)
    }
    dct.inverse(move, 0, shape, 0)
    for (let band = 0; band < BAND_COUNT; band++) difference[band] += a * offset[band] + shape[band]
  }
}

/** Sung notes stay where they are, and so does what lies under them: the nearest bands that speak of the color go on. */
function heldLow(shapeOffset: Float32Array): Float32Array {
  const first = melBands().centersHz.findIndex((hz) => hz >= LOWEST_WITHOUT_PITCH_HZ)
  const low = shapeOffset.subarray(first, first + EDGE_BANDS).reduce((sum, value) => sum + value / EDGE_BANDS, 0)
  return shapeOffset.map((value, band) => (band < first ? low : value))
}
