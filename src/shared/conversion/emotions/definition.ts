/**
 * How an emotion differs from neutral, one number each; 0 where it does not. Ratios are natural logarithms of the ratio
 * of deviations within a clip.
 */
export interface EmotionScalars {
  /** Mean log2 f0. */
  readonly pitchOffsetOctaves: number
  /** Slope of the pitch over a phrase. */
  readonly pitchSlopeOctavesPerSec: number
  /** Range of the pitch, without what trembles in it. */
  readonly pitchSpreadLogRatio: number
  /** Vibrato and tremor: what moves at some 3 to 15 Hz. */
  readonly tremorLogRatio: number
  /** ln of the ratio of their rates. */
  readonly tremorRateLogRatio: number
  /** What moves from period to period. */
  readonly jitterLogRatio: number
  /** Dynamics over syllables. */
  readonly energySpreadLogRatio: number
  /** Shimmer and what else moves the loudness faster. */
  readonly energyModulationLogRatio: number
  /** Noise against harmonics. */
  readonly breathDb: number
}

/** What an emotion changes in a voice, learned from speakers who performed it and neutral (`learn-statistics.ts`). */
export interface EmotionStatistics extends EmotionScalars {
  readonly emotionId: string
  /** Mean shape over loud voiced frames against neutral, ln of power per band (64): tilt and color. */
  readonly shapeOffset: Float32Array
  /** Logarithmic ratio of the deviation of each cepstrum of the shape (64): how far the mouth moves. */
  readonly articulationLogRatios: Float32Array
}

/** A person counts for an emotion with at least this many clips of it, and as many of neutral. */
export const FEWEST_CLIPS_OF_EACH = 2

/** A table in which nothing differs. */
export const noStatistics = (emotionId: string): EmotionStatistics => ({
  emotionId,
  pitchOffsetOctaves: 0,
  pitchSlopeOctavesPerSec: 0,
  pitchSpreadLogRatio: 0,
  tremorLogRatio: 0,
  tremorRateLogRatio: 0,
  jitterLogRatio: 0,
  energySpreadLogRatio: 0,
  energyModulationLogRatio: 0,
  breathDb: 0,
  shapeOffset: new Float32Array(64),
  articulationLogRatios: new Float32Array(64),
})

/** An emotion as one chooses it. */
export interface EmotionDefinition {
  readonly id: string
  readonly label: string
  /** The gesture of the voice that its glyph draws. */
  readonly gesture: 'flat' | 'rising' | 'falling' | 'arched' | 'jagged' | 'trembling'
}
