import { createComplexFft } from '../../dsp/complex-fft.ts'
import { realFft } from '../../dsp/fft.ts'
import { nuttallWindow } from '../../dsp/window.ts'

/** Block transforms of this size stay in the first caches; longer filters take a multiple of their length. */
const smallestBlock = 2048
const blockPerFilterLength = 4

/** Band-passes one signal around many center frequencies, by blocks (overlap-save: exact, no wrap-around). */
export interface BandFilter {
  /** Transforms the blocks that cover the outputs start .. end - 1; `filterPair` then filters these. */
  load(start: number, end: number): void
  /** Writes the loaded span filtered by two channels; sample i of an output has the index start + i. */
  filterPair(channelA: number, channelB: number, outputA: Float64Array, outputB: Float64Array): void
}

/**
 * The filter of a channel is a cosine of its center under a Nuttall window of 2 L + 1 points, L = round(2 fs / center),
 * without delay but for one sample that the output comes early (see `findCrossings`). Source: Harvest, section 2.1.
 */
export function createBandFilter(signal: Float64Array, fs: number, centersHz: Float64Array): BandFilter {
  const reach = Math.round((2 * fs) / Math.min(...centersHz))
  const size = Math.max(smallestBlock, 2 ** Math.ceil(Math.log2(blockPerFilterLength * (2 * reach + 1))))
  const hop = size - 2 * reach
  const bins = size / 2 + 1
  const gains = Array.from(centersHz, (centerHz) => channelGains(centerHz, fs, size))
  const fft = createComplexFft(size)
  const forward = realFft(size)
  const workRe = new Float64Array(size)
  const workIm = new Float64Array(size)
  const blocksRe: Float64Array[] = []
  const blocksIm: Float64Array[] = []
  let length = 0

  function load(start: number, end: number): void {
    length = end - start
    const blockCount = Math.ceil(length / hop)
    const block = new Float64Array(size)
    while (blocksRe.length < blockCount) {
      blocksRe.push(new Float64Array(bins))
      blocksIm.push(new Float64Array(bins))
    }
    for (let b = 0; b < blockCount; b++) {
      const first = start + 1 + b * hop - reach
      block.fill(0)
      const from = Math.max(first, 0)
      if (from < signal.length) block.set(signal.subarray(from, Math.max(from, first + size)), from - first)
      forward.forward(block, blocksRe[b], blocksIm[b])
    }
  }

  function filterPair(channelA: number, channelB: number, outputA: Float64Array, outputB: Float64Array): void {
    for (let b = 0, at = 0; at < length; b++, at += hop) {
      shapeSpectrum(blocksRe[b], blocksIm[b], gains[channelA], gains[channelB])
      // Parts exchanged: the forward transform then inverts. The real output is channel A, the imaginary one B.
      fft.forwardFromReversed(workIm, workRe)
      const count = Math.min(hop, length - at)
      for (let i = 0; i < count; i++) {
        outputA[at + i] = workRe[reach + i]
        outputB[at + i] = workIm[reach + i]
      }
    }
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

  return { load, filterPair }
}

/** The zero-phase filter's spectrum is real; the inverse transform's scale is part of it. */
function channelGains(centerHz: number, fs: number, size: number): Float64Array {
  const half = Math.round((2 * fs) / centerHz)
  const window = nuttallWindow(2 * half + 1)
  const response = new Float64Array(size)
  for (let i = -half; i <= half; i++) {
    response[i < 0 ? size + i : i] = (window[half + i] * Math.cos((2 * Math.PI * centerHz * i) / fs)) / size
  }
  const re = new Float64Array(size / 2 + 1)
  realFft(size).forward(response, re, new Float64Array(size / 2 + 1))
  return re
}
