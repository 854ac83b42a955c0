import { PANEL_ROWS } from '../../dsp/packed-rows.ts'
import { HEARD_SAMPLES } from '../wavenet-vocoder/between-samples.ts'
import { INPUTS } from '../wavenet-vocoder/config.ts'

/**
 * A student of a WaveNet vocoder (van den Oord et al. 2018, in ClariNet's Gaussian form): inverse autoregressive flows
 * that make a voice without its spectral envelope of noise, all samples at once.
 */
export interface ParallelWavenetConfig {
  readonly flows: number
  /** Of each flow: dilations 1, 2, 4, … */
  readonly layers: number
  /** A multiple of eight: of what goes on, of what is let through and of what is heard. */
  readonly channels: number
  /** Width of the features after their two convolutions. */
  readonly condition: number
}

/** Of every layer, causal. */
export const FLOW_TAPS = 3
/** What a WaveNet vocoder hears, here of what the flow before made, then the pulse at the sample itself. */
export const FLOW_INPUTS = INPUTS + 1

export const parallelWavenetSizes = {
  /** 210 thousand parameters, 117 thousand multiplications a sample. */
  compact: { flows: 4, layers: 6, channels: 24, condition: 64 },
  /** For those with a graphics card: ClariNet's flows. */
  large: { flows: 6, layers: 10, channels: 64, condition: 128 },
  /** For tests. */
  tiny: { flows: 2, layers: 2, channels: PANEL_ROWS, condition: 4 },
} as const satisfies Readonly<Record<string, ParallelWavenetConfig>>

/** Of a flow. */
export const flowDilations = ({ layers }: ParallelWavenetConfig): readonly number[] =>
  Array.from({ length: layers }, (_, layer) => 2 ** layer)

/** Samples of noise before one that decide it. */
export const noiseReach = (config: ParallelWavenetConfig): number =>
  config.flows * (HEARD_SAMPLES + (FLOW_TAPS - 1) * flowDilations(config).reduce((sum, dilation) => sum + dilation, 0))

/** Of a flow's parameters. */
export const flowPrefix = (flow: number): string => `flow${flow}/`
