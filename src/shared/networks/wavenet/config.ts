/** A WaveNet that is told a mel spectrum: as a vocoder (van den Oord et al. 2016, r9y9's reading), teacher or student. */
export interface WavenetConfig {
  /** Past samples as numbers from −1 to 1, or as one of 256 levels each. */
  readonly input: 'samples' | 'levels'
  readonly output: WavenetOutput
  /** Dilations double from 1 within a stack and begin anew with the next. */
  readonly stacks: number
  readonly layersPerStack: number
  readonly taps: number
  /** Of the convolution before the layers; past it stands a rectifier if it reaches back. */
  readonly firstTaps: number
  readonly residual: number
  /** Half of what a layer's convolution gives: tangents, and as many gates. */
  readonly gate: number
  readonly skip: number
  readonly mels: number
  readonly isConditionBiased: boolean
  /** Skips are averaged in energy instead of summed. */
  readonly isSkipAveraged: boolean
  readonly stretch: MelStretch
}

/** What the next sample may be: one of 256 levels, a mixture of logistics, or a Gaussian. */
export type WavenetOutput =
  { readonly kind: 'levels' } | { readonly kind: 'mixture'; readonly logistics: number } | { readonly kind: 'gaussian' }

/** How the spectrum comes to the rate of the samples. */
export type MelStretch =
  /** Frames are repeated and smoothed, after a look at `context` frames to each side. */
  | { readonly kind: 'smoothed'; readonly factors: readonly number[]; readonly context: number }
  | { readonly kind: 'transposed'; readonly factors: readonly number[] }

const clarinet = {
  input: 'samples',
  output: { kind: 'gaussian' },
  layersPerStack: 10,
  firstTaps: 32,
  mels: 80,
  isConditionBiased: true,
  isSkipAveraged: false,
  stretch: { kind: 'transposed', factors: [16, 16] },
} as const

const student = { ...clarinet, taps: 3 } as const

const vocoder = {
  input: 'samples',
  output: { kind: 'mixture', logistics: 10 },
  stacks: 4,
  layersPerStack: 6,
  taps: 3,
  firstTaps: 1,
  residual: 128,
  gate: 128,
  skip: 128,
  mels: 80,
  isConditionBiased: false,
  isSkipAveraged: true,
  stretch: { kind: 'smoothed', factors: [4, 4, 4, 4], context: 2 },
} as const

export const wavenetSizes = {
  paper: vocoder,
  compact: { ...vocoder, residual: 64, gate: 64, skip: 64 },
  /** The Gaussian teacher of ClariNet (Ping et al. 2018), and one of its student's six flows. */
  'clarinet-teacher': { ...clarinet, stacks: 2, taps: 2, residual: 128, gate: 256, skip: 128 },
  'clarinet-flow': { ...clarinet, stacks: 1, taps: 3, residual: 64, gate: 128, skip: 64 },
  /**
   * Flows of Parallel WaveNet's student (van den Oord et al. 2018), of which it has three of a stack and one of three, and
   * the same in half the width.
   */
  'student-flow': { ...student, stacks: 1, residual: 64, gate: 64, skip: 64 },
  'student-flow-compact': { ...student, stacks: 1, residual: 32, gate: 32, skip: 32 },
  /** For tests. */
  tiny: {
    ...vocoder,
    output: { kind: 'mixture', logistics: 2 },
    stacks: 2,
    layersPerStack: 2,
    residual: 4,
    gate: 3,
    skip: 5,
    mels: 3,
    stretch: { kind: 'smoothed', factors: [2, 2], context: 1 },
  },
} as const satisfies Readonly<Record<string, WavenetConfig>>

/** Stacks of the flows of Parallel WaveNet's student, one after the other. */
export const STUDENT_STACKS = [1, 1, 1, 3] as const

/** 1, 2, 4, … for every stack. */
export const dilationsOf = ({ stacks, layersPerStack }: WavenetConfig): readonly number[] =>
  Array.from({ length: stacks * layersPerStack }, (_, layer) => 2 ** (layer % layersPerStack))

/** Samples before the next that decide it. */
export const reachOf = (config: WavenetConfig): number =>
  config.firstTaps + (config.taps - 1) * dilationsOf(config).reduce((sum, dilation) => sum + dilation, 0)

/** Samples between frames of the mel spectrum. */
export const hopOf = ({ stretch }: WavenetConfig): number =>
  stretch.factors.reduce((product, factor) => product * factor, 1)

export const inputWidth = ({ input }: WavenetConfig): number => (input === 'levels' ? LEVELS : 1)

export function outputWidth({ output }: WavenetConfig): number {
  switch (output.kind) {
    case 'levels':
      return LEVELS
    case 'mixture':
      return 3 * output.logistics
    case 'gaussian':
      return 2
  }
}

/** Of the mu-law. */
const LEVELS = 256
