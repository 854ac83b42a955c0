import type { Numbers } from '../../dsp/numbers.ts'
import { BAND_COUNT } from '../../networks/spectral-autoencoder/config.ts'
import { activeMeanShape, shapeReader } from '../encoder-input.ts'
import { activeFrames, energies } from '../features.ts'
import { rowsOf } from '../frame-rows.ts'
import type { EmotionStatistics } from './definition.ts'
import { NEUTRAL_ID } from './registry.ts'

/** A speaker counts for an emotion with at least this many clips of it and of neutral. */
const FEWEST_CLIPS = 2
/** Deviations are held above these, so that a monotone or very short clip gives a number. */
const LEAST_PITCH_DEVIATION = 1e-3
const LEAST_ENERGY_DEVIATION = 1e-2
const FEWEST_VOICED_FRAMES = 10

/** What one clip contributes. */
export interface ClipMeasure {
  readonly meanLog2F0: number
  readonly pitchDeviation: number
  /** Mean shape over active frames (64). */
  readonly meanShape: Float64Array
  readonly energyDeviation: number
}

export interface EmotionClip {
  readonly speakerId: string
  /** An emotion's id, or `neutral`. */
  readonly emotionId: string
  readonly measure: ClipMeasure
}

/** Measures a clip from ln power [frames × 64] and f0 (Hz, 0 unvoiced) at 5 ms; null when hardly anything is voiced. */
export function measureClip(lm: Numbers, f0: Numbers): ClipMeasure | null {
  const voiced = Array.from(f0).filter((hz) => hz > 0)
  if (voiced.length < FEWEST_VOICED_FRAMES) return null
  const pitch = meanAndDeviation(voiced.map(Math.log2))
  const frameEnergies = energies(lm)
  const active = activeFrames(frameEnergies)
  const energy = meanAndDeviation(Array.from(frameEnergies).filter((_, frame) => active[frame]))
  return {
    meanLog2F0: pitch.mean,
    pitchDeviation: Math.max(pitch.deviation, LEAST_PITCH_DEVIATION),
    meanShape: activeMeanShape(frameEnergies.length, active, shapeReader(rowsOf(lm), 1)),
    energyDeviation: Math.max(energy.deviation, LEAST_ENERGY_DEVIATION),
  }
}

/**
 * Tables of emotions: per speaker with at least two neutral clips and two of the emotion the differences of their
 * means, averaged over speakers. An emotion that no speaker covers is left out. In the order of first appearance.
 */
export function learnStatistics(clips: readonly EmotionClip[]): EmotionStatistics[] {
  const emotionIds = [...new Set(clips.map((clip) => clip.emotionId))].filter((id) => id !== NEUTRAL_ID)
  const speakerIds = [...new Set(clips.map((clip) => clip.speakerId))]
  return emotionIds.flatMap((emotionId) => {
    const differences = speakerIds.flatMap((speakerId) => speakerDifference(clips, speakerId, emotionId) ?? [])
    return differences.length === 0 ? [] : [meanStatistics(emotionId, differences)]
  })
}

function speakerDifference(clips: readonly EmotionClip[], speakerId: string, emotionId: string): ClipMeasure | null {
  const of = (id: string) =>
    clips.filter((clip) => clip.speakerId === speakerId && clip.emotionId === id).map((clip) => clip.measure)
  const [neutral, emotional] = [of(NEUTRAL_ID), of(emotionId)]
  if (neutral.length < FEWEST_CLIPS || emotional.length < FEWEST_CLIPS) return null
  const difference = (number: (measure: ClipMeasure) => number) =>
    mean(emotional.map(number)) - mean(neutral.map(number))
  return {
    meanLog2F0: difference((measure) => measure.meanLog2F0),
    pitchDeviation: difference((measure) => Math.log(measure.pitchDeviation)),
    meanShape: Float64Array.from({ length: BAND_COUNT }, (_, band) => difference((measure) => measure.meanShape[band])),
    energyDeviation: difference((measure) => Math.log(measure.energyDeviation)),
  }
}

function meanStatistics(emotionId: string, differences: readonly ClipMeasure[]): EmotionStatistics {
  return {
    emotionId,
    pitchOffsetOctaves: mean(differences.map((difference) => difference.meanLog2F0)),
    pitchSpreadLogRatio: mean(differences.map((difference) => difference.pitchDeviation)),
    shapeOffset: Float32Array.from({ length: BAND_COUNT }, (_, band) =>
      mean(differences.map((difference) => difference.meanShape[band])),
    ),
    energySpreadLogRatio: mean(differences.map((difference) => difference.energyDeviation)),
  }
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

function meanAndDeviation(values: readonly number[]): { mean: number; deviation: number } {
  const center = mean(values)
  return { mean: center, deviation: Math.sqrt(mean(values.map((value) => (value - center) ** 2))) }
}
