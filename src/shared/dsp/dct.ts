import type { Numbers } from './numbers.ts'

export interface Dct {
  readonly size: number
  /** Writes the coefficients of `input[inputOffset …]` to `output[outputOffset …]`, the first `count` of them. */
  forward(input: Numbers, inputOffset: number, output: Numbers, outputOffset: number, count?: number): void
  /** The exact inverse, from all `size` coefficients. */
  inverse(input: Numbers, inputOffset: number, output: Numbers, outputOffset: number): void
}

/**
 * Discrete cosine transform, type II with orthonormal scaling: X[k] = s(k) Σ x[n] cos(π k (2n + 1) / 2N),
 * s(0) = √(1/N), s(k) = √(2/N). The sizes here are small (55, 64), where a table beats a fast transform.
 * Input and output must not overlap. Source: Ahmed, Natarajan and Rao 1974.
 */
export function createDct(size: number): Dct {
  const table = new Float64Array(size * size)
  for (let k = 0; k < size; k++) {
    const scale = Math.sqrt((k === 0 ? 1 : 2) / size)
    for (let n = 0; n < size; n++) table[k * size + n] = scale * Math.cos((Math.PI * k * (2 * n + 1)) / (2 * size))
  }
  const work = new Float64Array(size)
  return {
    size,
    forward(input, inputOffset, output, outputOffset, count = size) {
      for (let n = 0; n < size; n++) work[n] = input[inputOffset + n]
      for (let k = 0; k < count; k++) {
        let sum = 0
        for (let n = 0, at = k * size; n < size; n++, at++) sum += table[at] * work[n]
        output[outputOffset + k] = sum
      }
    },
    inverse(input, inputOffset, output, outputOffset) {
      work.fill(0)
      for (let k = 0; k < size; k++) {
        const value = input[inputOffset + k]
        for (let n = 0, at = k * size; n < size; n++, at++) work[n] += table[at] * value
      }
      for (let n = 0; n < size; n++) output[outputOffset + n] = work[n]
    },
  }
}
