import * as z from 'zod'
import { ok, type Result } from '../base/result.ts'
import type { MusicTranslationConfig } from '../networks/music-translation/config.ts'
import { domainShapes } from '../networks/music-translation/parameters.ts'
import { parseMusicTranslationConfig } from '../networks/music-translation/parse-config.ts'
import { tapsOf, WAVENET_RATE_HZ } from '../networks/wavenet-autoencoder/config.ts'
import type { SamplerPeaks } from '../sampling/calibration.ts'
import { hasItsDigest, invalidModel, openModelFile, parseJson, type ModelFileKind } from './model-file.ts'
import { aligned, createTensorReader, digestOf, halves } from './model-tensors.ts'
import { peakNames, peakTensors, readPeaks } from './sampler-peaks.ts'
import { writeSafetensors, type RawTensor } from './safetensors.ts'

const text = (longest: number) => z.string().max(longest)
// In the order in which cards are written: read and written again a file keeps its bytes.
const cardSchema = z.object({
  name: text(200).min(1),
  licence: text(20_000),
  /** Whose recordings, in words. */
  learnedFrom: text(20_000),
  recordedSec: z.number().min(0).max(1e8),
  /** Domains that were learned together with it, and so share its encoder. */
  beside: z.array(text(200)).max(100),
  steps: z.number().int().min(0).max(1e9),
  heldOutLoss: z.number().nullable(),
  createdAtMs: z.number().min(0).max(1e15),
  software: text(200),
  engine: text(200),
})

/** What travels with a domain: what it learned from and what may be done with it. */
export type DomainCard = z.infer<typeof cardSchema>

/** What translates any music into one domain. */
export interface DomainModel {
  readonly config: MusicTranslationConfig
  /** `domainShapes`: the encoder and the domain's decoder. */
  readonly parameters: ReadonlyMap<string, { readonly shape: readonly number[]; readonly values: Float32Array }>
  /** What the decoder's channels reach: integers are scaled by it, so that every machine plays the same. */
  readonly peaks: SamplerPeaks
}

/** What a `.domain` file holds. */
export interface DomainFile {
  readonly model: DomainModel
  readonly card: DomainCard
}

/** The same with the digest that it was written with and has. */
export interface StoredDomain extends DomainFile {
  readonly digest: string
}

const NETWORK = 'music-translation'
const factsSchema = z.object({
  network: z.literal(NETWORK),
  rateHz: z.literal(WAVENET_RATE_HZ),
  config: z.unknown(),
})

export const LARGEST_DOMAIN_FILE_BYTES = 64 << 20
export const DOMAIN_FORMAT = 'understudy-domain'
const kind: ModelFileKind = {
  format: DOMAIN_FORMAT,
  version: '1',
  largestBytes: LARGEST_DOMAIN_FILE_BYTES,
  what: 'domain',
}
/** Of decoders that the samplers play. */
const TAPS = 2

/** The same model and card give the same bytes; weights in half precision. */
export function writeDomainFile({ model, card }: DomainFile): Uint8Array {
  const { config, parameters, peaks } = model
  const tensors = new Map<string, RawTensor>()
  for (const [name, { shape, values }] of parameters) tensors.set(`parameters/${name}`, halves(values, shape))
  for (const [name, tensor] of peakTensors(peaks)) tensors.set(name, tensor)
  const ordered = aligned(tensors)
  const cardText = JSON.stringify(card)
  const modelText = JSON.stringify({ network: NETWORK, rateHz: WAVENET_RATE_HZ, config })
  const digest = digestOf(ordered, [cardText, modelText])
  const { format, version } = kind
  const metadata = { format, version, digest, card: cardText, model: modelText }
  return writeSafetensors({ tensors: ordered, metadata })
}

/** Reads hostile bytes: refuses what is not whole, too large, not finite, of another shape or of another digest. */
export function readDomainFile(bytes: Uint8Array): Result<StoredDomain> {
  const file = openModelFile(bytes, kind)
  if (!file.ok) return file
  const { tensors, metadata } = file.value
  const card = cardSchema.safeParse(parseJson(metadata['card'])).data
  if (card === undefined) return invalid('its card is not whole')
  const facts = factsSchema.safeParse(parseJson(metadata['model'])).data
  if (facts === undefined) return invalid('its description of the network is not whole')
  const parsed = parseMusicTranslationConfig(facts.config)
  if (!parsed.ok) return parsed
  const config = parsed.value
  if (tapsOf(config.decoder) !== TAPS) return invalid(`its decoder has ${tapsOf(config.decoder)} taps, not ${TAPS}`)

  const reader = createTensorReader(tensors)
  const parameters = new Map(
    [...domainShapes(config)].map(([name, shape]) => [
      name,
      { shape, values: reader.halves(`parameters/${name}`, shape) },
    ]),
  )
  const peaks = readPeaks(reader, config)
  if (reader.complaints.length > 0) return invalid(reader.complaints.slice(0, 8).join('; '))
  if (tensors.size !== parameters.size + peakNames(config).length) return invalid('it holds more than a domain')
  if (!hasItsDigest(file.value)) return invalid('its digest does not match its numbers')
  return ok({ model: { config, parameters, peaks }, card, digest: metadata['digest'] ?? '' })
}

const invalid = (why: string): Result<never> => invalidModel(kind.what, why)
