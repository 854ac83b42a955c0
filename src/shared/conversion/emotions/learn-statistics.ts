import { BAND_COUNT } from '../../networks/spectral-autoencoder/config.ts'
import { melBands } from '../features.ts'
import { FEWEST_CLIPS_OF_EACH, type EmotionStatistics } from './definition.ts'
import type { ClipMeasure } from './measure-clip.ts'
import { NEUTRAL_ID } from './registry.ts'

const HIGHEST_TRUSTED_HZ = 7000

export interface EmotionClip {
  readonly speakerId: string
  /** An emotion's id, or `neutral`. */
  readonly emotionId: string
  readonly measure: ClipMeasure
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
    return differences.length === 0 ? [] : [meanOfTables(emotionId, differences)]
  })
}

type Difference = Omit<EmotionStatistics, 'emotionId'>

function speakerDifference(clips: readonly EmotionClip[], speakerId: string, emotionId: string): Difference | null {
  const of = (id: string) =>
    clips.filter((clip) => clip.speakerId === speakerId && clip.emotionId === id).map((clip) => clip.measure)
  const [neutral, emotional] = [of(NEUTRAL_ID), of(emotionId)]
  if (neutral.length < FEWEST_CLIPS_OF_EACH || emotional.length < FEWEST_CLIPS_OF_EACH) return null
  const difference = (number: (measure: ClipMeasure) => number) =>
    mean(emotional.map(number)) - mean(neutral.map(number))
  const logRatio = (number: (measure: ClipMeasure) => number) => difference((measure) => Math.log(number(measure)))
  const perBand = (number: (measure: ClipMeasure, band: number) => number) =>
    Float32Array.from({ length: BAND_COUNT }, (_, band) => difference((measure) => number(measure, band)))
  const shapeOffset = perBand((measure, band) => measure.meanShape[band])
  return {
    pitchOffsetOctaves: difference((measure) => measure.meanLog2F0),
    pitchSlopeOctavesPerSec: difference((measure) => measure.pitchSlopeOctavesPerSec),
    pitchSpreadLogRatio: logRatio((measure) => measure.pitchDeviation),
    tremorLogRatio: logRatio((measure) => measure.tremorDeviation),
    tremorRateLogRatio: rateLogRatio(neutral, emotional),
    jitterLogRatio: logRatio((measure) => measure.jitterDeviation),
    energySpreadLogRatio: logRatio((measure) => measure.energyDeviation),
    energyModulationLogRatio: logRatio((measure) => measure.energyModulation),
    breathDb: difference((measure) => measure.breathDb),
    shapeOffset: heldHigh(shapeOffset),
    articulationLogRatios: perBand((measure, band) => Math.log(measure.articulation[band])),
  }
}

/** The edge takes the mean of this many bands beside it. */
const EDGE_BANDS = 5

/** Over 7 kHz a shape says what the recording could hold: there the nearest bands that speak of the voice go on. */
function heldHigh(shapeOffset: Float32Array): Float32Array {
  const end = melBands().centersHz.findIndex((hz) => hz > HIGHEST_TRUSTED_HZ)
  const high = mean(Array.from(shapeOffset.subarray(end - EDGE_BANDS, end)))
  return shapeOffset.map((value, band) => (band >= end ? high : value))
}

/** 0 where one of them has no regular rate in at least two clips: of a table without vibrato nothing is claimed. */
function rateLogRatio(neutral: readonly ClipMeasure[], emotional: readonly ClipMeasure[]): number {
  const rates = [neutral, emotional].map((all) =>
    all.map(({ tremorRateHz }) => tremorRateHz).filter((hz) => hz !== null),
  )
  if (rates.some((known) => known.length < FEWEST_CLIPS_OF_EACH)) return 0
  const [before, after] = rates.map((known) => mean(known.map(Math.log)))
  return after - before
}

function meanOfTables(emotionId: string, tables: readonly Difference[]): EmotionStatistics {
  const number = (of: (table: Difference) => number) => mean(tables.map(of))
  const bands = (of: (table: Difference) => Float32Array) =>
    Float32Array.from({ length: BAND_COUNT }, (_, band) => number((table) => of(table)[band]))
  return {
    emotionId,
    pitchOffsetOctaves: number((table) => table.pitchOffsetOctaves),
    pitchSlopeOctavesPerSec: number((table) => table.pitchSlopeOctavesPerSec),
    pitchSpreadLogRatio: number((table) => table.pitchSpreadLogRatio),
    tremorLogRatio: number((table) => table.tremorLogRatio),
    tremorRateLogRatio: number((table) => table.tremorRateLogRatio),
    jitterLogRatio: number((table) => table.jitterLogRatio),
    energySpreadLogRatio: number((table) => table.energySpreadLogRatio),
    energyModulationLogRatio: number((table) => table.energyModulationLogRatio),
    breathDb: number((table) => table.breathDb),
    shapeOffset: bands((table) => table.shapeOffset),
    articulationLogRatios: bands((table) => table.articulationLogRatios),
  }
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
