/** Sizes of the narrow-latent spectral autoencoder, the default converter. */
export interface SpectralAutoencoderConfig {
  /** Hidden channels C of encoder and decoder. */
  readonly channels: number
  /** Residual blocks of the decoder, dilations 1, 2, 4, 8. */
  readonly decoderBlocks: number
  /** Numbers per latent frame. */
  readonly latent: number
  /** Numbers of a singer's row. */
  readonly singer: number
  /** Without any instance normalization: who sings then stays in the latent, which is what a measurement wants to see. */
  readonly isUnnormalized?: boolean
}

/** Mel bands of a frame, and those below 7,600 Hz, which the encoder sees. */
export const BAND_COUNT = 64
export const LOW_BAND_COUNT = 55
/** Encoder input: low bands, voiced, energy. */
export const ENCODER_INPUT_CHANNELS = LOW_BAND_COUNT + 2
/** Beside latent and singer the decoder sees pitch, voiced, energy. */
export const AUXILIARY_CHANNELS = 3
export const KERNEL_TAPS = 5
export const ENCODER_DILATIONS = [1, 2, 4] as const
export const DECODER_DILATIONS = [1, 2, 4, 8] as const

export const spectralAutoencoderSizes = {
  fast: { channels: 48, decoderBlocks: 3, latent: 8, singer: 32 },
  standard: { channels: 96, decoderBlocks: 4, latent: 8, singer: 32 },
  /** For tests: the sizes of the golden vectors. */
  tiny: { channels: 6, decoderBlocks: 3, latent: 3, singer: 4 },
} as const satisfies Record<string, SpectralAutoencoderConfig>

/** For measurements, in no file: wide and without norms, it learns to copy and converts nothing. */
export const negativeControl: SpectralAutoencoderConfig = {
  channels: 48,
  decoderBlocks: 3,
  latent: 64,
  singer: 32,
  isUnnormalized: true,
}
