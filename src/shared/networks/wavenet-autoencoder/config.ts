/** What all WaveNet autoencoders are built of: one that is told a singer's row, and one with a decoder for everybody. */
export interface WavenetBlocks {
  readonly encoder: EncoderConfig
  readonly decoder: DecoderConfig
  readonly latent: number
  /** Width of a singer's row; missing where each has a decoder of their own. */
  readonly singer?: number
  /** Samples a latent: 800 at 16 kHz are 50 ms. */
  readonly hop: number
  /** The decoder hears the pitch as one more condition. */
  readonly hasPitch: boolean
  /** Channels of notes beside the pitch's number, as many for each latent; missing, none. Only where there is pitch. */
  readonly notes?: number
  /**
   * Samples around one period back that the decoder hears besides the last ones; missing, none. Only where there is
   * pitch: see `pitch-lags.ts`.
   */
  readonly lagTaps?: number
  /** Either published shape of the singer classifier. */
  readonly classifier: 'pointwise' | 'convolutional'
  /** Hidden channels of classifier and regressor. */
  readonly adversary: number
}

/**
 * The WaveNet autoencoder of Nachmani and Wolf (2019), with PitchNet's pitch (Deng et al. 2020) where it is asked for: a
 * regressor then takes the pitch out of the latent.
 */
export interface WavenetAutoencoderConfig extends WavenetBlocks {
  readonly singer: number
}

export interface LayersConfig {
  readonly channels: number
  /** Dilations double from 1 within a block and begin anew with the next. */
  readonly blocks: number
  readonly layersPerBlock: number
}

export interface EncoderConfig extends LayersConfig {
  /**
   * The layers hear every so many samples alone, through convolutions twice as long as each stride; missing, all of
   * them, as published. The product divides the hop.
   */
  readonly strides?: readonly number[]
}

export interface DecoderConfig extends LayersConfig {
  readonly skip: number
  /** Of each causal convolution; missing, two. */
  readonly taps?: number
}

/** Both networks work at this rate. */
export const WAVENET_RATE_HZ = 16_000

/**
 * What is not published and lets small networks sing within hours: an encoder that hears 200 times a second, which costs
 * next to nothing; the pitch as notes too; and the decoder's own samples one period back.
 */
const forSmall = {
  encoder: { channels: 64, strides: [10, 8], blocks: 1, layersPerBlock: 4 },
  notes: 24,
  lagTaps: 5,
} as const

export const wavenetAutoencoderSizes = {
  /** As published: 1.98 M parameters in the encoder, 5.37 M in the decoder. */
  paper: sizeOf(128, 3, 10, 128, 4, 10),
  /** The published decoder at half its width, with what a small one learns by. */
  compact: { ...sizeOf(64, 3, 10, 64, 4, 10), ...forSmall },
  /** Hears how a training goes: a fortieth of the arithmetic. */
  preview: {
    ...sizeOf(64, 3, 10, 32, 2, 9),
    ...forSmall,
    decoder: { channels: 32, skip: 64, blocks: 2, layersPerBlock: 9 },
  },
  /** For tests. */
  tiny: { ...sizeOf(6, 1, 4, 6, 2, 4), latent: 5, singer: 3, hop: 16, adversary: 7 },
} as const satisfies Readonly<Record<string, WavenetAutoencoderConfig>>

function sizeOf(
  encoderChannels: number,
  encoderBlocks: number,
  encoderLayers: number,
  decoderChannels: number,
  decoderBlocks: number,
  decoderLayers: number,
): WavenetAutoencoderConfig {
  return {
    encoder: { channels: encoderChannels, blocks: encoderBlocks, layersPerBlock: encoderLayers },
    decoder: {
      channels: decoderChannels,
      skip: decoderChannels,
      blocks: decoderBlocks,
      layersPerBlock: decoderLayers,
    },
    latent: 64,
    singer: 64,
    hop: 800,
    hasPitch: true,
    classifier: 'convolutional',
    adversary: 100,
  }
}

/** 1, 2, 4, … for every block. */
export const dilationsOf = ({ blocks, layersPerBlock }: LayersConfig): readonly number[] =>
  Array.from({ length: blocks * layersPerBlock }, (_, layer) => 2 ** (layer % layersPerBlock))

export const tapsOf = ({ taps = 2 }: DecoderConfig): number => taps

/** What holds for a latent's samples: the latent itself, and its notes. */
export const heldWidth = ({ latent, notes = 0 }: Pick<WavenetBlocks, 'latent' | 'notes'>): number => latent + notes

export const conditionWidth = ({ latent, notes = 0, singer = 0, hasPitch }: WavenetBlocks): number =>
  heldWidth({ latent, notes }) + singer + (hasPitch ? 1 : 0)

/** Samples of which the encoder's layers hear one. */
export const samplesApart = ({ strides = [] }: EncoderConfig): number =>
  strides.reduce((product, stride) => product * stride, 1)

/** Samples that one latent reads before its pool, as many to both sides. */
export function encoderReach({ encoder }: Pick<WavenetBlocks, 'encoder'>): number {
  let [side, apart] = [encoder.strides === undefined ? 1 : 0, 1]
  for (const stride of encoder.strides ?? []) {
    side += stride * apart
    apart *= stride
  }
  return 1 + 2 * (side + apart * dilationsOf(encoder).reduce((sum, dilation) => sum + dilation, 0))
}

/** A period of the lowest pitch that the networks hear: no lag is longer. */
export const MOST_LAG_SAMPLES = 333

/** How far from the next sample the farthest of the lag taps may lie; 0 where there are none. */
export const lagReach = ({ lagTaps = 0 }: Pick<WavenetBlocks, 'lagTaps'>): number =>
  lagTaps === 0 ? 0 : MOST_LAG_SAMPLES + Math.floor(lagTaps / 2)

/** Samples before the next that decide it. */
export const decoderReach = ({ decoder, lagTaps = 0 }: Pick<WavenetBlocks, 'decoder' | 'lagTaps'>): number =>
  Math.max(tapsOf(decoder), lagReach({ lagTaps })) +
  (tapsOf(decoder) - 1) * dilationsOf(decoder).reduce((sum, dilation) => sum + dilation, 0)
