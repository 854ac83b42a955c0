import { trainLinearDiscriminant } from './linear-discriminant.ts'

/** A real recording as the judge of emotions sees it (`expressiveStatistics`). */
export interface EmotionExample {
  readonly person: string
  readonly emotionId: string
  readonly values: readonly number[]
}

/** A person's own middle and spread, against which everything of that person is seen. */
export type Standardize = (values: readonly number[]) => number[]

export interface EmotionJudge {
  readonly emotionIds: readonly string[]
  /** Probability of each emotion, of values standardized by their person. */
  probabilities(standardized: readonly number[]): number[]
}

const LEAST_SPREAD = 1e-6

/**
 * How a person's recordings are made comparable with other people's: less the middle of their emotions, each emotion
 * counted once, over the spread around it. Without it a judge hears who speaks before it hears how.
 */
export function personalStandard(own: readonly EmotionExample[]): Standardize {
  const byEmotion = [...Map.groupBy(own, ({ emotionId }) => emotionId).values()]
  const middle = meanOf(byEmotion.map((clips) => meanOf(clips.map(({ values }) => values))))
  const spread = middle.map((center, index) =>
    Math.sqrt(own.reduce((sum, { values }) => sum + (values[index] - center) ** 2, 0) / own.length),
  )
  return (values) => values.map((value, index) => (value - middle[index]) / Math.max(spread[index], LEAST_SPREAD))
}

/** Learns emotions from some people's real recordings: a linear discriminant, every emotion as likely as another. */
export function trainEmotionJudge(examples: readonly EmotionExample[], emotionIds: readonly string[]): EmotionJudge {
  const standards = new Map(
    [...Map.groupBy(examples, ({ person }) => person)].map(([person, own]) => [person, personalStandard(own)]),
  )
  const labeled = examples.map(({ person, emotionId, values }) => ({
    values: standards.get(person)?.(values) ?? [...values],
    label: emotionIds.indexOf(emotionId),
  }))
  const discriminant = trainLinearDiscriminant(labeled, emotionIds.length)
  return {
    emotionIds,
    probabilities(standardized) {
      const scores = discriminant.classify(standardized)
      const highest = Math.max(...scores)
      const weights = scores.map((score) => Math.exp(score - highest))
      const total = weights.reduce((sum, weight) => sum + weight, 0)
      return weights.map((weight) => weight / total)
    },
  }
}

const meanOf = (rows: readonly (readonly number[])[]): number[] =>
  rows[0].map((_, index) => rows.reduce((sum, row) => sum + row[index], 0) / rows.length)
