import * as z from 'zod'
import { contentDigest } from './farm.ts'
import { waveformSizes } from './waveform.ts'

const MOST_SINGERS = 32
const MOST_CLIPS = 10_000
const MOST_FILES = 2000
const MOST_POINTS = 100_000
const text = z.string().max(10_000)
const word = z.string().max(300)
const count = z.int().min(0)
const method = z.enum(['enroll', 'scratch', 'joint'])

/** A file of a training's folder, at most one folder deep; never one beside it. */
const name = z.string().regex(/^(?:[A-Za-z0-9_][A-Za-z0-9_.-]{0,80}\/)?[A-Za-z0-9_][A-Za-z0-9_.-]{0,120}$/)
const file = z.object({ name, content: contentDigest })

/** What a training has made so far, for each of its singers: what it goes on from, and the singer as it is now. */
export const trainingState = z
  .array(z.object({ files: z.array(file).max(MOST_FILES), singer: contentDigest.nullable() }))
  .max(MOST_SINGERS)
export type PortableTrainingState = z.infer<typeof trainingState>

const clip = z.object({
  clipId: z.string().regex(/^[0-9a-f]{64}$/),
  fileName: word,
  /** A 32-bit float WAV. */
  content: contentDigest,
  slices: z
    .array(z.object({ startSec: z.number(), endSec: z.number() }))
    .max(MOST_CLIPS)
    .exactOptional(),
  isNarrow: z.boolean().exactOptional(),
})
const singer = z.object({
  clips: z.array(clip).min(1).max(MOST_CLIPS),
  name: word,
  consent: text,
  licence: text,
  owner: word.exactOptional(),
})

/** A training with contents in place of paths. Names and consent travel, because a singer's card bears them. */
export const portableTraining = z.object({
  kind: z.literal('train'),
  /** Everybody who is learned in it, the one it is named after first. */
  singers: z.array(singer).min(1).max(MOST_SINGERS),
  software: word.exactOptional(),
  createdAtMs: z.number(),
  preset: z.enum(['quick', 'normal', 'long']),
  method: z.enum(['automatic', 'enroll', 'scratch', 'joint']).exactOptional(),
  published: z
    .object({ confusionWeight: z.number(), backTranslationShare: z.number(), reversedShare: z.number() })
    .exactOptional(),
  plan: z.object({ stepCount: count, checkSteps: count, patience: count }).exactOptional(),
  size: z.enum(['tiny', 'fast', 'standard']),
  waveform: z.object({ size: z.enum([...waveformSizes, 'tiny']), steps: count.exactOptional() }).exactOptional(),
  seed: count,
  /** What it goes on from; null where it begins. */
  begun: trainingState.nullable(),
})
export type PortableTraining = z.infer<typeof portableTraining>

const figure = z.number().nullable()
const point = z.object({
  step: count,
  trainLoss: z.number(),
  heldOutLoss: figure,
  auditionId: word.nullable(),
  losses: z.record(word, z.number()).exactOptional(),
  judged: z.object({ wanted: z.number(), real: z.number() }).exactOptional(),
})

const learned = z.object({
  kind: z.literal('train'),
  summary: z.object({
    stepCount: count,
    bestStep: count,
    bestHeldOutLoss: z.number(),
    stoppedEarly: z.boolean(),
    trainingSec: z.number(),
    backend: word,
    singers: z
      .array(
        z.object({
          name: word,
          method,
          bestStep: count,
          clipsSec: z.number(),
          compared: z.array(z.object({ method, errorDb: z.number() })).max(MOST_SINGERS),
        }),
      )
      .exactOptional(),
  }),
  lowestHz: z.number(),
  highestHz: z.number(),
  medianHz: z.number(),
  trainedFromSec: z.number(),
  singerDigest: word,
})

/** What lies in the store while a training learns, and after: whoever takes it over goes on from here. */
export const trainingRecord = z.object({
  /** Grows with each writing. */
  sequence: count,
  state: trainingState,
  points: z.array(z.object({ point, singerIndex: count })).max(MOST_POINTS),
  /** Null until it is over. */
  result: learned.nullable(),
})
export type TrainingRecord = z.infer<typeof trainingRecord>
