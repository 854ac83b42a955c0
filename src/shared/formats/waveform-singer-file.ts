import * as z from 'zod'
import { failure } from '../base/errors.ts'
import { failed, ok, type Result } from '../base/result.ts'
import { WAVENET_RATE_HZ, type WavenetAutoencoderConfig } from '../networks/wavenet-autoencoder/config.ts'
import { isAdversarys, wavenetAutoencoderShapes } from '../networks/wavenet-autoencoder/parameters.ts'
import { parseWavenetConfig } from '../networks/wavenet-autoencoder/parse-config.ts'
import type { SamplerPeaks } from '../sampling/calibration.ts'
import { aligned, createTensorReader, digestOf, halves, singles } from './model-tensors.ts'
import { readSafetensors, writeSafetensors, type RawTensor, type SafetensorsFile } from './safetensors.ts'
import { peakNames, peakTensors, readPeaks } from './sampler-peaks.ts'
import { parseSingerCard, type SingerCard } from './singer-card.ts'
import { LARGEST_SINGER_FILE_BYTES } from './singer-file.ts'
import { shortened } from './text.ts'

/** A trained waveform autoencoder: what sings, for everybody who was learned in it. */
export interface WaveformModel {
  readonly config: WavenetAutoencoderConfig
  /** Encoder, decoder and the table of singers, in stored layout; its adversaries are no part of a model. */
  readonly parameters: ReadonlyMap<string, { readonly shape: readonly number[]; readonly values: Float32Array }>
  /** Those who were learned, in the order of the table's rows. */
  readonly voices: readonly WaveformVoice[]
  /** What the decoder's channels reach: integers are scaled by it, so that every machine sings the same. */
  readonly peaks: SamplerPeaks
}

/** Where one of the learned voices lies. */
export interface WaveformVoice {
  readonly name: string
  readonly lowestHz: number
  readonly highestHz: number
  readonly medianHz: number
  readonly isSung: boolean
}

/** A singer of such a model: the whole model, and whose row sings. */
export interface WaveformSingerFile {
  readonly model: WaveformModel
  readonly row: number
  readonly card: SingerCard
}

export const WAVEFORM_SINGER_FORMAT = 'understudy-waveform-singer'
const VERSION = '1'
const MOST_VOICES = 100
/** Far beyond what is learned, and near enough that nothing computed from it overflows. */
const plausible = { row: [-2, 2] } as const
const SHOWN_COMPLAINTS = 8

const hz = z.number().min(1).max(24_000)
const factsSchema = z.object({
  config: z.unknown(),
  rateHz: z.number(),
  row: z.number().int().min(0),
  voices: z
    .array(
      z.object({
        name: z.string().min(1).max(200),
        lowestHz: hz,
        highestHz: hz,
        medianHz: hz,
        isSung: z.boolean(),
      }),
    )
    .min(1)
    .max(MOST_VOICES),
})

/** The same model, row and card give the same bytes. Weights in half precision unless single is asked for. */
export function writeWaveformSinger(
  { model, row, card }: WaveformSingerFile,
  precision: 'half' | 'single' = 'half',
): Uint8Array {
  const { config, parameters, voices, peaks } = model
  const tensors = new Map<string, RawTensor>()
  for (const [name, { shape, values }] of parameters) {
    if (isAdversarys(name)) continue
    const write = precision === 'half' && name !== TABLE ? halves : singles
    tensors.set(`parameters/${name}`, write(values, shape))
  }
  for (const [name, tensor] of peakTensors(peaks)) tensors.set(name, tensor)
  const ordered = aligned(tensors)
  const cardText = JSON.stringify(card)
  const modelText = JSON.stringify({ config, rateHz: WAVENET_RATE_HZ, row, voices })
  const digest = digestOf(ordered, [cardText, modelText])
  const metadata = { format: WAVEFORM_SINGER_FORMAT, version: VERSION, digest, card: cardText, model: modelText }
  return writeSafetensors({ tensors: ordered, metadata })
}

