import * as z from 'zod'
import { failure } from '../base/errors.ts'
import { failed, ok, type Result } from '../base/result.ts'
import type { EmotionNormal } from '../conversion/emotions/relgan/emotion-normal.ts'
import type { RelganModel } from '../conversion/emotions/relgan/relgan-model.ts'
import { CEPSTRA } from '../networks/relgan/config.ts'
import { generatorShapes } from '../networks/relgan/parameters.ts'
import { aligned, createTensorReader, digestOf, halves, singles } from './model-tensors.ts'
import { readSafetensors, writeSafetensors, type RawTensor } from './safetensors.ts'

/** What travels with the weights of an emotion model: what it learned from and what may be done with it. */
export type EmotionCard = z.infer<typeof cardSchema>

/** What an `.emotion` file holds. */
export interface EmotionFile {
  readonly model: RelganModel
  readonly card: EmotionCard
}

export const LARGEST_EMOTION_FILE_BYTES = 160 << 20
const FORMAT = 'understudy-emotion'
const VERSION = '1'
const MOST_EMOTIONS = 16
const MOST_CHANNELS = 128
/** Far beyond what a code measures, and near enough that nothing computed from it overflows. */
const plausible = { mean: [-200, 200], spread: [1e-9, 200], pitch: [0, 15] } as const

const text = (longest: number) => z.string().max(longest)
const share = z.number().min(0).max(1)
const cardSchema = z.object({
  name: text(200).min(1),
  translator: z.literal('relgan'),
  licence: text(20_000),
  /** Whose clips, in words. */
  trainedOn: text(20_000),
  clipCount: z.number().int().min(0).max(1e6),
  personCount: z.number().int().min(0).max(1e6),
  clipsSec: z.number().min(0).max(1e7),
  steps: z.number().int().min(0).max(1e9),
  createdAtMs: z.number().min(0).max(1e15),
  software: text(200),
  engine: text(200),
  /** On clips that were held out: how probable a judge finds the wanted emotion, and that of real clips; null where none were. */
  heldOut: z.object({ wanted: share, real: share, changed: z.number().min(0) }).nullable(),
})

const emotionName = z.string().regex(/^[a-z][a-z0-9-]{0,30}$/)
const modelSchema = z.object({
  config: z.object({
    channels: z.number().int().min(1).max(MOST_CHANNELS),
    emotions: z.number().int().min(3).max(MOST_EMOTIONS),
  }),
  emotions: z.array(emotionName).min(3).max(MOST_EMOTIONS),
  edgeHz: z.number().min(2000).max(11_025),
})

/** Weights in half precision; the same model and card give the same bytes. */
export function writeEmotionFile(model: RelganModel, card: EmotionCard): Uint8Array {
  const tensors = new Map<string, RawTensor>()
  for (const [name, { shape, values }] of model.parameters) tensors.set(`parameters/${name}`, halves(values, shape))
  model.emotions.forEach((emotion, index) => {
    const { mean, spread, logF0Mean, logF0Spread } = model.normals[index]
    tensors.set(`normals/${emotion}/mean`, singles(mean))
    tensors.set(`normals/${emotion}/spread`, singles(spread))
    tensors.set(`normals/${emotion}/pitch`, singles(Float32Array.of(logF0Mean, logF0Spread)))
  })
  const ordered = aligned(tensors)
  const cardText = JSON.stringify(card)
  const modelText = JSON.stringify({ config: model.config, emotions: model.emotions, edgeHz: model.edgeHz })
  const digest = digestOf(ordered, [cardText, modelText])
  const metadata = { format: FORMAT, version: VERSION, digest, card: cardText, model: modelText }
  return writeSafetensors({ tensors: ordered, metadata })
}

/** Reads hostile bytes: refuses what is not whole, too large, not finite, of another shape or of another digest. */
export function readEmotionFile(bytes: Uint8Array): Result<EmotionFile> {
  if (bytes.length > LARGEST_EMOTION_FILE_BYTES) return invalid(`it has ${bytes.length} bytes, more than any such file`)
  const file = readSafetensors(bytes)
  if (!file.ok) return file
  const { tensors, metadata } = file.value
  if (metadata['format'] !== FORMAT) return invalid('it is a safetensors file, but not of an emotion model')
  if (metadata['version'] !== VERSION) return invalid(`it is of version ${metadata['version']}, and 1 is understood`)
  const card = parse(cardSchema, metadata['card'])
  const facts = parse(modelSchema, metadata['model'])
  if (card === null) return invalid('its card is not whole')
  if (facts === null || facts.emotions.length !== facts.config.emotions || hasTwice(facts.emotions))
    return invalid('its description of the model is not whole')

  const reader = createTensorReader(tensors)
  const parameters = new Map<string, { readonly shape: readonly number[]; readonly values: Float32Array }>()
  for (const [name, shape] of generatorShapes(facts.config))
    parameters.set(name, { shape, values: reader.halves(`parameters/${name}`, shape) })
  const normals = facts.emotions.map((emotion): EmotionNormal => {
    const [logF0Mean, logF0Spread] = reader.singles(`normals/${emotion}/pitch`, [2], plausible.pitch)
    return {
      mean: reader.singles(`normals/${emotion}/mean`, [CEPSTRA], plausible.mean),
      spread: reader.singles(`normals/${emotion}/spread`, [CEPSTRA], plausible.spread),
      logF0Mean,
      logF0Spread,
    }
  })
  if (reader.complaints.length > 0) return invalid(reader.complaints.slice(0, 8).join('; '))
  if (tensors.size !== parameters.size + 3 * normals.length) return invalid('it holds more than a model')
  if (metadata['digest'] !== digestOf(tensors, [metadata['card'] ?? '', metadata['model'] ?? '']))
    return invalid('its digest does not match its numbers')
  return ok({ model: { ...facts, parameters, normals }, card })
}

function parse<Schema extends z.ZodType>(schema: Schema, json: string | undefined): z.infer<Schema> | null {
  try {
    return schema.safeParse(JSON.parse(json ?? '')).data ?? null
  } catch {
    return null // not JSON
  }
}

const hasTwice = (names: readonly string[]): boolean => new Set(names).size !== names.length

const invalid = (why: string): Result<never> =>
  failed(failure('checkpoint-invalid', `This emotion model can't be used: ${why}.`, 'Ask for the file anew.'))
