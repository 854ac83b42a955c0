import { failure } from '../../base/errors.ts'
import { inBrief } from '../../base/in-brief.ts'
import { failed, ok, type Result } from '../../base/result.ts'
import type { WavenetAutoencoderConfig } from './config.ts'

/** Several times the published sizes: more is no voice but an attack on the memory. */
const most = { channels: 512, blocks: 8, layersPerBlock: 12, width: 256, hop: 8000, adversary: 512 } as const
/** Pitch frames of a latent: a hop holds them whole. */
const HOP_MULTIPLE = 8

/** Takes a configuration out of plain data of whatever shape; all that is wrong is named at once. */
export function parseWavenetConfig(unparsed: unknown): Result<WavenetAutoencoderConfig> {
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
  const encoder = { channels: widthOf('encoder', 'channels'), ...layersOf('encoder') }
  const decoder = {
    channels: widthOf('decoder', 'channels'),
    skip: widthOf('decoder', 'skip'),
    ...layersOf('decoder'),
  }
  const { hasPitch, classifier } = config
  if (typeof hasPitch !== 'boolean') complaints.push(`hasPitch: expected true or false, found ${inBrief(hasPitch)}`)
  if (classifier !== 'pointwise' && classifier !== 'convolutional')
    complaints.push(`classifier: expected pointwise or convolutional, found ${inBrief(classifier)}`)
  const parsed: WavenetAutoencoderConfig = {
    encoder,
    decoder,
    latent: whole(config, '', 'latent', most.width),
    singer: whole(config, '', 'singer', most.width),
    hop: whole(config, '', 'hop', most.hop),
    hasPitch: hasPitch === true,
    classifier: classifier === 'pointwise' ? 'pointwise' : 'convolutional',
    adversary: whole(config, '', 'adversary', most.adversary),
  }
  if (parsed.hop % HOP_MULTIPLE !== 0 && complaints.length === 0)
    complaints.push(`hop: expected a multiple of ${HOP_MULTIPLE}, found ${parsed.hop}`)
  if (complaints.length === 0) return ok(parsed)
  return failed(failure('checkpoint-invalid', `The network's sizes can't be used: ${complaints.join('; ')}.`))
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