/** Small, and told from the others by little. */
const TABLE = 'singers/table'

/**
 * Reads hostile bytes: refuses what is not whole, too large, not finite, of another shape (every mismatch is named) or of
 * another digest, and a row beyond the singers that were learned.
 */
export function readWaveformSinger(bytes: Uint8Array): Result<WaveformSingerFile> {
  if (bytes.length > LARGEST_SINGER_FILE_BYTES) return invalid(`it has ${bytes.length} bytes, more than any singer`)
  const file = readSafetensors(bytes)
  if (!file.ok) return file
  const { metadata } = file.value
  if (metadata['format'] !== WAVEFORM_SINGER_FORMAT)
    return invalid('it is a safetensors file, but not of a waveform singer')
  if (metadata['version'] !== VERSION)
    return invalid(`it is of version ${shortened(metadata['version'] ?? '')}, and 1 is understood`)
  const card = parseSingerCard(metadata['card'] ?? '')
  if (!card.ok) return card
  if (card.value.converter !== 'waveform') return invalid('its card names another converter')
  const facts = factsSchema.safeParse(parseJson(metadata['model'])).data
  if (facts === undefined) return invalid('its description of the model is not whole')
  const { row, voices, rateHz } = facts
  if (rateHz !== WAVENET_RATE_HZ) return invalid(`it sings at ${rateHz} Hz, and ${WAVENET_RATE_HZ} Hz are expected`)
  if (row >= voices.length)
    return invalid(`row ${row} of its table is asked for, and ${voices.length} singers were learned, from row 0 on`)
  const config = parseWavenetConfig(facts.config)
  if (!config.ok) return config
  const model = readModel(file.value, config.value, voices)
  return model.ok ? ok({ model: model.value, row, card: card.value }) : model
}

function readModel(
  { tensors, metadata }: SafetensorsFile,
  config: WavenetAutoencoderConfig,
  voices: readonly WaveformVoice[],
): Result<WaveformModel> {
  const reader = createTensorReader(tensors)
  const shapes = [...wavenetAutoencoderShapes(config, voices.length)].filter(([name]) => !isAdversarys(name))
  const parameters = new Map(
    shapes.map(([name, shape]) => {
      const stored = `parameters/${name}`
      if (name === TABLE) return [name, { shape, values: reader.singles(stored, shape, plausible.row) }]
      const read = tensors.get(stored)?.type === 'F32' ? reader.singles : reader.halves
      return [name, { shape, values: read(stored, shape) }]
    }),
  )
  const peaks = readPeaks(reader, config)
  const known = new Set([...shapes.map(([name]) => `parameters/${name}`), ...peakNames(config)])
  const more = [...tensors.keys()]
    .filter((name) => !known.has(name))
    .map((name) => `${name.slice(0, 80)}: not expected`)
  const complaints = [...reader.complaints, ...more]
  if (complaints.length > 0) return mismatched(complaints)
  if (metadata['digest'] !== digestOf(tensors, [metadata['card'] ?? '', metadata['model'] ?? '']))
    return invalid('its digest does not match its numbers')
  return ok({ config, parameters, voices, peaks })
}

/** All of them, the first few where a person reads. */
function mismatched(complaints: readonly string[]): Result<never> {
  const more = complaints.length - SHOWN_COMPLAINTS
  const shown = complaints.slice(0, SHOWN_COMPLAINTS).join('; ')
  const words = `${shown}${more > 0 ? `; and ${more} more` : ''}`
  return failed(failure('checkpoint-invalid', messageOf(words), REMEDY, complaints.join('\n')))
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return null // not JSON
  }
}

const REMEDY = 'Ask for the file anew.'
const messageOf = (why: string): string => `This waveform singer can't be used: ${why}.`
const invalid = (why: string): Result<never> => failed(failure('checkpoint-invalid', messageOf(why), REMEDY))
