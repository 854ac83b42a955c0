import { realFft } from '../../dsp/fft.ts'
import type { DioCandidates, DioSearch, DioSpan } from '../../kernels/dio-search.ts'
import { areEnough, createCrossings, findCrossings, frequencyAtFrames } from '../crossings.ts'

/**
 * The frequency that each band measures between its events, and a score: how much its four event series disagree,
 * relative to the frequency. Source: Morise, Kawahara and Katayose 2009.
 */
export function findDioCandidates(search: DioSearch, span: DioSpan): DioCandidates {
  const frames = span.endFrame - span.firstFrame
  const count = search.bands.boundariesHz.length * frames
  const found = { f0: new Float64Array(count), scores: new Float64Array(count).fill(search.unknownScore) }
  const filter = createBandFilter(search, span)
  const filtered = new Float64Array(span.endSample - span.startSample)
  const crossings = createCrossings(filtered.length)
  search.bands.boundariesHz.forEach((boundaryHz, band) => {
    filter(band, filtered)
    findCrossings(filtered, filtered.length, span.startSample, crossings)
    if (!areEnough(crossings)) return
    const measured = [crossings.falling, crossings.rising, crossings.peaks, crossings.dips].map((series) => {
      const values = new Float64Array(frames)
      frequencyAtFrames(series, search.rateHz, search.spacingSamples, span.firstFrame, frames, values)
      return values
    })
    const f0 = found.f0.subarray(band * frames, (band + 1) * frames)
    judge(search, boundaryHz, measured, f0, found.scores.subarray(band * frames, (band + 1) * frames))
  })
  return found
}

/** Filters the span by blocks (overlap-save: exact, no wrap-around). */
function createBandFilter({ signal, bands }: DioSearch, { startSample, endSample }: DioSpan) {
  const { size, reach, gainsRe, gainsIm } = bands
  const hop = size - 2 * reach
  const bins = size / 2 + 1
  const length = endSample - startSample
  const fft = realFft(size)
  const re = new Float64Array(bins)
  const im = new Float64Array(bins)
  const block = new Float64Array(size)
  const spectra = Array.from({ length: Math.ceil(length / hop) }, (_, b) => {
    const first = startSample + b * hop - reach
    const from = Math.max(first, 0)
    block.fill(0).set(signal.subarray(from, Math.max(from, first + size)), from - first)
    const spectrum = { re: new Float64Array(bins), im: new Float64Array(bins) }
    fft.forward(block, spectrum.re, spectrum.im)
    return spectrum
  })
  return (band: number, filtered: Float64Array): void => {
    spectra.forEach((spectrum, b) => {
      for (let k = 0; k < bins; k++) {
        const gainRe = gainsRe[band * bins + k]
        const gainIm = gainsIm[band * bins + k]
        re[k] = spectrum.re[k] * gainRe - spectrum.im[k] * gainIm
        im[k] = spectrum.re[k] * gainIm + spectrum.im[k] * gainRe
      }
      fft.inverse(re, im, block)
      filtered.set(block.subarray(reach, reach + Math.min(hop, length - b * hop)), b * hop)
    })
  }
}

function judge(
  { f0FloorHz, f0CeilHz, safeguard }: DioSearch,
  boundaryHz: number,
  measured: readonly Float64Array[],
  f0: Float64Array,
  scores: Float64Array,
): void {
  const low = Math.max(boundaryHz / 2, f0FloorHz)
  const high = Math.min(boundaryHz, f0CeilHz)
  const [a, b, c, d] = measured
  for (let i = 0; i < f0.length; i++) {
    const mean = (a[i] + b[i] + c[i] + d[i]) / 4
    if (!(mean >= low && mean <= high)) continue
    const squares = (a[i] - mean) ** 2 + (b[i] - mean) ** 2 + (c[i] - mean) ** 2 + (d[i] - mean) ** 2
    f0[i] = mean
    scores[i] = Math.sqrt(squares / 3) / (mean + safeguard)
  }
}
