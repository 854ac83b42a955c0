import { interpolateLinear } from '../dsp/interpolate.ts'
import { createSpectrogram, spectrogramRow, type Spectrogram } from './spectrogram.ts'

/** WORLD's own mel scale and the range that the codec covers. */
const melFactor = 1127.01048
const melCornerHz = 700
const lowestHz = 40
const highestHz = 20000

const hzToWorldMel = (hz: number): number => melFactor * Math.log(1 + hz / melCornerHz)
const worldMelToHz = (mel: number): number => melCornerHz * (Math.exp(mel / melFactor) - 1)

export interface EnvelopeCodecOptions {
  /**
   * The reference multiplies by a conjugate twiddle, so that its coefficient i is not the cosine transform's: off by
   * about 2 % at i = 35. Set it for comparisons with the reference; the decoder is the same for both.
   */
  readonly worldCompat?: boolean
}

/**
 * The first `dimensions` cosine coefficients of ln(power) on a mel axis of fftSize / 2 points, row-major per frame.
 * Coefficient 0 is the mean ln power. Source: Morise, Miyashita and Ozenne 2017, "Low-dimensional representation of
 * spectral envelope without deterioration for full-band speech analysis/synthesis system".
 */
export function encodeEnvelope(
  envelope: Spectrogram,
  fs: number,
  dimensions: number,
  { worldCompat = false }: EnvelopeCodecOptions = {},
): Float64Array {
  const size = envelope.binCount - 1
  const binsMel = Float64Array.from({ length: size + 1 }, (_, k) => hzToWorldMel((k * fs) / (2 * size)))
  const axis = melAxis(fs, size)
  const transform = cosineTransform(size, dimensions, worldCompat)
  const warped = new Float64Array(size)
  const coded = new Float64Array(envelope.frameCount * dimensions)
  for (let frame = 0; frame < envelope.frameCount; frame++) {
    interpolateLinear(binsMel, spectrogramRow(envelope, frame).map(Math.log), axis, warped)
    transform(warped, coded.subarray(frame * dimensions, (frame + 1) * dimensions))
  }
  return coded
}

/** The inverse of `encodeEnvelope` for a transform of `fftSize`: power envelopes, smoothed by what was cut off. */
export function decodeEnvelope(coded: Float64Array, dimensions: number, fs: number, fftSize: number): Spectrogram {
  const size = fftSize / 2
  const decoded = createSpectrogram(coded.length / dimensions, size + 1)
  const binsHz = Float64Array.from({ length: size + 1 }, (_, k) => (k * fs) / fftSize)
  // The first value is held down to 0 Hz and the last up to the Nyquist frequency.
  const axisHz = new Float64Array(size + 2)
  axisHz.set(melAxis(fs, size).map(worldMelToHz), 1)
  axisHz[size + 1] = fs / 2
  const cosines = cosineTable(size)
  const warped = new Float64Array(size + 2)
  for (let frame = 0; frame < decoded.frameCount; frame++) {
    const row = coded.subarray(frame * dimensions, (frame + 1) * dimensions)
    for (let n = 0; n < size; n++) warped[n + 1] = inverseAt(row, cosines, n)
    warped[0] = warped[1]
    warped[size + 1] = warped[size]
    const output = spectrogramRow(decoded, frame)
    interpolateLinear(axisHz, warped, binsHz, output)
    for (let k = 0; k <= size; k++) output[k] = Math.exp(output[k])
  }
  return decoded
}

function melAxis(fs: number, size: number): Float64Array {
  const low = hzToWorldMel(lowestHz)
  const high = hzToWorldMel(Math.min(fs / 2, highestHz))
  return Float64Array.from({ length: size }, (_, n) => low + ((high - low) * n) / size)
}

/** cos(pi j / (2 size)) for a whole period, j = 0 … 4 size - 1: a power of two, so that indices wrap by a mask. */
const cosineTable = (size: number): Float64Array =>
  Float64Array.from({ length: 4 * size }, (_, j) => Math.cos((Math.PI * j) / (2 * size)))

/** c_0 + sqrt 2 times the sum of c_i cos(pi i (2n + 1) / 2N). */
function inverseAt(row: Float64Array, cosines: Float64Array, n: number): number {
  let sum = 0
  for (let i = 1; i < row.length; i++) sum += row[i] * cosines[(i * (2 * n + 1)) & (cosines.length - 1)]
  return row[0] + Math.SQRT2 * sum
}

function cosineTransform(size: number, dimensions: number, worldCompat: boolean) {
  const cosines = cosineTable(size)
  const coefficient = (x: Float64Array, i: number): number => {
    let sum = 0
    for (let n = 0; n < size; n++) sum += x[n] * cosines[(i * (2 * n + 1)) & (cosines.length - 1)]
    return ((i === 0 ? 1 : Math.SQRT2) * sum) / size
  }
  return (x: Float64Array, output: Float64Array): void => {
    for (let i = 0; i < dimensions; i++) {
      output[i] = coefficient(x, i)
      if (!worldCompat || i === 0) continue
      const angle = (i * Math.PI) / size
      output[i] = output[i] * Math.cos(angle) + coefficient(x, size - i) * Math.sin(angle)
    }
  }
}
