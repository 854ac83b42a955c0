import { instantiateKernel, type AllocatingExports, type KernelModule } from './instance.ts'
import { createKernelMemory } from './kernel-memory.ts'
import { putStretch } from './signal-stretch.ts'

/** Some voiced frames to be analyzed; one value a frame in `positionsSec` and `f0Hz`. */
export interface AperiodicityFrames {
  /** At least one sample; the edge samples go on beyond either end. */
  readonly x: Float64Array
  readonly fs: number
  /** Bands of 3 kHz that the aperiodicity is estimated in. */
  readonly bandCount: number
  /** Size of the envelope's transform, whose bins the result has. */
  readonly fftSize: number
  /** Rises from frame to frame. */
  readonly positionsSec: Float64Array
  /** Above 0. */
  readonly f0Hz: Float64Array
  /** State of the noise generator before the first frame. */
  readonly noiseState: Int32Array
}

/** Both halves of D4C; each begins at its own state of the noise. */
export interface AperiodicityEstimator {
  /** LoveTrain: the share of every frame's energy that lies in the low band. */
  lowBandShares(frames: AperiodicityFrames): Float64Array
  /** Calls `take` for every frame in turn with its amplitude ratios in fftSize / 2 + 1 bins; the array is used again. */
  estimate(frames: AperiodicityFrames, take: (index: number, ratios: Float64Array) => void): void
}

interface D4cExports extends AllocatingExports {
  start(fs: number, bandCount: number, fftSize: number, x: number, y: number, z: number, w: number): void
  lowBandShares(signal: number, positionsSec: number, f0Hz: number, count: number, out: number): void
  aperiodicities(signal: number, positionsSec: number, f0Hz: number, count: number, out: number): void
}

/** Half of four periods of the lowest pitch, 40 Hz, and a quarter more, with room for rounding. */
const longestReachSec = 0.0625
const reachMargin = 4
/** Frames of one call lie within so many seconds and no more frames than this: their signal stays in the cache. */
const batchSec = 0.25
const batchFrames = 32

/** The kernel `d4c`, with the contract of D4C's plain twin in the room `world`. */
export function createAperiodicityKernel(module: KernelModule): AperiodicityEstimator {
  const kernel = instantiateKernel<D4cExports>(module)
  const memory = createKernelMemory(kernel)

  const start = ({ fs, bandCount, fftSize, noiseState: [x, y, z, w] }: AperiodicityFrames): void =>
    kernel.start(fs, bandCount, fftSize, x, y, z, w)

  /** Lays batch after batch into the memory; `run` gets the index of the first frame and its offsets. */
  function forEachBatch(
    { x, fs, positionsSec, f0Hz }: AperiodicityFrames,
    run: (first: number, count: number, signalAt: number, positionsAt: number, f0At: number) => void,
  ): void {
    const reach = Math.ceil(longestReachSec * fs) + reachMargin
    for (let first = 0; first < f0Hz.length;) {
      let end = first + 1
      const endSec = positionsSec[first] + batchSec
      while (end < f0Hz.length && end - first < batchFrames && positionsSec[end] <= endSec) end++
      const firstSample = Math.floor(positionsSec[first] * fs) - reach
      const signalAt = putStretch(memory, x, firstSample, Math.ceil(positionsSec[end - 1] * fs) + reach)
      const positionsAt = memory.put('positions', positionsSec.subarray(first, end))
      run(first, end - first, signalAt, positionsAt, memory.put('f0', f0Hz.subarray(first, end)))
      first = end
    }
  }

  return {
    lowBandShares(frames) {
      const shares = new Float64Array(frames.f0Hz.length)
      const outAt = memory.room('shares', 8 * batchFrames)
      start(frames)
      forEachBatch(frames, (first, count, signalAt, positionsAt, f0At) => {
        kernel.lowBandShares(signalAt, positionsAt, f0At, count, outAt)
        shares.set(memory.f64(outAt, count), first)
      })
      return shares
    },
    estimate(frames, take) {
      const bins = frames.fftSize / 2 + 1
      const outAt = memory.room('ratios', 8 * (bins * batchFrames + 3))
      start(frames)
      forEachBatch(frames, (first, count, signalAt, positionsAt, f0At) => {
        kernel.aperiodicities(signalAt, positionsAt, f0At, count, outAt)
        const rows = memory.f64(outAt, bins * count)
        for (let i = 0; i < count; i++) take(first + i, rows.subarray(bins * i, bins * (i + 1)))
      })
    },
  }
}
