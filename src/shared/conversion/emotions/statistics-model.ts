import type { EmotionStatistics } from './definition.ts'

/** What tables know: a table for each emotion, in the same order; neutral is not among them. */
export interface StatisticsModel {
  readonly emotions: readonly string[]
  readonly tables: readonly EmotionStatistics[]
}
