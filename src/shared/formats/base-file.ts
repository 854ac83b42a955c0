import { failure } from '../base/errors.ts'
import { failed, ok, type Result } from '../base/result.ts'
import type { SpectralAutoencoderConfig } from '../networks/spectral-autoencoder/config.ts'
import { spectralAutoencoder } from '../networks/spectral-autoencoder/index.ts'
import type { NamedTensor, Parameters } from '../networks/spectral-autoencoder/parameters.ts'
import { aligned, createTensorReader, digestOf, halves, singles } from './model-tensors.ts'
import { readSafetensors, writeSafetensors, type RawTensor } from './safetensors.ts'
import { shortened } from './text.ts'

/** A converter that new singers are enrolled into: networks that many people were learned with, and these people's rows. */
export interface BaseConverter {
  readonly config: SpectralAutoencoderConfig
  /** Encoder, decoder and `singers/table`, a row for each person. */
  readonly parameters: Parameters
  /** Whom it learned from, in the order of the table. */
  readonly persons: readonly string[]
  /** Mean shape over the active training frames, per band (64), and one spread of all. */
  readonly meanShape: Float32Array
  readonly spread: number
}

export const LARGEST_BASE_FILE_BYTES = 40 << 20
const FORMAT = 'understudy-base'
const VERSION = '1'
const TABLE = 'singers/table'
const BANDS = 64
const MOST_PERSONS = 1000
const LONGEST_NAME = 100
/** Beyond these a spread is no spread of a voice. */
const SPREAD_LIMITS = [1e-6, 1e6] as const

/** Weights in half precision; the same converter gives the same bytes. */
export function writeBaseFile({ config, parameters, persons, meanShape, spread }: BaseConverter): Uint8Array {
  const tensors = new Map<string, RawTensor>()
  for (const [name, { shape, values }] of parameters) {
    tensors.set(`parameters/${name}`, name === TABLE ? singles(values, shape) : halves(values, shape))
  }
  tensors.set('mean-shape', singles(meanShape))
  const ordered = aligned(tensors)
  const model = JSON.stringify({ converter: spectralAutoencoder.id, config, spread, persons })
  const metadata = { format: FORMAT, version: VERSION, digest: digestOf(ordered, [model]), model }
  return writeSafetensors({ tensors: ordered, metadata })
}

/** Reads hostile bytes: refuses what is not whole, too large, not finite, of another shape or of another digest. */
export function readBaseFile(bytes: Uint8Array): Result<BaseConverter> {
  if (bytes.length > LARGEST_BASE_FILE_BYTES) return invalid(`it has ${bytes.length} bytes, more than any base`)
  const file = readSafetensors(bytes)
  if (!file.ok) return file
  const { tensors, metadata } = file.value
  if (metadata['format'] !== FORMAT) return invalid('it is a safetensors file, but not of a base')
  if (metadata['version'] !== VERSION)
    return invalid(`it is of version ${shortened(metadata['version'] ?? '')}, and 1 is understood`)
  const facts = parseFacts(metadata['model'] ?? '')
  if (facts === null) return invalid('its description of the model is not whole')
  const config = spectralAutoencoder.parseConfig(facts.config)
  if (!config.ok) return config

  const reader = createTensorReader(tensors)
  const parameters = new Map<string, NamedTensor>()
  for (const [name, shape] of spectralAutoencoder.parameterShapes(config.value, facts.persons.length)) {
    const read = name === TABLE ? reader.singles : reader.halves
    parameters.set(name, { shape, values: read(`parameters/${name}`, shape) })
  }
  const meanShape = reader.singles('mean-shape', [BANDS])
  if (tensors.size !== parameters.size + 1)
    return invalid(`it holds ${tensors.size} tensors, not ${parameters.size + 1}`)
  if (reader.complaints.length > 0) return invalid(reader.complaints.slice(0, 8).join('; '))
  if (metadata['digest'] !== digestOf(tensors, [metadata['model'] ?? '']))
    return invalid('its digest does not match its numbers')
  return ok({ config: config.value, parameters, persons: facts.persons, meanShape, spread: facts.spread })
}

interface BaseFacts {
  readonly converter: string
  readonly config: unknown
  readonly spread: number
  readonly persons: readonly string[]
}

function parseFacts(text: string): BaseFacts | null {
  try {
    // Checked field by field right below.
    const { converter, config, spread, persons } = JSON.parse(text) as Partial<BaseFacts>
    const [narrowest, widest] = SPREAD_LIMITS
    const isWhole =
      converter === spectralAutoencoder.id &&
      typeof spread === 'number' &&
      spread >= narrowest &&
      spread <= widest &&
      Array.isArray(persons) &&
      persons.length >= 1 &&
      persons.length <= MOST_PERSONS &&
      persons.every((name) => typeof name === 'string' && name.length <= LONGEST_NAME)
    return isWhole ? { converter, config, spread, persons } : null
  } catch {
    return null // not JSON: the caller says so
  }
}

const invalid = (why: string): Result<never> =>
  failed(failure('checkpoint-invalid', `This base can't be used: ${why}.`, 'Install the program anew.'))
