import type { AllocatingExports, KernelModule } from './instance.ts'
import { createSizedKernel, type SizedKernel } from './sized-kernel.ts'

/** What is the same for all frames of one rate. */
export interface FilterShape {
  /** Transform, and the Hann window in its middle: both even, the width at most the size. */
  readonly size: number
  readonly hann: Float64Array
  readonly bandCount: number
  /** Per bin the band to its left, and the share that the next band has. */
  readonly lefts: Int32Array
  readonly shares: Float64Array
  /** A change of ln power is held within ± this. */
  readonly greatestChange: number
  /** A frame's energy is brought back by a factor within these. */
  readonly leastScale: number
  readonly greatestScale: number
  readonly energyFloor: number
  /** Where no window reaches, the sum of windows is held at this. */
  readonly leastWindowSum: number
}

/** Frames to be filtered and laid over one another. */
export interface FilterFrames {
  readonly channels: readonly Float64Array[]
  /** Middle of every frame's window, ascending: in samples of the channels; beyond their ends is silence. */
  readonly centers: Int32Array
  /** Rows of bands: change of ln power. */
  readonly differences: Float64Array
  /** Factor of every frame. */
  readonly levels: Float64Array
  readonly keepsEnergy: boolean
  /** What is wanted, in samples of the channels. */
  readonly start: number
  readonly count: number
}

/** The samples `start … start + count` of every channel. */
export type FilterKernel = (shape: FilterShape, frames: FilterFrames) => Float64Array[]

interface FilterExports extends AllocatingExports {
  start(
    size: number,
    width: number,
    hann: number,
    bandCount: number,
    lefts: number,
    shares: number,
    lastBin: number,
    greatestChange: number,
    leastScale: number,
    greatestScale: number,
    energyFloor: number,
  ): void
  filter(
    signals: number,
    signalStride: number,
    signalStarts: number,
    channelCount: number,
    differences: number,
    levels: number,
    keepsEnergy: number,
    frameCount: number,
    spectra: number,
    outputs: number,
    outputStride: number,
    outputStarts: number,
    windowSum: number,
  ): void
  divide(output: number, windowSum: number, least: number, count: number): void
}

/** The kernel `differential-filter`; its twin is `filterFrames` in the room `conversion`. */
export function createFilterKernel(module: KernelModule): FilterKernel {
  const sized = createSizedKernel<FilterExports>(module)
  let known: FilterShape | null = null
  let knownKernel: FilterExports | null = null

  function startShape({ kernel, memory }: SizedKernel<FilterExports>, shape: FilterShape): void {
    const { size, hann, bandCount, lefts, shares } = shape
    const padded = new Float64Array(shares.length + 1)
    padded.set(shares)
    const leftsAt = memory.room('lefts', 4 * (lefts.length + 1))
    memory
      .i32(leftsAt, lefts.length + 1)
      .fill(0)
      .set(lefts)
    const sharesAt = memory.put('shares', padded)
    const hannAt = memory.put('hann', hann)
    const { greatestChange, leastScale, greatestScale, energyFloor } = shape
    const isLast = (_: number, bin: number) => lefts[bin] === bandCount - 2 && shares[bin] === 1
    const lastBin = shares.findIndex(isLast)
    kernel.start(
      size,
      hann.length,
      hannAt,
      bandCount,
      leftsAt,
      sharesAt,
      lastBin < 0 ? shares.length : lastBin,
      greatestChange,
      leastScale,
      greatestScale,
      energyFloor,
    )
    known = shape
    knownKernel = kernel
  }

  return (shape, { channels, centers, differences, levels, keepsEnergy, start, count }) => {
    const frameCount = centers.length
    if (frameCount === 0) return channels.map(() => new Float64Array(count))
    const { size, hann } = shape
    // From the first to the last sample that any frame touches, and what is wanted.
    const first = Math.min(centers[0] - size / 2, start)
    const length = Math.max(centers[frameCount - 1] + size / 2, start + count) - first
    const stride = length + (length % 2)
    const held = sized(stride * channels.length)
    const { kernel, memory, capacity } = held
    if (known !== shape || knownKernel !== kernel) startShape(held, shape)
    const signalsAt = memory.room('signals', 8 * capacity)
    const outputsAt = memory.room('outputs', 8 * capacity)
    const sumAt = memory.room('sum', 8 * capacity)
    const spectraAt = memory.room('spectra', 8 * (size + 4) * channels.length)
    const signalStartsAt = memory.room('signalStarts', 4 * frameCount)
    const outputStartsAt = memory.room('outputStarts', 4 * frameCount)
    const differencesAt = memory.put('differences', differences)
    const levelsAt = memory.put('levels', levels)
    memory.f64(sumAt, stride).fill(0)
    memory.f64(outputsAt, stride * channels.length).fill(0)
    channels.forEach((channel, index) => {
      const row = memory.f64(signalsAt + 8 * stride * index, stride).fill(0)
      const from = Math.max(first, 0)
      const end = Math.min(first + length, channel.length)
      if (end > from) row.set(channel.subarray(from, end), from - first)
    })
    memory.i32(signalStartsAt, frameCount).set(centers.map((center) => center - hann.length / 2 - first))
    memory.i32(outputStartsAt, frameCount).set(centers.map((center) => center - size / 2 - first))
    kernel.filter(
      signalsAt,
      stride,
      signalStartsAt,
      channels.length,
      differencesAt,
      levelsAt,
      Number(keepsEnergy),
      frameCount,
      spectraAt,
      outputsAt,
      stride,
      outputStartsAt,
      sumAt,
    )
    return channels.map((_, index) => {
      const at = outputsAt + 8 * (stride * index + start - first)
      kernel.divide(at, sumAt + 8 * (start - first), shape.leastWindowSum, count)
      return memory.f64(at, count).slice()
    })
  }
}
