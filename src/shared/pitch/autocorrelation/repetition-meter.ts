import { realFft, type RealFft } from '../../dsp/fft.ts'
import type { Hertz, Seconds } from '../../units/time.ts'

/** Above are only harmonics that breath drowns. */
const highestHz = 3400
/** The band's edges are slopes, or the autocorrelation would ring. */
const lowSlope = 0.7
const highSlope = 1.2
/** Where a window's own autocorrelation has fallen to this, dividing by it would only raise noise. */
const leastOverlap = 0.05
/** So that a frame between two samples goes the same way in every window of a long file. */
const roundingBias = 1e-3

export interface MeterShape {
  /** Below is nothing of the pitches that are read from this meter, only rumble, hum and noise. */
  readonly lowestHz: Hertz
  /**
   * Above this the spectrum is tilted, to fall by 6 dB per octave more. A voice is strongest in its first harmonics,
   * breath and hiss are not: so those decide that noise covers last.
   */
  readonly kneeHz: Hertz
  /** Length of the Hann window: about four periods of the lowest pitch that is read from it. */
  readonly windowSec: Seconds
  readonly longestLagSec: Seconds
  /** Lags per sample: above 1 where a period has so few samples that a peak would fall between them. */
  readonly lagsPerSample: 1 | 2
}

/** How a signal repeats around one place. */
export interface RepetitionMeter {
  readonly lagsPerSec: Hertz
  readonly longestLag: number
  /** Whole lags from 0: 1 at lag 0 and, for a steady voice, at every period. Valid until the next `measure`. */
  readonly repetition: Float64Array
  /** Measures around a position in samples; outside the signal is silence. Returns the band's mean power, untilted. */
  measure(centerSamples: number): number
}

/**
 * Autocorrelation of a windowed, tilted place of `x`, over that of the window, by Fourier transform.
 * Source: Boersma 1993, "Accurate short-term analysis of the fundamental frequency", equation 9; the tilt is our own.
 */
export function createRepetitionMeter(
  x: Float64Array,
  fs: Hertz,
  shape: MeterShape,
  fftOf: (size: number) => RealFft = realFft,
): RepetitionMeter {
  const window = hannWindow(2 * Math.round((shape.windowSec * fs) / 2) + 1)
  const size = 2 ** Math.ceil(Math.log2(window.length + shape.longestLagSec * fs))
  const [forward, inverse] = [fftOf(size), fftOf(size * shape.lagsPerSample)]
  const bins = size / 2 + 1
  const segment = new Float64Array(size)
  const [re, im] = [new Float64Array(bins), new Float64Array(bins)]
  const [power, zero] = [0, 1].map(() => new Float64Array(inverse.size / 2 + 1))
  const correlation = new Float64Array(inverse.size)
  const band = Float64Array.from({ length: bins }, (_, k) => bandWeight((k * fs) / size, shape.lowestHz))
  const tilted = band.map((weight, k) => weight * tilt((k * fs) / size, shape.kneeHz))
  const longestLag = Math.floor(shape.longestLagSec * fs * shape.lagsPerSample)
  const perOverlap = inverseOverlap()
  const repetition = new Float64Array(longestLag + 1)

  function inverseOverlap(): Float64Array {
    segment.set(window)
    forward.forward(segment, re, im)
    for (let k = 0; k < bins; k++) power[k] = re[k] * re[k] + im[k] * im[k]
    inverse.inverse(power, zero, correlation)
    return Float64Array.from({ length: longestLag + 1 }, (_, lag) =>
      Math.min(correlation[0] / correlation[lag], 1 / leastOverlap),
    )
  }

  function cut(centerSamples: number): void {
    const first = Math.round(centerSamples + roundingBias) - (window.length >> 1)
    let sum = 0
    let weights = 0
    for (let i = 0; i < window.length; i++) {
      const at = first + i
      const value = at >= 0 && at < x.length ? x[at] * window[i] : 0
      segment[i] = value
      sum += value
      weights += window[i]
    }
    const mean = sum / weights
    for (let i = 0; i < window.length; i++) segment[i] -= mean * window[i]
  }

  return {
    lagsPerSec: fs * shape.lagsPerSample,
    longestLag,
    repetition,
    measure(centerSamples) {
      cut(centerSamples)
      forward.forward(segment, re, im)
      let sum = 0
      for (let k = 0; k < bins; k++) {
        const here = re[k] * re[k] + im[k] * im[k]
        sum += here * band[k]
        power[k] = here * tilted[k]
      }
      inverse.inverse(power, zero, correlation)
      const scale = correlation[0] > 0 ? 1 / correlation[0] : 0
      for (let lag = 0; lag <= longestLag; lag++) repetition[lag] = correlation[lag] * scale * perOverlap[lag]
      return sum / window.length
    },
  }
}

function bandWeight(hz: Hertz, lowestHz: Hertz): number {
  const rise = (hz / lowestHz - lowSlope) / (1 - lowSlope)
  const fall = (highSlope - hz / highestHz) / (highSlope - 1)
  return Math.min(1, Math.max(0, Math.min(rise, fall)))
}

/** Of power. */
const tilt = (hz: Hertz, kneeHz: Hertz): number => Math.min(1, (kneeHz / Math.max(hz, kneeHz)) ** 2)

const hannWindow = (length: number): Float64Array =>
  Float64Array.from({ length }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / length))
