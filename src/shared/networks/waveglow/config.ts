/** WaveGlow (Prenger et al. 2018): one invertible network from audio, told its mel spectrum, to noise and back. */
export interface WaveglowConfig {
  /** Samples that stand beside each other as channels; even. */
  readonly group: number
  readonly flows: number
  /** Before every so many flows but the first, two channels leave. */
  readonly earlyEvery: number
  /** Of each coupling: dilations 1, 2, 4, … */
  readonly layers: number
  readonly channels: number
  readonly mels: number
  /** Samples between frames of the mel spectrum, and how many of them each frame reaches. */
  readonly hop: number
  readonly stretchTaps: number
}

/** Channels that leave at once. */
export const EARLY_CHANNELS = 2

const published = { hop: 256, stretchTaps: 1024 } as const

export const waveglowSizes = {
  /** The released size; the paper's has 512 channels. */
  paper: { group: 8, flows: 12, earlyEvery: 4, layers: 8, channels: 256, mels: 80, ...published },
  /** What two processor cores render faster than it sounds. */
  compact: { group: 8, flows: 12, earlyEvery: 4, layers: 8, channels: 64, mels: 80, ...published },
  /** For tests. */
  tiny: { group: 4, flows: 2, earlyEvery: 1, layers: 2, channels: 4, mels: 3, hop: 4, stretchTaps: 16 },
} as const satisfies Readonly<Record<string, WaveglowConfig>>

export const leavesBefore = (flow: number, { earlyEvery }: Pick<WaveglowConfig, 'earlyEvery'>): boolean =>
  flow > 0 && flow % earlyEvery === 0

/** Channels that each flow sees. */
export function flowWidths(config: Pick<WaveglowConfig, 'group' | 'flows' | 'earlyEvery'>): readonly number[] {
  let width = config.group
  return Array.from({ length: config.flows }, (_, flow) => {
    if (leavesBefore(flow, config)) width -= EARLY_CHANNELS
    return width
  })
}
