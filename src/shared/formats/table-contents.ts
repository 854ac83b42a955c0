import * as z from 'zod'
import type { EmotionScalars, EmotionStatistics } from '../conversion/emotions/definition.ts'
import type { StatisticsModel } from '../conversion/emotions/statistics-model.ts'
import { EMOTION_NAME, hasTwice, MOST_EMOTIONS, type EmotionContents } from './emotion-contents.ts'
import { singles } from './model-tensors.ts'

const BANDS = 64
/** Each emotion's shape, articulation and scalars. */
const TENSORS_OF_EMOTION = 3
/** Octaves, logarithms and decibels far beyond any voice, and near enough that nothing computed from them overflows. */
const plausible = [-50, 50] as const

/** In the order in which a file holds them. */
export const emotionScalarNames = [
  'pitchOffsetOctaves',
  'pitchSlopeOctavesPerSec',
  'pitchSpreadLogRatio',
  'tremorLogRatio',
  'tremorRateLogRatio',
  'jitterLogRatio',
  'energySpreadLogRatio',
  'energyModulationLogRatio',
  'breathDb',
] as const satisfies readonly (keyof EmotionScalars)[]

const factsSchema = z.object({
  emotions: z.array(z.string().regex(EMOTION_NAME)).min(1).max(MOST_EMOTIONS),
  /** In the order in which they lie: a table of before a number was measured stays readable. */
  scalars: z.array(z.enum(emotionScalarNames)).min(1),
})

/** Tables of statistics, in single precision. */
export const tableContents: EmotionContents<StatisticsModel> = {
  write: ({ emotions, tables }) => ({
    facts: { emotions, scalars: emotionScalarNames },
    tensors: new Map(
      tables.flatMap((table) => [
        [`${table.emotionId}/shape`, singles(table.shapeOffset)],
        [`${table.emotionId}/articulation`, singles(table.articulationLogRatios)],
        [`${table.emotionId}/scalars`, singles(Float32Array.from(emotionScalarNames, (name) => table[name]))],
      ]),
    ),
  }),
  read(told, reader) {
    const facts = factsSchema.safeParse(told).data
    if (facts === undefined || hasTwice(facts.emotions) || hasTwice(facts.scalars)) return null
    const tables = facts.emotions.map((emotionId): EmotionStatistics => {
      const scalars = reader.singles(`${emotionId}/scalars`, [facts.scalars.length], plausible)
      return {
        emotionId,
        ...scalarsOf((name) => scalars[facts.scalars.indexOf(name)] ?? 0),
        shapeOffset: reader.singles(`${emotionId}/shape`, [BANDS], plausible),
        articulationLogRatios: reader.singles(`${emotionId}/articulation`, [BANDS], plausible),
      }
    })
    return { model: { emotions: facts.emotions, tables }, tensorCount: TENSORS_OF_EMOTION * tables.length }
  },
}

/** Every one of them, by its name. */
const scalarsOf = (valueOf: (name: keyof EmotionScalars) => number): EmotionScalars =>
  Object.fromEntries(emotionScalarNames.map((name) => [name, valueOf(name)])) as Record<ScalarName, number> // entries lose the names
type ScalarName = (typeof emotionScalarNames)[number]
