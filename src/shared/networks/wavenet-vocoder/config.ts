import { PANEL_ROWS } from '../../dsp/packed-rows.ts'

/**
 * A WaveNet that is told WORLD's features and the phase of the pitch, and hears its own past, near and one period back:
 * it sings a voice without its spectral envelope, one sample after the other, and a filter puts the envelope back.
 */
export interface WavenetVocoderConfig {
  /** Dilations double from 1 within a stack and begin anew with the next. */
  readonly stacks: number
  readonly layersPerStack: number
  /** A multiple of eight, as the skips. */
  readonly residual: number
  readonly skip: number
  /** Width of the features after their two convolutions. */
  readonly condition: number
}

/** Samples right before the next. */
export const PAST_SAMPLES = 16
/** One period before the next sample, and two: a small network that plays by itself loses a pitch that it is only told. */
export const LAG_PERIODS = [1, 2] as const
/** Around each of them. */
export const LAG_TAPS = 5
/** Those samples, then sine and cosine of the pitch's phase. */
export const INPUTS = PAST_SAMPLES + LAG_PERIODS.length * LAG_TAPS + 2
/** Of a Gaussian's log-deviation: whatever is under it counts as it. */
export const LEAST_LOG_DEVIATION = -5
/** Of a crop so many samples are not learned from: before them nothing is heard of the sound. */
export const UNHEARD_SAMPLES = 300

export const wavenetVocoderSizes = {
  /** 229 thousand parameters, 135 thousand multiplications a sample. */
  compact: { stacks: 2, layersPerStack: 9, residual: 32, skip: 64, condition: 64 },
  /** For those with a graphics card. */
  large: { stacks: 3, layersPerStack: 10, residual: 64, skip: 128, condition: 128 },
  /** For tests. */
  tiny: { stacks: 1, layersPerStack: 3, residual: PANEL_ROWS, skip: PANEL_ROWS, condition: 4 },
} as const satisfies Readonly<Record<string, WavenetVocoderConfig>>

/** 1, 2, 4, … for every stack. */
export const dilationsOf = ({ stacks, layersPerStack }: WavenetVocoderConfig): readonly number[] =>
  Array.from({ length: stacks * layersPerStack }, (_, layer) => 2 ** (layer % layersPerStack))

/** Samples before the next that decide it, periods back left aside. */
export const reachOf = (config: WavenetVocoderConfig): number =>
  PAST_SAMPLES + dilationsOf(config).reduce((sum, dilation) => sum + dilation, 0)

/** Of the sum of all skips: it keeps their variance. */
export const skipGain = (dilations: readonly number[]): number => Math.sqrt(1 / dilations.length)
