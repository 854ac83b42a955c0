import { createRandom } from '../../shared/base/random.ts'
import { createDither } from '../../shared/dsp/dither.ts'
import { isClipped } from '../../shared/formats/wav/samples.ts'

export type SampleEncoding = 'float32' | 'pcm24' | 'pcm16'

/** What happens to samples before they become integers. */
export interface SamplePreparation {
  /** A block, one array per channel; blocks come in order. 16 bits are dithered (TPDF). */
  prepare(channels: readonly Float32Array[]): readonly Float32Array[]
  /** Samples beyond full scale so far, which an integer encoding has to clamp. */
  clippedSampleCount(): number
}

/** Steps per unit; null where nothing is rounded. */
export const encodingScales: Readonly<Record<SampleEncoding, number | null>> = {
  float32: null,
  pcm24: 2 ** 23,
  pcm16: 2 ** 15,
}

/** It never changes: same samples, same bytes. */
const DITHER_SEED = 1

export function createSamplePreparation(encoding: SampleEncoding, channelCount: number): SamplePreparation {
  const scale = encodingScales[encoding]
  const dithers = encoding === 'pcm16' ? createDithers(channelCount) : null
  let clipped = 0
  return {
    prepare(channels) {
      if (scale !== null) clipped += countClipped(channels, scale)
      return dithers === null ? channels : channels.map((channel, index) => dithers[index].apply(channel))
    },
    clippedSampleCount: () => clipped,
  }
}

function createDithers(channelCount: number) {
  const random = createRandom(DITHER_SEED)
  return Array.from({ length: channelCount }, () => createDither(2 ** 15, createRandom(random.integer(2 ** 31))))
}

function countClipped(channels: readonly Float32Array[], scale: number): number {
  let count = 0
  for (const channel of channels) for (const sample of channel) if (isClipped(sample, scale)) count++
  return count
}
