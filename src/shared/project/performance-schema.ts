import * as z from 'zod'
import type { Curve } from './curve.ts'
import type { Performance } from './performance.ts'
import { isRendererId, rendererIds, type RendererId } from './renderers.ts'

/** More corners than a person draws by hand over an hour. */
const MOST_CURVE_POINTS = 100_000
const MOST_BLENDED_SINGERS = 8
const MOST_PITCH_EDITS = 20_000

const singerId = z.string().regex(/^[0-9a-z]{1,80}$/)
const samples = z
  .number()
  .int()
  .min(0)
  .max(2 ** 40)

const curve = (least: number, most: number) =>
  z
    .array(z.strictObject({ atSamples: samples, value: z.number().min(least).max(most) }))
    .min(1)
    .max(MOST_CURVE_POINTS)
    .refine(isInOrder, 'the corners of a curve stand in time order, each later than the one before')

const isInOrder = (points: Curve): boolean =>
  points.every((point, index) => index === 0 || points[index - 1].atSamples < point.atSamples)

const pitchEdit = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('note'),
    startSamples: samples,
    endSamples: samples,
    semitones: z.number().min(-24).max(24),
    vibrato: z.number().min(0).max(3),
    drift: z.number().min(0).max(3),
  }),
  z.strictObject({ kind: z.literal('drawn'), curve: curve(0, 127).min(2) }),
])

/** A performance as a project file holds it and a request carries it. */
export const performanceSchema = z.strictObject({
  singerId,
  blend: z
    .array(z.strictObject({ singerId, weight: z.number().min(0).max(1), curve: curve(0, 1).nullable() }))
    .max(MOST_BLENDED_SINGERS),
  emotion: z.strictObject({ emotionId: z.string().max(60), intensity: z.number().min(0).max(1.5) }),
  transposition: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('auto') }),
    z.strictObject({ kind: z.literal('semitones'), semitones: z.number().min(-24).max(24) }),
  ]),
  formantSemitones: z.number().min(-6).max(6),
  strength: z.number().min(0).max(1),
  likeness: z.number().min(-1).max(1),
  curves: z.strictObject({
    intensity: curve(0, 1.5).nullable(),
    transposition: curve(-24, 24).nullable(),
    formant: curve(-6, 6).nullable(),
  }),
  pitchEdits: z.array(pitchEdit).max(MOST_PITCH_EDITS),
  scaleCorrection: z
    .strictObject({
      tonic: z.number().int().min(0).max(11),
      scale: z.enum(['chromatic', 'major', 'minor']),
      strength: z.number().min(0).max(1),
    })
    .nullable(),
  delivery: z.enum(['automatic', 'sung', 'spoken']),
  renderer: z.custom<RendererId>(isRendererId, {
    error: ({ input }) =>
      `there is no renderer ${typeof input === 'string' ? JSON.stringify(input.slice(0, 80)) : 'of that kind'}; there are ${rendererIds.join(', ')} and vocoders of one's own`,
  }),
  temperature: z.number().min(0.1).max(1.5).exactOptional(),
  keepsHighBand: z.boolean().exactOptional(),
  seed: z.number().int().min(0).max(0xffffffff),
})

/** The same where a message is read: only the brands of ids are added, which exist for the compiler alone. */
export const readablePerformance = performanceSchema as unknown as z.ZodType<Performance, Performance>
