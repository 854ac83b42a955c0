import * as z from 'zod'

const text = (longest: number) => z.string().max(longest)
const share = z.number().min(0).max(1)

const name = text(200).min(1)
/** What it was learned from, of whatever translator. */
const learned = {
  licence: text(20_000),
  /** Whose clips, in words. */
  trainedOn: text(20_000),
  clipCount: z.number().int().min(0).max(1e6),
  personCount: z.number().int().min(0).max(1e6),
  clipsSec: z.number().min(0).max(1e7),
}
const made = { createdAtMs: z.number().min(0).max(1e15), software: text(200) }

// In the order in which cards are written: read and written again a file keeps its bytes.
const relganCard = z.object({
  name,
  translator: z.literal('relgan'),
  ...learned,
  steps: z.number().int().min(0).max(1e9),
  ...made,
  engine: text(200),
  /** On clips that were held out: how probable a judge finds the wanted emotion, and that of real clips; null where none were. */
  heldOut: z.object({ wanted: share, real: share, changed: z.number().min(0) }).nullable(),
})
const statisticsCard = z.object({ name, translator: z.literal('statistics'), ...learned, ...made })

export const emotionCardSchema = z.discriminatedUnion('translator', [relganCard, statisticsCard])

/** What travels with the numbers of an emotion model: what it learned from and what may be done with it. */
export type EmotionCard = z.infer<typeof emotionCardSchema>
export type RelganCard = z.infer<typeof relganCard>
export type StatisticsCard = z.infer<typeof statisticsCard>
