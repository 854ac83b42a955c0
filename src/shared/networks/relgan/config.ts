/** Relative-attribute GAN for emotions: a 2-1-2D generator, and a discriminator with three heads on one trunk. */
export interface RelganConfig {
  /** C: channels of the first layers; what is deeper is a multiple of it. */
  readonly channels: number
  /** K ≥ 3: a batch holds three different ones. */
  readonly emotions: number
}

/** Mel-cepstra per frame, a multiple of 4. */
export const CEPSTRA = 36
/** Frames of a crop: .64 s at 5 ms. Any multiple of 4 works. */
export const CROP_FRAMES = 128
/** Residual blocks along time in the middle of the generator. */
export const MIDDLE_BLOCKS = 6
/** Twice halved along both axes. */
export const SHRINKING = 4

export const relganSizes = {
  /** As published: 33.0 M parameters in the generator, 61.9 M in the discriminator, with four emotions. */
  paper: { channels: 128 },
  /** What a CPU trains in hours: a sixty-fourth of the arithmetic, half a million parameters in the generator. */
  compact: { channels: 16 },
  /** For tests. */
  tiny: { channels: 1 },
} as const satisfies Readonly<Record<string, Omit<RelganConfig, 'emotions'>>>
