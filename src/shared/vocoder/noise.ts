import { createRandom } from '../base/random.ts'

/** Drawn together. */
const BLOCK_SAMPLES = 4096

/** White noise of power 1 that can be read anywhere: the same numbers however a sound is cut. */
export type ReadNoise = (startSamples: number, count: number) => Float32Array

export function createNoise(seed: number): ReadNoise {
  const kept = new Map<number, Float32Array>()
  function block(index: number): Float32Array {
    const known = kept.get(index)
    if (known) return known
    // Seeds beside each other give unlike numbers: the generator mixes them.
    const random = createRandom((Math.imul(seed, 0x9e3779b1) + index) >>> 0)
    const drawn = Float32Array.from({ length: BLOCK_SAMPLES }, () => random.normal())
    // Chunks overlap by their context, so that the last blocks are asked for again.
    for (const old of kept.keys()) if (old < index - 1) kept.delete(old)
    kept.set(index, drawn)
    return drawn
  }
  return (startSamples, count) => {
    const output = new Float32Array(count)
    for (let at = 0; at < count;) {
      const position = startSamples + at
      const index = Math.floor(position / BLOCK_SAMPLES)
      const from = position - index * BLOCK_SAMPLES
      const part = block(index).subarray(from, Math.min(BLOCK_SAMPLES, from + count - at))
      output.set(part, at)
      at += part.length
    }
    return output
  }
}
