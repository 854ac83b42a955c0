import { assert } from '../base/assert.ts'

/**
 * A complex Fourier transform of one power-of-two size, in place on split arrays.
 * `inverse` is not scaled: forward then inverse multiplies by `size`.
 */
export interface ComplexFft {
  readonly size: number
  forward(re: Float64Array, im: Float64Array): void
  inverse(re: Float64Array, im: Float64Array): void
  /** As `forward` for input that the caller already wrote in bit-reversed order. */
  forwardFromReversed(re: Float64Array, im: Float64Array): void
  /** Where element i belongs in bit-reversed order. */
  readonly reversed: Uint32Array
}

/** Decimation in time, radix 4, after a radix-2 pass when the exponent is odd. Twiddles are computed once. */
export function createComplexFft(size: number): ComplexFft {
  assert(size >= 1 && Number.isInteger(Math.log2(size)), `an FFT size is a power of two, not ${size}`)
  const reversed = bitReversal(size)
  const stages = radix4Stages(size)

  const forwardFromReversed = (re: Float64Array, im: Float64Array): void => {
    if (Math.log2(size) % 2 === 1) radix2Pass(size, re, im)
    else if (size >= 4) firstRadix4Pass(size, re, im)
    for (const { span, twiddles } of stages) radix4Pass(size, span, twiddles, re, im)
  }
  const forward = (re: Float64Array, im: Float64Array): void => {
    swapIntoOrder(reversed, re, im)
    forwardFromReversed(re, im)
  }
  // The inverse transform is the forward one with real and imaginary parts exchanged.
  return { size, reversed, forward, forwardFromReversed, inverse: (re, im) => forward(im, re) }
}

interface Radix4Stage {
  /** Length of the transforms that this stage joins four by four. */
  readonly span: number
  /** Per k: re and im of w^k, w^2k, w^3k with w = exp(-2 pi i / (4 span)). */
  readonly twiddles: Float64Array
}

function radix4Stages(size: number): readonly Radix4Stage[] {
  const stages: Radix4Stage[] = []
  for (let span = Math.log2(size) % 2 === 1 ? 2 : 4; span < size; span *= 4) {
    const twiddles = new Float64Array(6 * span)
    for (let k = 0; k < span; k++) {
      for (let power = 1; power <= 3; power++) {
        const angle = (-2 * Math.PI * k * power) / (4 * span)
        twiddles[6 * k + 2 * power - 2] = Math.cos(angle)
        twiddles[6 * k + 2 * power - 1] = Math.sin(angle)
      }
    }
    stages.push({ span, twiddles })
  }
  return stages
}

function bitReversal(size: number): Uint32Array {
  const reversed = new Uint32Array(size)
  for (let i = 1; i < size; i++) reversed[i] = (reversed[i >> 1] >> 1) | (i & 1 ? size >> 1 : 0)
  return reversed
}

function swapIntoOrder(reversed: Uint32Array, re: Float64Array, im: Float64Array): void {
  for (let i = 0; i < reversed.length; i++) {
    const j = reversed[i]
    if (j <= i) continue
    const r = re[i]
    const m = im[i]
    re[i] = re[j]
    im[i] = im[j]
    re[j] = r
    im[j] = m
  }
}

function radix2Pass(size: number, re: Float64Array, im: Float64Array): void {
  for (let i = 0; i < size; i += 2) {
    const r = re[i + 1]
    const m = im[i + 1]
    re[i + 1] = re[i] - r
    im[i + 1] = im[i] - m
    re[i] += r
    im[i] += m
  }
}

function firstRadix4Pass(size: number, re: Float64Array, im: Float64Array): void {
  for (let i = 0; i < size; i += 4) {
    const r0 = re[i] + re[i + 1]
    const m0 = im[i] + im[i + 1]
    const r1 = re[i] - re[i + 1]
    const m1 = im[i] - im[i + 1]
    const r2 = re[i + 2] + re[i + 3]
    const m2 = im[i + 2] + im[i + 3]
    const r3 = re[i + 2] - re[i + 3]
    const m3 = im[i + 2] - im[i + 3]
    re[i] = r0 + r2
    im[i] = m0 + m2
    re[i + 1] = r1 + m3
    im[i + 1] = m1 - r3
    re[i + 2] = r0 - r2
    im[i + 2] = m0 - m2
    re[i + 3] = r1 - m3
    im[i + 3] = m1 + r3
  }
}

/** Joins transforms of length `span`; the input's order makes the second quarter carry w^2k, the third w^k. */
function radix4Pass(size: number, span: number, twiddles: Float64Array, re: Float64Array, im: Float64Array): void {
  for (let start = 0; start < size; start += 4 * span) {
    let w = 0
    for (let i0 = start; i0 < start + span; i0++) {
      const i1 = i0 + span
      const i2 = i1 + span
      const i3 = i2 + span
      const c1 = twiddles[w]
      const s1 = twiddles[w + 1]
      const c2 = twiddles[w + 2]
      const s2 = twiddles[w + 3]
      const c3 = twiddles[w + 4]
      const s3 = twiddles[w + 5]
      w += 6
      const r1 = re[i1] * c2 - im[i1] * s2
      const m1 = re[i1] * s2 + im[i1] * c2
      const r2 = re[i2] * c1 - im[i2] * s1
      const m2 = re[i2] * s1 + im[i2] * c1
      const r3 = re[i3] * c3 - im[i3] * s3
      const m3 = re[i3] * s3 + im[i3] * c3
      const evenSumR = re[i0] + r1
      const evenSumM = im[i0] + m1
      const evenDifR = re[i0] - r1
      const evenDifM = im[i0] - m1
      const oddSumR = r2 + r3
      const oddSumM = m2 + m3
      const oddDifR = r2 - r3
      const oddDifM = m2 - m3
      re[i0] = evenSumR + oddSumR
      im[i0] = evenSumM + oddSumM
      re[i1] = evenDifR + oddDifM
      im[i1] = evenDifM - oddDifR
      re[i2] = evenSumR - oddSumR
      im[i2] = evenSumM - oddSumM
      re[i3] = evenDifR - oddDifM
      im[i3] = evenDifM + oddDifR
    }
  }
}
