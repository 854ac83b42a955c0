/**
 * A flow that is told WORLD's features and the phase of the pitch: WaveGlow (Prenger et al. 2018) for sound without its
 * spectral envelope, which a filter puts back. It runs at an eighth of the rate.
 */
export interface FlowVocoderConfig {
  readonly flows: number
  /** Of each coupling: dilations 1, 2, 4, … groups of samples. */
  readonly layers: number
  /** A multiple of eight. */
  readonly channels: number
  /** Width of the features after their two convolutions. */
  readonly condition: number
}

export const flowVocoderSizes = {
  /** 1.5 million parameters, 154 thousand multiplications a sample. */
  compact: { flows: 6, layers: 6, channels: 64, condition: 64 },
  /** For those with a graphics card: the published depth. */
  large: { flows: 12, layers: 8, channels: 128, condition: 128 },
  /** For tests. */
  tiny: { flows: 2, layers: 2, channels: 8, condition: 4 },
} as const satisfies Readonly<Record<string, FlowVocoderConfig>>
