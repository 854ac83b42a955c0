import { isZero, valueAt } from '../over-frames.ts'
import type { EmotionStatistics } from './definition.ts'
import { emotionColors, type EmotionColors } from './emotion-colors.ts'
import { expressLevel } from './express-level.ts'
import { expressPitch } from './express-pitch.ts'
import { shapeExpression } from './express-shape.ts'
import type { PreparedEmotion } from './prepared-emotion.ts'

/** Breath is not changed by more than this. */
const GREATEST_BREATH_DB = 9

/** Emotions by tables that were learned together, in their order. */
export function preparedTables(tables: readonly EmotionStatistics[]): PreparedEmotion[] {
  const colors = emotionColors(tables)
  return tables.map((table, index) => preparedStatistics(table, colors[index]))
}

/** An emotion by its table: everything in proportion to the intensity of each frame. */
export const preparedStatistics = (
  statistics: EmotionStatistics,
  { spoken, sung }: EmotionColors = { spoken: statistics.shapeOffset, sung: statistics.shapeOffset },
): PreparedEmotion => ({
  emotionId: statistics.emotionId,
  pitch: (f0, manner) => expressPitch(f0, statistics, manner),
  breath(f0, { intensity }) {
    const { breathDb } = statistics
    if (isZero(intensity) || breathDb === 0) return null
    return Float64Array.from(f0, (_, frame) =>
      Math.min(Math.max(valueAt(intensity, frame) * breathDb, -GREATEST_BREATH_DB), GREATEST_BREATH_DB),
    )
  },
  timbre(features, manner) {
    const { intensity } = manner
    if (isZero(intensity)) return null
    return {
      addShape: shapeExpression(features, { ...statistics, shapeOffset: manner.isSung ? sung : spoken }, manner),
      level: expressLevel(features.energies, statistics, intensity),
    }
  },
})
