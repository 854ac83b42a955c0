import { failure } from '../base/errors.ts'
import { failed, ok, type Result } from '../base/result.ts'
import type { SingerModel } from '../conversion/singer-model.ts'
import { spectralAutoencoder } from '../networks/spectral-autoencoder/index.ts'
import type { NamedTensor } from '../networks/spectral-autoencoder/parameters.ts'
import { aligned, createTensorReader, digestOf, halves, singles } from './model-tensors.ts'
import { readSafetensors, writeSafetensors, type RawTensor } from './safetensors.ts'
import { parseSingerCard, type SingerCard } from './singer-card.ts'
import { shortened } from './text.ts'

/** What a `.singer` file holds: one singer's model and the card that says whose voice it is. */
export interface SingerFile {
  readonly model: SingerModel
  readonly card: SingerCard
}

export const LARGEST_SINGER_FILE_BYTES = 64 << 20
export const SINGER_FORMAT = 'understudy-singer'
const VERSION = '1'
/** Bank shapes are kept in 8 bits over this span of ln power. */
const LOWEST_SHAPE = -10
const HIGHEST_SHAPE = 8
const SHAPE_STEPS = 255
const BANDS = 64
/** Ten minutes of real frames. */
const MOST_BANK_FRAMES = 60_000
const HARMONICS_TO_NOISE_BANDS = 5
/** Far beyond what a voice measures, and near enough that nothing computed from it overflows. */
const plausible = {
  row: [-100, 100],
  'mean-shape': [-100, 100],
  'cepstral-variance': [0, 1e4],
  'band-harmonics-to-noise-db': [-300, 300],
  'bank/f0': [0, 24_000],
  'bank/energy': [-100, 100],
} as const satisfies Record<string, readonly [number, number]>
/** The table of all singers of a training is not needed: the singer's own row is kept. */
const TABLE = 'singers/table'

/** Weights in half precision, bank shapes in 8 bits; two minutes of clips make about a megabyte. */
export function writeSingerFile(model: SingerModel, card: SingerCard): Uint8Array {
  const tensors = new Map<string, RawTensor>()
  for (const [name, { shape, values }] of model.parameters) {
    if (name !== TABLE) tensors.set(`parameters/${name}`, halves(values, shape))
  }
  tensors.set('row', singles(model.row))
  tensors.set('mean-shape', singles(model.meanShape))
  tensors.set('cepstral-variance', singles(model.cepstralVariance))
  tensors.set('band-harmonics-to-noise-db', singles(model.bandHarmonicsToNoiseDb))
  tensors.set('bank/shapes', {
    type: 'U8',
    shape: [model.bank.f0.length, BANDS],
    bytes: quantizeShapes(model.bank.shapes),
  })
  tensors.set('bank/f0', singles(model.bank.f0))
  tensors.set('bank/energy', singles(model.bank.energy))
  const ordered = aligned(tensors)
  const cardText = JSON.stringify(card)
  const { config, spread, medianLog2F0, lowestHz, highestHz, bank } = model
  const facts = { config, spread, medianLog2F0, lowestHz, highestHz, clipFrameCounts: bank.clipFrameCounts }
  const modelText = JSON.stringify(facts)
  const digest = digestOf(ordered, [cardText, modelText])
  const metadata = { format: SINGER_FORMAT, version: VERSION, digest, card: cardText, model: modelText }
  return writeSafetensors({ tensors: ordered, metadata })
}

