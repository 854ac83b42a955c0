import { failure } from '../../base/errors.ts'
import { inBrief } from '../../base/in-brief.ts'
import { failed, ok, type Result } from '../../base/result.ts'
import { decoderReach, samplesApart, type WavenetAutoencoderConfig, type WavenetBlocks } from './config.ts'

/** Several times the published sizes: more is no voice but an attack on the memory. */
const most = {
  channels: 512,
  blocks: 8,
  layersPerBlock: 14,
  strides: 4,
  stride: 32,
  taps: 8,
  notes: 64,
  lagTaps: 9,
  width: 256,
  hop: 8000,
  adversary: 512,
} as const
/** Pitch frames of a latent: a hop holds them whole. */
const HOP_MULTIPLE = 8
/** What a sampler keeps of the past of each sound that it sings: numbers, twice those of the longest publication. */
const MOST_REMEMBERED = 2 ** 24

/** Takes numbers out of a configuration; what is wrong is noted, and a stand-in goes on. */
interface ConfigReading {
  readonly blocks: Omit<WavenetBlocks, 'singer'>
  width(name: string): number
}

/** Takes a configuration out of plain data of whatever shape; all that is wrong is named at once. */
export const parseWavenetConfig = (unparsed: unknown): Result<WavenetAutoencoderConfig> =>
  readConfig(unparsed, ({ blocks: { encoder, decoder, latent, ...rest }, width }) => {
    // In the order in which configurations are written: read and written again a file keeps its bytes.
    return { encoder, decoder, latent, singer: width('singer'), ...rest }
  })

/** The same for any network of these blocks. @param build from what was read, whatever of it is wrong */
export function readConfig<Config extends WavenetBlocks>(
  unparsed: unknown,
  build: (reading: ConfigReading) => Config,
): Result<Config> {
  const complaints: string[] = []
  const whole = (from: unknown, path: string, name: string, limit: number): number => {
    const value = isRecord(from) ? from[name] : undefined
    if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= limit) return value
    complaints.push(`${path}${name}: expected 1 to ${limit}, found ${inBrief(value)}`)
    return 1
  }
  const config = isRecord(unparsed) ? unparsed : {}
  const widthOf = (network: 'encoder' | 'decoder', name: 'channels' | 'skip') =>
    whole(config[network], `${network}.`, name, most.channels)
  const layersOf = (network: 'encoder' | 'decoder') => ({
    blocks: whole(config[network], `${network}.`, 'blocks', most.blocks),
    layersPerBlock: whole(config[network], `${network}.`, 'layersPerBlock', most.layersPerBlock),
  })
  const { strides } = isRecord(config.encoder) ? config.encoder : {}
  const encoder = {
    channels: widthOf('encoder', 'channels'),
    ...(strides === undefined ? {} : { strides: stridesIn(strides, complaints) }),
    ...layersOf('encoder'),
  }
  const hasTaps = isRecord(config.decoder) && config.decoder.taps !== undefined
  const decoder = {
    channels: widthOf('decoder', 'channels'),
    skip: widthOf('decoder', 'skip'),
    ...layersOf('decoder'),
    ...(hasTaps ? { taps: whole(config.decoder, 'decoder.', 'taps', most.taps) } : {}),
  }
  const { hasPitch, classifier } = config
  if (typeof hasPitch !== 'boolean') complaints.push(`hasPitch: expected true or false, found ${inBrief(hasPitch)}`)
  if (classifier !== 'pointwise' && classifier !== 'convolutional')
    complaints.push(`classifier: expected pointwise or convolutional, found ${inBrief(classifier)}`)
  const width = (name: string) => whole(config, '', name, most.width)
  const hasNotes = hasPitch === true && config.notes !== undefined
  const hasLagTaps = hasPitch === true && config.lagTaps !== undefined
  const blocks = {
    encoder,
    decoder,
    latent: width('latent'),
    hop: whole(config, '', 'hop', most.hop),
    hasPitch: hasPitch === true,
    ...(hasNotes ? { notes: whole(config, '', 'notes', most.notes) } : {}),
    ...(hasLagTaps ? { lagTaps: whole(config, '', 'lagTaps', most.lagTaps) } : {}),
    classifier: classifier === 'pointwise' ? ('pointwise' as const) : ('convolutional' as const),
    adversary: whole(config, '', 'adversary', most.adversary),
  }
  const parsed = build({ blocks, width })
  if (parsed.hop % HOP_MULTIPLE !== 0 && complaints.length === 0)
    complaints.push(`hop: expected a multiple of ${HOP_MULTIPLE}, found ${parsed.hop}`)
  const apart = samplesApart(parsed.encoder)
  if (parsed.hop % apart !== 0 && complaints.length === 0)
    complaints.push(`hop: expected a multiple of the encoder's strides, ${apart}, found ${parsed.hop}`)
  const remembered = parsed.decoder.channels * decoderReach(parsed)
  if (remembered > MOST_REMEMBERED && complaints.length === 0)
    complaints.push(`decoder: expected to remember ${MOST_REMEMBERED} numbers at the most, found ${remembered}`)
  if (complaints.length === 0) return ok(parsed)
  return failed(failure('checkpoint-invalid', `The network's sizes can't be used: ${complaints.join('; ')}.`))
}

function stridesIn(found: unknown, complaints: string[]): readonly number[] {
  const isStride = (value: unknown): value is number =>
    typeof value === 'number' && Number.isInteger(value) && value >= 2 && value <= most.stride
  if (Array.isArray(found) && found.length >= 1 && found.length <= most.strides && found.every(isStride)) return found
  complaints.push(
    `encoder.strides: expected 1 to ${most.strides} numbers from 2 to ${most.stride}, found ${inBrief(found)}`,
  )
  return [2]
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
