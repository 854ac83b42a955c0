/**
 * A vocoder that is driven by pitch: pulses and noise go through a network without recurrence that is told WORLD's
 * features, and come out as a sound without its spectral envelope, which a filter puts back.
 */
export interface SourceFilterConfig {
  /** Dilations of the layers, in groups of samples. */
  readonly dilations: readonly number[]
  readonly residual: number
  readonly skip: number
  /** Width of the features after their two convolutions. */
  readonly condition: number
}

export const SOURCE_FILTER_RATE_HZ = 16_000
/** Samples beside each other as channels: the network runs at an eighth of the rate. */
export const GROUP = 8
/** Samples between frames of the features: 5 ms. */
export const FRAME_SAMPLES = 80
export const GROUPS_PER_FRAME = FRAME_SAMPLES / GROUP
/** Pulses, then noise. */
export const SOURCE_CHANNELS = 2 * GROUP
/** Sine and cosine of each of these multiples of the pitch's phase. */
export const PHASE_MULTIPLES = [1, 2, 3, 5] as const
export const PHASE_CHANNELS = 2 * PHASE_MULTIPLES.length
export const CEPSTRA = 25
export const BANDS = 5
/** ln of pitch, voiced or not, band aperiodicities, mel-cepstra. */
export const FEATURES = 2 + BANDS + CEPSTRA
/** Of the loss, in samples: those of the published recipe that fit into a crop of a quarter of a second. */
export const LOSS_WINDOWS = [64, 128, 256, 512, 1024] as const
/** Of the lowest quarter of the band, in its own samples: 64 and 128 ms. */
export const LOW_LOSS_WINDOWS = [256, 512] as const
/** Frames of the features on each side that the two convolutions of three taps read. */
export const CONDITION_REACH = 2

const eightLayers = [1, 2, 4, 8, 1, 2, 4, 8]

export const sourceFilterSizes = {
  /** 358 thousand parameters, 34 thousand multiplications a sample. */
  compact: { dilations: eightLayers, residual: 64, skip: 64, condition: 64 },
  /** For those with a graphics card. */
  large: { dilations: [...eightLayers, ...eightLayers], residual: 128, skip: 128, condition: 128 },
  /** For tests. */
  tiny: { dilations: [1, 2], residual: 6, skip: 5, condition: 4 },
} as const satisfies Readonly<Record<string, SourceFilterConfig>>

/** Groups on each side of one that it hears of the source. */
export const sourceReach = ({ dilations }: SourceFilterConfig): number =>
  dilations.reduce((sum, dilation) => sum + dilation, 0)

/** Frames of features that so many frames of sound need: one more to go over into, and what the convolutions read. */
export const conditionFrames = (frames: number): number => frames + 1 + 2 * CONDITION_REACH
