import { createComplexFft } from '../../dsp/complex-fft.ts'
import { realFft } from '../../dsp/fft.ts'
import type { BandGroup } from '../../kernels/harvest-search.ts'

/** Two channels of a group by one transform, by blocks (overlap-save: exact, no wrap-around). */
export interface BandFilter {
  /** Writes the loaded span filtered by two channels; sample i of an output has the index start + i. */
  filterPair(channelA: number, channelB: number, outputA: Float64Array, outputB: Float64Array): void
}

/**
 * Filters the samples start … end - 1 of `signal`, which is zero outside. The output comes one sample early, as
 * `findCrossings` expects.
 */
export function createBandFilter(
  signal: Float64Array,
  { size, reach, gains }: BandGroup,
  start: number,
  end: number,
): BandFilter {
  const hop = size - 2 * reach
  const bins = size / 2 + 1
  const length = end - start
  const fft = createComplexFft(size)
  const workRe = new Float64Array(size)
  const workIm = new Float64Array(size)
  const blocks = Array.from({ length: Math.ceil(length / hop) }, (_, b) => spectrumOf(start + 1 + b * hop - reach))

  function spectrumOf(first: number): { re: Float64Array; im: Float64Array } {
    const block = new Float64Array(size)
    const from = Math.max(first, 0)
    if (from < signal.length) block.set(signal.subarray(from, Math.max(from, first + size)), from - first)
    const re = new Float64Array(bins)
    const im = new Float64Array(bins)
    realFft(size).forward(block, re, im)
    return { re, im }
  }

  function filterPair(channelA: number, channelB: number, outputA: Float64Array, outputB: Float64Array): void {
    const gainsA = gains.subarray(channelA * bins, (channelA + 1) * bins)
    const gainsB = gains.subarray(channelB * bins, (channelB + 1) * bins)
    blocks.forEach(({ re, im }, b) => {
      shapeSpectrum(re, im, gainsA, gainsB)
      // Parts exchanged: the forward transform then inverts. The real output is channel A, the imaginary one B.
      fft.forwardFromReversed(workIm, workRe)
      const count = Math.min(hop, length - b * hop)
      outputA.set(workRe.subarray(reach, reach + count), b * hop)
      outputB.set(workIm.subarray(reach, reach + count), b * hop)
    })
  }

  /** X (A + iB) for a real signal's half spectrum X and real gains, in bit-reversed order. */
  function shapeSpectrum(re: Float64Array, im: Float64Array, gainsA: Float64Array, gainsB: Float64Array): void {
    const { reversed } = fft
    workRe[0] = re[0] * gainsA[0]
    workIm[0] = re[0] * gainsB[0]
    for (let k = 1; k < bins; k++) {
      const low = reversed[k]
      const high = reversed[size - k]
      const reA = re[k] * gainsA[k]
      const imA = im[k] * gainsA[k]
      const reB = re[k] * gainsB[k]
      const imB = im[k] * gainsB[k]
      workRe[low] = reA - imB
      workIm[low] = reB + imA
      workRe[high] = reA + imB
      workIm[high] = reB - imA
    }
  }

  return { filterPair }
}