/** Reads hostile bytes: refuses what is not whole, too large, not finite, of another shape or of another digest. */
export function readSingerFile(bytes: Uint8Array): Result<SingerFile> {
  if (bytes.length > LARGEST_SINGER_FILE_BYTES) return invalid(`it has ${bytes.length} bytes, more than any singer`)
  const file = readSafetensors(bytes)
  if (!file.ok) return file
  const { tensors, metadata } = file.value
  if (metadata['format'] !== SINGER_FORMAT) return invalid('it is a safetensors file, but not of a singer')
  if (metadata['version'] !== VERSION)
    return invalid(`it is of version ${shortened(metadata['version'] ?? '')}, and 1 is understood`)
  const card = parseSingerCard(metadata['card'] ?? '')
  if (!card.ok) return card
  const facts = parseFacts(metadata['model'] ?? '')
  if (facts === null) return invalid('its description of the model is not whole')
  const config = spectralAutoencoder.parseConfig(facts.config)
  if (!config.ok) return config

  const reader = createTensorReader(tensors)
  const frames = facts.clipFrameCounts.reduce((sum, count) => sum + count, 0)
  if (frames > MOST_BANK_FRAMES) return invalid(`its bank claims ${frames} frames, more than ${MOST_BANK_FRAMES}`)
  const parameters = new Map<string, NamedTensor>()
  for (const [name, shape] of spectralAutoencoder.parameterShapes(config.value, 1)) {
    if (name === TABLE) continue
    parameters.set(name, { shape, values: reader.halves(`parameters/${name}`, shape) })
  }
  const model: SingerModel = {
    config: config.value,
    parameters,
    row: reader.singles('row', [config.value.singer], plausible.row),
    meanShape: reader.singles('mean-shape', [BANDS], plausible['mean-shape']),
    spread: facts.spread,
    cepstralVariance: reader.singles('cepstral-variance', [BANDS], plausible['cepstral-variance']),
    bandHarmonicsToNoiseDb: reader.singles(
      'band-harmonics-to-noise-db',
      [HARMONICS_TO_NOISE_BANDS],
      plausible['band-harmonics-to-noise-db'],
    ),
    medianLog2F0: facts.medianLog2F0,
    lowestHz: facts.lowestHz,
    highestHz: facts.highestHz,
    bank: {
      clipFrameCounts: facts.clipFrameCounts,
      shapes: restoreShapes(reader.bytes('bank/shapes', 'U8', [frames, BANDS])),
      f0: reader.singles('bank/f0', [frames], plausible['bank/f0']),
      energy: reader.singles('bank/energy', [frames], plausible['bank/energy']),
    },
  }
  if (reader.complaints.length > 0) return invalid(reader.complaints.slice(0, 8).join('; '))
  if (metadata['digest'] !== digestOf(tensors, [metadata['card'] ?? '', metadata['model'] ?? '']))
    return invalid('its digest does not match its numbers')
  return ok({ model, card: card.value })
}

interface ModelFacts {
  readonly config: unknown
  readonly spread: number
  readonly medianLog2F0: number
  readonly lowestHz: number
  readonly highestHz: number
  readonly clipFrameCounts: readonly number[]
}

function parseFacts(text: string): ModelFacts | null {
  try {
    // Checked field by field right below.
    const { config, spread, medianLog2F0, lowestHz, highestHz, clipFrameCounts } = JSON.parse(
      text,
    ) as Partial<ModelFacts>
    const isWhole =
      isWithin(spread, 1e-3, 1e3) &&
      isWithin(medianLog2F0, 4, 13) &&
      isWithin(lowestHz, 1, 24_000) &&
      isWithin(highestHz, lowestHz, 24_000) &&
      Array.isArray(clipFrameCounts) &&
      clipFrameCounts.every((count) => Number.isSafeInteger(count) && count >= 0)
    return isWhole ? { config, spread, medianLog2F0, lowestHz, highestHz, clipFrameCounts } : null
  } catch {
    return null // not JSON: the caller says so
  }
}

const isWithin = (value: unknown, low: number, high: number): value is number =>
  typeof value === 'number' && value >= low && value <= high

const quantizeShapes = (shapes: Float32Array): Uint8Array =>
  Uint8Array.from(shapes, (value) => {
    const scaled = ((value - LOWEST_SHAPE) / (HIGHEST_SHAPE - LOWEST_SHAPE)) * SHAPE_STEPS
    return Math.min(Math.max(Math.round(scaled), 0), SHAPE_STEPS)
  })

const restoreShapes = (bytes: Uint8Array): Float32Array =>
  Float32Array.from(bytes, (value) => LOWEST_SHAPE + (value / SHAPE_STEPS) * (HIGHEST_SHAPE - LOWEST_SHAPE))

const invalid = (why: string): Result<never> =>
  failed(failure('checkpoint-invalid', `This singer file can't be used: ${why}.`, 'Ask for the file anew.'))
