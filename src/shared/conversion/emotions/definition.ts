/** What an emotion changes in a voice, learned from speakers who performed it and neutral (`learn-statistics.ts`). */
export interface EmotionStatistics {
  readonly emotionId: string
  /** Mean log2 f0 against neutral. */
  readonly pitchOffsetOctaves: number
  /** ln of the ratio of within-clip deviation of log2 f0. */
  readonly pitchSpreadLogRatio: number
  /** Mean shape over active frames against neutral, ln of power per band (64). */
  readonly shapeOffset: Float32Array
  /** ln of the ratio of within-clip deviation of energy. */
  readonly energySpreadLogRatio: number
}

/** An emotion as one chooses it. */
export interface EmotionDefinition {
  readonly id: string
  readonly label: string
  /** The gesture of the voice that its glyph draws. */
  readonly gesture: 'flat' | 'rising' | 'falling' | 'arched' | 'jagged' | 'trembling'
}
