import { interpolateAt, interpolateLinear } from '../dsp/interpolate.ts'
import { aperiodicityBandHz, aperiodicityLastHz, safeguard } from './constants.ts'
import { createSpectrogram, spectrogramRow, type Spectrogram } from './spectrogram.ts'

/** Level at 0 Hz: a voice is periodic there. */
const lowestDb = -60
/** A coded frame whose bands are on average above this is unvoiced. */
const unvoicedMeanDb = -0.5

/** Bands at 3, 6, … kHz that aperiodicity is estimated and coded in: 1 at 16 kHz, 5 at 44.1 kHz. */
export const aperiodicityBandCount = (fs: number): number =>
  Math.floor(Math.min(aperiodicityLastHz, fs / 2 - aperiodicityBandHz) / aperiodicityBandHz)

/** Spreads band levels in dB over the bins of a half spectrum, as amplitude ratios. */
export function createBandSpreader(fs: number, fftSize: number) {
  const bandCount = aperiodicityBandCount(fs)
  const axisHz = Float64Array.from({ length: bandCount + 2 }, (_, b) =>
    b > bandCount ? fs / 2 : b * aperiodicityBandHz,
  )
  const binsHz = Float64Array.from({ length: fftSize / 2 + 1 }, (_, k) => (k * fs) / fftSize)
  const levels = new Float64Array(bandCount + 2)
  levels[0] = lowestDb
  levels[bandCount + 1] = -safeguard
  return (bandsDb: Float64Array, output: Float64Array): void => {
    levels.set(bandsDb, 1)
    interpolateLinear(axisHz, levels, binsHz, output)
    for (let k = 0; k < output.length; k++) output[k] = 10 ** (output[k] / 20)
  }
}

/** Aperiodicity of all frames as dB at the band centers: row-major, `aperiodicityBandCount(fs)` values a frame. */
export function encodeAperiodicity(aperiodicity: Spectrogram, fs: number): Float64Array {
  const bandCount = aperiodicityBandCount(fs)
  const binHz = fs / 2 / (aperiodicity.binCount - 1)
  const coded = new Float64Array(aperiodicity.frameCount * bandCount)
  for (let frame = 0; frame < aperiodicity.frameCount; frame++) {
    const levels = spectrogramRow(aperiodicity, frame).map((ratio) => 20 * Math.log10(ratio))
    for (let b = 0; b < bandCount; b++) {
      coded[frame * bandCount + b] = interpolateAt(levels, ((b + 1) * aperiodicityBandHz) / binHz)
    }
  }
  return coded
}

/** The inverse of `encodeAperiodicity` for a transform of `fftSize`. */
export function decodeAperiodicity(coded: Float64Array, fs: number, fftSize: number): Spectrogram {
  const bandCount = aperiodicityBandCount(fs)
  const decoded = createSpectrogram(coded.length / bandCount, fftSize / 2 + 1)
  const spread = createBandSpreader(fs, fftSize)
  for (let frame = 0; frame < decoded.frameCount; frame++) {
    const bands = coded.subarray(frame * bandCount, (frame + 1) * bandCount)
    const mean = bands.reduce((sum, level) => sum + level, 0) / bandCount
    if (mean > unvoicedMeanDb) spectrogramRow(decoded, frame).fill(1 - safeguard)
    else spread(bands, spectrogramRow(decoded, frame))
  }
  return decoded
}
