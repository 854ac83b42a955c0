import { realFft } from '../../dsp/fft.ts'
import { nuttallWindow } from '../../dsp/window.ts'
import { aperiodicityBandCount } from '../aperiodicity-bands.ts'
import { aperiodicityBandHz, roundHalfAway } from '../constants.ts'
import type { Normals } from '../random.ts'
import { createSpectrumShaping } from '../spectrum-shaping.ts'
import { blackman, cutSegment, hann, originSample, segmentHalf, type SegmentShape } from '../windowed-segment.ts'
import { sumWithoutLargest } from './largest.ts'

/** Lowest pitch whose four periods the transform holds. */
const lowestF0Hz = 47
const centroidShape: SegmentShape = { window: blackman, periods: 4, isUnitEnergy: false, noiseLevel: 1e-6 }
const powerShape: SegmentShape = { window: hann, periods: 4, isUnitEnergy: false, noiseLevel: 1e-6 }
/** Correction for the bias of high pitches: dB per Hz above the reference pitch. */
const biasReferenceHz = 100
const biasHzPerDb = 50
/** The largest values of a band's spectrum, its periodic part, reach over so many window-lobe widths. */
const periodicLobes = 8
/** No share is smaller: what is wholly periodic has a level all the same. */
const leastShare = 1e-30

/** Normals that one frame takes. */
export const bandNormals = (f0Hz: number, fs: number): number =>
  3 * (2 * segmentHalf(powerShape.periods, Math.max(f0Hz, lowestF0Hz), fs) + 1)

/** Estimates the aperiodicity in dB of each band of one frame, from its group delay (D4C, section 3). */
export function createBandEstimator(x: Float64Array, fs: number, noise: Normals) {
  const size = 2 ** (1 + Math.floor(Math.log2((4 * fs) / lowestF0Hz + 1)))
  const half = size / 2
  const fft = realFft(size)
  const shaping = createSpectrumShaping(fs, size)
  const window = new Float64Array(size)
  const segment = new Float64Array(size)
  const re = new Float64Array(half + 1)
  const im = new Float64Array(half + 1)
  const weightedRe = new Float64Array(half + 1)
  const weightedIm = new Float64Array(half + 1)
  const centroid = new Float64Array(half + 1)
  const power = new Float64Array(half + 1)
  const smoothed = new Float64Array(half + 1)
  const bandWindow = nuttallWindow(2 * Math.floor((aperiodicityBandHz * size) / fs) + 1)
  const bandHalf = (bandWindow.length - 1) / 2
  const periodicCount = 1 + roundHalfAway((periodicLobes * size) / bandWindow.length)
  const bandsDb = new Float64Array(aperiodicityBandCount(fs))

  /** Adds the energy-weighted mean time of every bin. */
  function addCentroid(f0Hz: number, positionSec: number): void {
    const length = cutSegment(x, fs, f0Hz, originSample(positionSec, fs), centroidShape, noise, window, segment)
    let energy = 0
    for (let i = 0; i < length; i++) energy += segment[i] * segment[i]
    const scale = 1 / Math.sqrt(energy)
    for (let i = 0; i < length; i++) segment[i] *= scale
    fft.forward(segment, re, im)
    for (let i = 0; i < length; i++) segment[i] *= i + 1
    fft.forward(segment, weightedRe, weightedIm)
    for (let k = 0; k <= half; k++) centroid[k] += re[k] * weightedRe[k] + im[k] * weightedIm[k]
  }

  function computeGroupDelay(f0Hz: number, positionSec: number): void {
    centroid.fill(0)
    addCentroid(f0Hz, positionSec - 0.25 / f0Hz)
    addCentroid(f0Hz, positionSec + 0.25 / f0Hz)
    shaping.correctDc(centroid, f0Hz)
    cutSegment(x, fs, f0Hz, originSample(positionSec, fs), powerShape, noise, window, segment)
    fft.forward(segment, re, im)
    for (let k = 0; k <= half; k++) power[k] = re[k] * re[k] + im[k] * im[k]
    shaping.correctDc(power, f0Hz)
    shaping.smooth(power, f0Hz)
    // Far below the loudest bins, rounding may have left nothing or less.
    for (let k = 0; k <= half; k++) centroid[k] = power[k] > 0 ? centroid[k] / power[k] : 0
    shaping.smooth(centroid, f0Hz / 2)
    smoothed.set(centroid)
    shaping.smooth(smoothed, f0Hz)
    for (let k = 0; k <= half; k++) centroid[k] -= smoothed[k]
  }

  function bandDb(band: number): number {
    const center = Math.floor((aperiodicityBandHz * (band + 1) * size) / fs)
    segment.fill(0)
    for (let i = 0; i < bandWindow.length; i++) segment[i] = centroid[center - bandHalf + i] * bandWindow[i]
    fft.forward(segment, re, im)
    let whole = 0
    for (let k = 0; k <= half; k++) {
      power[k] = re[k] * re[k] + im[k] * im[k]
      whole += power[k]
    }
    const share = whole > 0 ? sumWithoutLargest(power, periodicCount) / whole : 1
    return 10 * Math.log10(Math.max(share, leastShare))
  }

  return (f0Hz: number, positionSec: number): Float64Array => {
    const usedF0 = Math.max(f0Hz, lowestF0Hz)
    computeGroupDelay(usedF0, positionSec)
    for (let band = 0; band < bandsDb.length; band++) {
      bandsDb[band] = Math.min(0, bandDb(band) + (usedF0 - biasReferenceHz) / biasHzPerDb)
    }
    return bandsDb
  }
}
