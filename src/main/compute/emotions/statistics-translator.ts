import { preparedTables } from '../../../shared/conversion/emotions/statistics.ts'
import { readEmotionTables } from '../models/emotion-tables.ts'
import type { EmotionTranslator } from './emotion-model.ts'

/** Tables of how emotional voices differ from the same voices neutral. */
export const statisticsTranslator: EmotionTranslator = {
  id: 'statistics',
  openModel(folder) {
    const tables = readEmotionTables(folder)
    const prepared = new Map(preparedTables([...tables.values()]).map((emotion) => [emotion.emotionId, emotion]))
    return {
      emotionIds: [...prepared.keys()],
      prepare(emotionId) {
        const emotion = prepared.get(emotionId)
        if (emotion === undefined) throw new Error(`no table for ${emotionId}`)
        return emotion
      },
    }
  },
}
