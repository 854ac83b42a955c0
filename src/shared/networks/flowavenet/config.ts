/** FloWaveNet (Kim et al. 2019): audio becomes noise through blocks that each halve time and double channels. */
export interface FlowavenetConfig {
  readonly blocks: number
  readonly flowsPerBlock: number
  /** After every so many blocks but the last, half of the channels leave. */
  readonly blocksPerSplit: number
  /** Of each coupling's network: dilations 1, 2, 4, … */
  readonly layers: number
  readonly channels: number
  readonly mels: number
  /** The spectrum is stretched by each of these in turn; a frame reaches twice as far. */
  readonly stretches: readonly number[]
}

export const flowavenetSizes = {
  paper: { blocks: 8, flowsPerBlock: 6, blocksPerSplit: 4, layers: 2, channels: 256, mels: 80, stretches: [16, 16] },
  /** What two processor cores render faster than it sounds. */
  compact: { blocks: 6, flowsPerBlock: 4, blocksPerSplit: 3, layers: 2, channels: 64, mels: 80, stretches: [16, 16] },
  /** For tests. */
  tiny: { blocks: 2, flowsPerBlock: 2, blocksPerSplit: 1, layers: 2, channels: 5, mels: 3, stretches: [4] },
} as const satisfies Readonly<Record<string, FlowavenetConfig>>

/** Lengths in samples must be a multiple of this. */
export const samplesPerFrame = ({ blocks }: FlowavenetConfig): number => 2 ** blocks

export interface BlockShape {
  /** Of the audio in this block's flows. */
  readonly width: number
  /** Of the condition. */
  readonly told: number
  /** Half of the channels leave after the block. */
  readonly isSplit: boolean
}

export function blockShapes({ blocks, blocksPerSplit, mels }: FlowavenetConfig): readonly BlockShape[] {
  let width = 1
  let told = mels
  return Array.from({ length: blocks }, (_, block) => {
    width *= 2
    told *= 2
    const isSplit = (block + 1) % blocksPerSplit === 0 && block < blocks - 1
    const shape = { width, told, isSplit }
    if (isSplit) width /= 2
    return shape
  })
}
