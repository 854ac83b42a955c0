import { failure } from '../../base/errors.ts'
import { failed, ok, type Result } from '../../base/result.ts'
import type { NetworkDefinition } from '../definition.ts'
import { DECODER_DILATIONS, KERNEL_TAPS, spectralAutoencoderSizes, type SpectralAutoencoderConfig } from './config.ts'
import { initializeParameters } from './initialize.ts'
import { parameterShapes } from './parameters.ts'
import { inBrief } from '../../base/in-brief.ts'

/** A hundred times the standard size: more is not a voice but an attack on the memory. */
const LARGEST_CHANNELS = 1024
const LARGEST_LATENT = 64
const LARGEST_SINGER = 256

export const spectralAutoencoder = {
  id: 'spectral-autoencoder',
  label: 'Spectral autoencoder',
  sizes: spectralAutoencoderSizes,
  parseConfig,
  parameterShapes,
  initialize: initializeParameters,
  reach: (config) => ({ frames: decoderReach(config), hopSec: 0.01 }),
} as const satisfies NetworkDefinition<SpectralAutoencoderConfig>

const names = ['channels', 'decoderBlocks', 'latent', 'singer'] as const satisfies (keyof SpectralAutoencoderConfig)[]

function parseConfig(unparsed: unknown): Result<SpectralAutoencoderConfig> {
  const read = (name: keyof SpectralAutoencoderConfig, most: number): number | null => {
    const value = isRecord(unparsed) ? unparsed[name] : undefined
    return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most ? value : null
  }
  const channels = read('channels', LARGEST_CHANNELS)
  const decoderBlocks = read('decoderBlocks', DECODER_DILATIONS.length)
  const latent = read('latent', LARGEST_LATENT)
  const singer = read('singer', LARGEST_SINGER)
  const found = isRecord(unparsed)
    ? names.map((name) => `${name} ${inBrief(unparsed[name])}`).join(', ')
    : inBrief(unparsed)
  if (channels === null || decoderBlocks === null || latent === null || singer === null) {
    return failed(
      failure(
        'checkpoint-invalid',
        `The network's sizes are not whole numbers in their ranges (channels 1–${LARGEST_CHANNELS}, decoder blocks 1–${DECODER_DILATIONS.length}, latent 1–${LARGEST_LATENT}, singer 1–${LARGEST_SINGER}); found ${found}.`,
      ),
    )
  }
  return ok({ channels, decoderBlocks, latent, singer })
}

/** First convolution, the blocks' dilated ones, and the neighbor that the upsampled latent reads. */
function decoderReach({ decoderBlocks }: SpectralAutoencoderConfig): number {
  const side = (KERNEL_TAPS - 1) / 2
  const blocks = DECODER_DILATIONS.slice(0, decoderBlocks).reduce((sum, dilation) => sum + side * dilation, 0)
  return side + blocks + 2
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
