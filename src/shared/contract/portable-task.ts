import * as z from 'zod'
import { readablePerformance } from '../project/performance-schema.ts'
import { contentDigest } from './farm.ts'

/** A file of a model's folder. */
const modelFile = z.object({ name: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,80}$/), content: contentDigest })

/**
 * A conversion with contents in place of paths: all that another machine needs beside the program itself. It names no
 * file, no song and no person.
 */
export const portableConversion = z.object({
  kind: z.literal('convert'),
  /** A 32-bit float WAV. */
  source: contentDigest,
  sourceStartSamples: z.int().min(0),
  durationSamples: z.int().min(1),
  singer: contentDigest,
  blendedSingers: z.array(contentDigest).max(64),
  performance: readablePerformance,
  /** Of a person's own emotion model; null for those that come with the program. */
  emotion: z.array(modelFile).max(16).nullable(),
  /** Digest of the emotions that come with the program: two programs may have different ones. */
  shippedEmotions: z.string().max(64),
  vocoder: contentDigest.nullable(),
  sourceEmotion: z.string().max(80).nullable(),
  renderKey: z.string().regex(/^[0-9a-f]{64}$/),
})
export type PortableConversion = z.infer<typeof portableConversion>

const figure = z.number().nullable()
const figures = z.array(figure).max(1000)

/** What lies in the store once a conversion is done: where the sound is, and what was measured of it. */
export const convertedRecord = z.object({
  /** A 32-bit float WAV. */
  render: contentDigest,
  result: z.object({
    kind: z.literal('convert'),
    semitones: z.number(),
    medianPitchErrorCents: figure,
    voicingDisagreement: z.number(),
    levelChangeDb: z.number(),
    timingOffsetSamples: z.number(),
    clippedSampleCount: z.int().min(0),
    timbre: z.object({
      singers: z.array(z.object({ renderDb: figure, unconvertedDb: figure, itselfDb: figure })).max(64),
      source: z.object({ renderDb: figure, itselfDb: figure }),
    }),
    course: z
      .object({
        spanSec: z.number().positive(),
        pitchErrorCents: figures,
        voicingDisagreement: figures,
        levelChangeDb: figures,
      })
      .exactOptional(),
    renderSec: z.number().min(0),
  }),
})
export type ConvertedRecord = z.infer<typeof convertedRecord>
