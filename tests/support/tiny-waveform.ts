import { createRandom } from '../../src/shared/base/random.ts'
import type { SingerCard } from '../../src/shared/formats/singer-card.ts'
import type { WaveformModel, WaveformSingerFile } from '../../src/shared/formats/waveform-singer-file.ts'
import {
  dilationsOf,
  wavenetAutoencoderSizes,
  type WavenetAutoencoderConfig,
} from '../../src/shared/networks/wavenet-autoencoder/config.ts'
import { initializeWavenetAutoencoder } from '../../src/shared/networks/wavenet-autoencoder/initialize.ts'
import { isAdversarys } from '../../src/shared/networks/wavenet-autoencoder/parameters.ts'

/** Frames of 10 ms: threads tell of each. */
const published = { ...wavenetAutoencoderSizes.tiny, hop: 160 }
const PADDED = 8

/** What small sizes have and published ones don't: an encoder that strides, notes and lag taps. */
export const smallBlocks = {
  encoder: { channels: 6, strides: [4, 2], blocks: 1, layersPerBlock: 4 },
  notes: 3,
  lagTaps: 5,
} as const

/** Two voices in a model that learned nothing. */
export function tinyWaveform(changes: Partial<WavenetAutoencoderConfig> = {}): WaveformModel {
  const config = { ...published, ...changes }
  const drawn = initializeWavenetAutoencoder(config, 2, createRandom(4))
  return {
    config,
    parameters: new Map([...drawn].filter(([name]) => !isAdversarys(name))),
    voices: [
      { name: 'Low', lowestHz: 90, highestHz: 260, medianHz: 140, isSung: true },
      { name: 'High', lowestHz: 180, highestHz: 700, medianHz: 330, isSung: true },
    ],
    peaks: {
      layers: dilationsOf(config.decoder).map(() => new Float32Array(PADDED).fill(1)),
      skips: new Float32Array(PADDED).fill(2),
      hidden: new Float32Array(PADDED).fill(2),
    },
  }
}

const card: SingerCard = {
  name: 'High',
  converter: 'waveform',
  licence: 'CC0',
  consent: 'a made voice',
  lowestHz: 180,
  highestHz: 700,
  medianHz: 330,
  trainedFromSec: 12,
  createdAtMs: 1_700_000_000_000,
}

export const tinyWaveformSinger = (row = 1): WaveformSingerFile => ({ model: tinyWaveform(), row, card })
