import { noStatistics, type EmotionStatistics } from '../../src/shared/conversion/emotions/definition.ts'
import type { StatisticsModel } from '../../src/shared/conversion/emotions/statistics-model.ts'
import type { StatisticsCard } from '../../src/shared/formats/emotion-card.ts'

const table = (emotionId: string, pitchOffsetOctaves: number): EmotionStatistics => ({
  ...noStatistics(emotionId),
  pitchOffsetOctaves,
  breathDb: 1.5,
  shapeOffset: Float32Array.from({ length: 64 }, (_, band) => Math.sin(band)),
})

/** Tables of two emotions that nobody showed. */
export const tinyTables: StatisticsModel = {
  emotions: ['angry', 'sad'],
  tables: [table('angry', 0.25), table('sad', -0.125)],
}

export const tinyTablesCard: StatisticsCard = {
  name: 'Tables',
  translator: 'statistics',
  licence: 'CC0-1.0',
  trainedOn: 'nothing',
  clipCount: 6,
  personCount: 1,
  clipsSec: 9,
  createdAtMs: 1,
  software: 'Understudy',
}
