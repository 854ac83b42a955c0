import { instantiateKernel, type AllocatingExports, type KernelModule } from './instance.ts'
import { createKernelMemory } from './kernel-memory.ts'
import { putStretch } from './signal-stretch.ts'

/** Some frames to be analyzed; one value a frame in `origins` and `f0Hz`. */
export interface EnvelopeFrames {
  /** At least one sample. */
  readonly x: Float64Array
  readonly fs: number
  readonly fftSize: number
  /** Sample that a frame is centered at, ascending; may lie outside of the signal, whose edges then go on. */
  readonly origins: Int32Array
  /** Pitch that a frame is analyzed with; three periods of it fit into the transform. */
  readonly f0Hz: Float64Array
  /** State of the noise generator before the first frame. */
  readonly noiseState: Int32Array
}

/** Calls `take` for every frame in turn with its power envelope of fftSize / 2 + 1 bins; the array is used again. */
export type EstimateEnvelopes = (frames: EnvelopeFrames, take: (index: number, power: Float64Array) => void) => void

interface CheapTrickExports extends AllocatingExports {
  start(fs: number, fftSize: number, x: number, y: number, z: number, w: number): void
  envelopes(signal: number, origins: number, f0Hz: number, count: number, out: number): void
}

/** Envelopes of one call: they stay in the processor's cache until they are read. */
const batchBytes = 1 << 18

/** The kernel `cheaptrick`, with the contract of CheapTrick's plain twin in the room `world`. */
export function createEnvelopeKernel(module: KernelModule): EstimateEnvelopes {
  const kernel = instantiateKernel<CheapTrickExports>(module)
  const memory = createKernelMemory(kernel)
  return ({ x, fs, fftSize, origins, f0Hz, noiseState }, take) => {
    const bins = fftSize / 2 + 1
    const batchFrames = Math.max(1, Math.floor(batchBytes / (8 * bins)))
    const outAt = memory.room('envelopes', 8 * (bins * batchFrames + 1))
    const originsAt = memory.room('origins', 4 * batchFrames)
    const [stateX, stateY, stateZ, stateW] = noiseState
    kernel.start(fs, fftSize, stateX, stateY, stateZ, stateW)
    for (let first = 0; first < f0Hz.length; first += batchFrames) {
      const end = Math.min(first + batchFrames, f0Hz.length)
      const signalAt = putStretch(memory, x, origins[first] - fftSize / 2, origins[end - 1] + fftSize / 2 + 1)
      const f0At = memory.put('f0', f0Hz.subarray(first, end))
      memory.i32(originsAt, end - first).set(origins.subarray(first, end))
      kernel.envelopes(signalAt, originsAt, f0At, end - first, outAt)
      const rows = memory.f64(outAt, bins * (end - first))
      for (let index = first; index < end; index++) {
        take(index, rows.subarray(bins * (index - first), bins * (index - first + 1)))
      }
    }
  }
}
