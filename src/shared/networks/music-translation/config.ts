import type { WavenetBlocks } from '../wavenet-autoencoder/config.ts'

/**
 * The universal music translation network (Mor et al. 2018): one encoder for all music, a decoder for each domain, built
 * of the blocks of the WaveNet autoencoder without a table of rows. Pitch as an input of the decoders is no part of the
 * publication: melodies of one voice are then kept by it instead of being learned by the latent.
 */
export interface MusicTranslationConfig extends WavenetBlocks {
  readonly singer?: never
}

export const musicTranslationSizes = {
  /** As the paper has it: 1.98 M parameters in the encoder, 4.69 M in each decoder, which reaches back 0.26 s. */
  paper: sizeOf(128, 3, 10, 4, 10),
  /** As the published code trains it: 6.54 M in each decoder, which reaches back 4.1 s. */
  long: sizeOf(128, 3, 10, 4, 14),
  /** A quarter of the arithmetic. */
  compact: sizeOf(64, 3, 10, 4, 10),
  /** Learns plain sounds of one voice within minutes on a processor: it is told their pitch, as a number and as notes. */
  preview: {
    ...sizeOf(16, 1, 5, 1, 8),
    decoder: { channels: 32, skip: 64, blocks: 1, layersPerBlock: 8 },
    latent: 8,
    hasPitch: true,
    notes: 24,
    lagTaps: 5,
    adversary: 16,
  },
  /** NSynth's WaveNet autoencoder (Engel et al. 2017), which has one domain: 59.8 M in its decoder. */
  nsynth: {
    ...sizeOf(128, 3, 10, 3, 10),
    decoder: { channels: 512, skip: 256, blocks: 3, layersPerBlock: 10, taps: 3 },
    latent: 16,
    hop: 512,
  },
  /** For tests. */
  tiny: { ...sizeOf(6, 1, 4, 2, 4), latent: 5, hop: 16, adversary: 7 },
} as const satisfies Readonly<Record<string, MusicTranslationConfig>>

function sizeOf(
  channels: number,
  encoderBlocks: number,
  encoderLayers: number,
  decoderBlocks: number,
  decoderLayers: number,
): MusicTranslationConfig {
  return {
    encoder: { channels, blocks: encoderBlocks, layersPerBlock: encoderLayers },
    decoder: { channels, skip: channels, blocks: decoderBlocks, layersPerBlock: decoderLayers },
    latent: 64,
    hop: 800,
    hasPitch: false,
    classifier: 'pointwise',
    adversary: 100,
  }
}
