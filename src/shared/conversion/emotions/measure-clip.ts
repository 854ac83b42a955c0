import type { Numbers } from '../../dsp/numbers.ts'
import { throughUnvoiced } from '../auxiliary.ts'
import type { ClipFeatures } from '../clip-features.ts'
import { shapeReader } from '../encoder-input.ts'
import { ACTIVE_RANGE, energies, FRAMES_PER_SEC, loudEnergy } from '../features.ts'
import { rowsOf } from '../frame-rows.ts'
import { ratiosDb } from '../harmonics-to-noise.ts'
import { createCepstralAccumulator } from '../variance-filter.ts'
import { splitMovements } from './movements.ts'
import { findPhrases } from './phrases.ts'
import { tremorRateHz } from './tremor-rate.ts'

/** Deviations are held above these, so that a monotone or very short clip gives a number. */
const LEAST_OCTAVES = 1e-3
const LEAST_NEPERS = 1e-2
const LEAST_CEPSTRUM = 1e-2
const FEWEST_VOICED_FRAMES = 10
/** Color is measured where the voice is within this of its loud frames (15 dB): further down a recording's room is in it. */
const LOUD_RANGE = 3.45
/** Breath is measured from 1 to 6 kHz: below lies what harmonics are made of, above many recordings end. */
const BREATH_BANDS = [1, 2, 3] as const

/** What one clip contributes: the absolute value of everything in `EmotionStatistics`, deviations as such. */
export interface ClipMeasure {
  readonly meanLog2F0: number
  readonly pitchSlopeOctavesPerSec: number
  readonly pitchDeviation: number
  readonly tremorDeviation: number
  /** Null where nothing trembles regularly. */
  readonly tremorRateHz: number | null
  readonly jitterDeviation: number
  readonly energyDeviation: number
  readonly energyModulation: number
  readonly breathDb: number
  /** Mean shape over loud voiced frames (64). */
  readonly meanShape: Float64Array
  /** Deviation of the shape's cepstra over active frames (64). */
  readonly articulation: Float64Array
}

/** Measures a clip; null when hardly anything is voiced. */
export function measureClip({
  lm,
  f0,
  harmonicsToNoise,
}: Pick<ClipFeatures, 'lm' | 'f0' | 'harmonicsToNoise'>): ClipMeasure | null {
  const voiced = framesWhere(f0.length, (frame) => f0[frame] > 0)
  if (voiced.length < FEWEST_VOICED_FRAMES) return null
  const pitch = throughUnvoiced(f0, Math.log2)
  const { contour, tremor, jitter } = splitMovements(pitch)
  const frameEnergies = energies(lm)
  const loud = loudEnergy(frameEnergies)
  const active = framesWhere(f0.length, (frame) => frameEnergies[frame] > loud - ACTIVE_RANGE)
  const level = splitMovements(frameEnergies.map((energy) => Math.max(energy, loud - ACTIVE_RANGE)))
  const ratios = ratiosDb(harmonicsToNoise)
  return {
    meanLog2F0: meanOver(pitch, voiced),
    pitchSlopeOctavesPerSec: pitchSlope(pitch, f0),
    pitchDeviation: Math.max(deviationOver(contour, voiced), LEAST_OCTAVES),
    tremorDeviation: Math.max(deviationOver(tremor, voiced), LEAST_OCTAVES),
    tremorRateHz: tremorRateHz(f0),
    jitterDeviation: Math.max(deviationOver(jitter, voiced), LEAST_OCTAVES / 10),
    energyDeviation: Math.max(deviationOver(level.contour, active), LEAST_NEPERS),
    energyModulation: Math.max(
      deviationOver(
        level.tremor.map((value, frame) => value + level.jitter[frame]),
        active,
      ),
      LEAST_NEPERS,
    ),
    breathDb: -BREATH_BANDS.reduce((sum, band) => sum + ratios[band], 0) / BREATH_BANDS.length,
    ...measureShapes(
      lm,
      voiced.filter((frame) => frameEnergies[frame] > loud - LOUD_RANGE),
      active,
    ),
  }
}

function measureShapes(lm: Numbers, loud: readonly number[], active: readonly number[]) {
  const readShape = shapeReader(rowsOf(lm), 1)
  const shape = new Float64Array(64)
  const meanShape = new Float64Array(64)
  for (const frame of loud) {
    readShape(frame, shape)
    shape.forEach((value, band) => (meanShape[band] += value / loud.length))
  }
  const cepstra = createCepstralAccumulator()
  for (const frame of active) {
    readShape(frame, shape)
    cepstra.add(shape, 0)
  }
  const { variance } = cepstra.statistics()
  return { meanShape, articulation: variance.map((value) => Math.max(Math.sqrt(value), LEAST_CEPSTRUM)) }
}

/** Mean over the phrases of the line of least squares, by their lengths. */
function pitchSlope(pitch: Numbers, f0: Numbers): number {
  let covariance = 0
  let variance = 0
  for (const { startFrame, endFrame } of findPhrases(f0)) {
    const frames = framesWhere(endFrame - startFrame, (at) => f0[startFrame + at] > 0).map((at) => startFrame + at)
    const [center, level] = [meanOf(frames), meanOver(pitch, frames)]
    for (const frame of frames) {
      covariance += (frame - center) * (pitch[frame] - level)
      variance += (frame - center) ** 2
    }
  }
  return variance === 0 ? 0 : (covariance / variance) * FRAMES_PER_SEC
}

const framesWhere = (count: number, isIn: (frame: number) => boolean): number[] =>
  Array.from({ length: count }, (_, frame) => frame).filter(isIn)

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

const meanOver = (values: Numbers, frames: readonly number[]): number =>
  frames.reduce((sum, frame) => sum + values[frame], 0) / frames.length

function deviationOver(values: Numbers, frames: readonly number[]): number {
  const mean = meanOver(values, frames)
  return Math.sqrt(frames.reduce((sum, frame) => sum + (values[frame] - mean) ** 2, 0) / frames.length)
}
