import * as z from 'zod'
import { ok, type Result } from '../base/result.ts'
import { FEATURES } from '../networks/source-filter/config.ts'
import { vocoderKindNames } from '../networks/vocoder-names.ts'
import { vocoderShapes, type VocoderConfigs, type VocoderKind } from '../networks/vocoder-kinds.ts'
import { vocoderModel, type VocoderModel } from '../vocoder/vocoder-model.ts'
import { hasItsDigest, invalidModel, openModelFile, parseJson, type ModelFileKind } from './model-file.ts'
import { aligned, createTensorReader, digestOf, halves, singles } from './model-tensors.ts'
import { writeSafetensors, type RawTensor, type SafetensorsFile } from './safetensors.ts'

const text = (longest: number) => z.string().max(longest)
// In the order in which cards are written: read and written again a file keeps its bytes.
const cardSchema = z.object({
  name: text(200).min(1),
  licence: text(20_000),
  /** Whose recordings, in words. */
  trainedOn: text(20_000),
  personCount: z.number().int().min(0).max(1e6),
  recordedSec: z.number().min(0).max(1e8),
  /** Who was never learned from: only they tell what it does with people it does not know. */
  heldOutPeople: z.array(text(200)).max(10_000),
  steps: z.number().int().min(0).max(1e9),
  heldOutLoss: z.number().nullable(),
  createdAtMs: z.number().min(0).max(1e15),
  software: text(200),
  engine: text(200),
  /** Of a student: whom it learned from, by name, age and digest of the file. */
  teacher: z
    .object({
      name: text(200).min(1),
      steps: z.number().int().min(0).max(1e9),
      digest: z.string().regex(/^[0-9a-f]{64}$/),
    })
    .exactOptional(),
})

/** What travels with a vocoder: what it learned from and what may be done with it. */
export type VocoderCard = z.infer<typeof cardSchema>

/** What a `.vocoder` file holds. */
export interface VocoderFile {
  readonly model: VocoderModel
  readonly card: VocoderCard
}

const whole = (least: number, most: number) => z.number().int().min(least).max(most)
const channels = whole(1, 512)
const configs: { readonly [Kind in VocoderKind]: z.ZodType<VocoderConfigs[Kind]> } = {
  'source-filter': z.object({
    dilations: z.array(whole(1, 512)).min(1).max(40),
    residual: channels,
    skip: channels,
    condition: channels,
  }),
  // Channels are computed eight at a time.
  flow: z.object({ flows: whole(1, 24), layers: whole(1, 9), channels: channels.multipleOf(8), condition: channels }),
  wavenet: z.object({
    stacks: whole(1, 8),
    layersPerStack: whole(1, 12),
    residual: channels.multipleOf(8),
    skip: channels.multipleOf(8),
    condition: channels,
  }),
  'parallel-wavenet': z.object({
    flows: whole(1, 12),
    layers: whole(1, 12),
    channels: channels.multipleOf(8),
    condition: channels,
  }),
}
const kindSchema = z.object({ network: z.enum(vocoderKindNames), config: z.unknown() })

export const LARGEST_VOCODER_FILE_BYTES = 64 << 20
const kind: ModelFileKind = {
  format: 'understudy-vocoder',
  version: '1',
  largestBytes: LARGEST_VOCODER_FILE_BYTES,
  what: 'vocoder',
}
/** Far beyond what a feature measures, and near enough that nothing computed from it overflows. */
const plausible = { mean: [-1000, 1000], spread: [1e-6, 1000] } as const

/** The same model and card give the same bytes. */
export function writeVocoderFile({ network, config, parameters, normal }: VocoderModel, card: VocoderCard): Uint8Array {
  const tensors = new Map<string, RawTensor>()
  for (const [name, { shape, values }] of parameters) tensors.set(`parameters/${name}`, halves(values, shape))
  tensors.set('normal/mean', singles(normal.mean))
  tensors.set('normal/spread', singles(normal.spread))
  const ordered = aligned(tensors)
  const cardText = JSON.stringify(card)
  const modelText = JSON.stringify({ network, config })
  const digest = digestOf(ordered, [cardText, modelText])
  const { format, version } = kind
  const metadata = { format, version, digest, card: cardText, model: modelText }
  return writeSafetensors({ tensors: ordered, metadata })
}

/** Reads hostile bytes: refuses what is not whole, too large, not finite, of another shape or of another digest. */
export function readVocoderFile(bytes: Uint8Array): Result<VocoderFile> {
  const file = openModelFile(bytes, kind)
  if (!file.ok) return file
  const { metadata } = file.value
  const card = cardSchema.safeParse(parseJson(metadata['card'])).data
  if (card === undefined) return invalid('its card is not whole')
  const facts = kindSchema.safeParse(parseJson(metadata['model'])).data
  if (facts === undefined) return invalid('its description of the network is not whole')
  const model = readModel(facts.network, facts.config, file.value)
  return model.ok ? ok({ model: model.value, card }) : model
}

function readModel<Kind extends VocoderKind>(
  network: Kind,
  described: unknown,
  file: SafetensorsFile,
): Result<VocoderModel> {
  const config = configs[network].safeParse(described).data
  if (config === undefined) return invalid('its description of the network is not whole')
  const { tensors } = file
  const reader = createTensorReader(tensors)
  const parameters = new Map(
    [...vocoderShapes(network, config)].map(([name, shape]) => [
      name,
      { shape, values: reader.halves(`parameters/${name}`, shape, boundsOf(name)) },
    ]),
  )
  const normal = {
    mean: reader.singles('normal/mean', [FEATURES], plausible.mean),
    spread: reader.singles('normal/spread', [FEATURES], plausible.spread),
  }
  if (reader.complaints.length > 0) return invalid(reader.complaints.slice(0, 8).join('; '))
  if (tensors.size !== parameters.size + 2) return invalid('it holds more than a vocoder')
  if (!hasItsDigest(file)) return invalid('its digest does not match its numbers')
  return ok(vocoderModel(network, { config, parameters, normal }))
}

/** A matrix whose diagonal is far from 1 has no inverse that could be computed. */
const boundsOf = (parameter: string): readonly [number, number] | undefined =>
  parameter.endsWith('/log-scale') ? [-8, 8] : undefined

const invalid = (why: string): Result<never> => invalidModel(kind.what, why)
