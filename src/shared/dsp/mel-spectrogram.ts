import { assert } from '../base/assert.ts'
import { realFft } from './fft.ts'
import type { Numbers } from './numbers.ts'
import { periodicHannWindow } from './window.ts'

/** How a mel spectrogram is made; the two conventions below are those of published vocoders. */
export interface MelConvention {
  readonly rateHz: number
  readonly fftSize: number
  readonly hopSamples: number
  readonly bandCount: number
  readonly lowHz: number
  readonly highHz: number
  /** What the bands sum: |X| or |X|². */
  readonly spectrum: 'magnitude' | 'power'
  /** From a band's sum to the number that a network sees. */
  readonly compress: (sum: number) => number
}

const common = { rateHz: 22_050, fftSize: 1024, hopSamples: 256, bandCount: 80 } as const

/** Decibels of power mel, 20 · log10 over a floor of 1e-4, less 20, from −100…0 to 0…1 (FloWaveNet). */
export const normalizedDecibelMel: MelConvention = {
  ...common,
  lowHz: 125,
  highHz: 7600,
  spectrum: 'power',
  compress: (sum) => Math.min(Math.max((20 * Math.log10(Math.max(1e-4, sum)) - 20 + 100) / 100, 0), 1),
}

/** Natural logarithm of magnitude mel over a floor of 1e-5 (WaveGlow, after Tacotron 2). */
export const naturalLogMel: MelConvention = {
  ...common,
  lowHz: 0,
  highHz: 8000,
  spectrum: 'magnitude',
  compress: (sum) => Math.log(Math.max(1e-5, sum)),
}

/** Slaney's scale (Auditory Toolbox, 1998): linear to 1 kHz, 15 steps of 66.7 Hz, then 27 steps to 6.4 times the frequency. */
const STEP_HZ = 200 / 3
const LINEAR_TO_HZ = 1000
const STEPS_TO_LINEAR_END = 15
const LOG_STEP = Math.log(6.4) / 27
export const hzToSlaneyMel = (hz: number): number =>
  hz < LINEAR_TO_HZ ? hz / STEP_HZ : STEPS_TO_LINEAR_END + Math.log(hz / LINEAR_TO_HZ) / LOG_STEP
export const slaneyMelToHz = (mel: number): number =>
  mel < STEPS_TO_LINEAR_END ? mel * STEP_HZ : LINEAR_TO_HZ * Math.exp(LOG_STEP * (mel - STEPS_TO_LINEAR_END))

/** Triangles over the bins of a half spectrum, rows of bins per band; each has area 1 over Hz, so height 2 / width. */
export function slaneyTriangles(convention: MelConvention): readonly Float64Array[] {
  const { rateHz, fftSize, bandCount, lowHz, highHz } = convention
  const [low, high] = [hzToSlaneyMel(lowHz), hzToSlaneyMel(highHz)]
  const edges = Array.from({ length: bandCount + 2 }, (_, index) =>
    slaneyMelToHz(low + ((high - low) * index) / (bandCount + 1)),
  )
  return Array.from({ length: bandCount }, (_, band) => {
    const [left, center, right] = edges.slice(band, band + 3)
    return Float64Array.from({ length: fftSize / 2 + 1 }, (__, bin) => {
      const hz = (bin * rateHz) / fftSize
      const height = Math.min((hz - left) / (center - left), (right - hz) / (right - center))
      return (Math.max(0, height) * 2) / (right - left)
    })
  })
}

/** Rows of `bandCount` numbers per frame; frame k is centered on sample k · hop. */
export interface MelSpectrogram {
  readonly frameCount: number
  readonly values: Float32Array
}

/**
 * Short-time spectra (periodic Hann of the FFT's size, the ends reflected) through mel triangles. Mono samples of full
 * scale 1 at the convention's rate; 1 + floor(samples / hop) frames, also for none. Errors: another rate is a bug.
 */
export function melSpectrogram(samples: Numbers, rateHz: number, convention: MelConvention): MelSpectrogram {
  assert(rateHz === convention.rateHz, `this mel spectrogram is of ${convention.rateHz} Hz, not ${rateHz}`)
  const { fftSize, hopSamples, bandCount, compress } = convention
  const isPower = convention.spectrum === 'power'
  const triangles = sparse(slaneyTriangles(convention))
  const hann = periodicHannWindow(fftSize)
  const fft = realFft(fftSize)
  const frameCount = 1 + Math.floor(samples.length / hopSamples)
  const values = new Float32Array(frameCount * bandCount)
  const input = new Float64Array(fftSize)
  const [re, im] = [new Float64Array(fftSize / 2 + 1), new Float64Array(fftSize / 2 + 1)]
  const strength = new Float64Array(fftSize / 2 + 1)
  for (let frame = 0; frame < frameCount; frame++) {
    const start = frame * hopSamples - fftSize / 2
    for (let index = 0; index < fftSize; index++)
      input[index] = hann[index] * (samples[reflected(start + index, samples.length)] ?? 0)
    fft.forward(input, re, im)
    for (let bin = 0; bin < strength.length; bin++) {
      const power = re[bin] * re[bin] + im[bin] * im[bin]
      strength[bin] = isPower ? power : Math.sqrt(power)
    }
    triangles.forEach(({ first, weights }, band) => {
      let sum = 0
      for (let index = 0; index < weights.length; index++) sum += weights[index] * strength[first + index]
      values[frame * bandCount + band] = compress(sum)
    })
  }
  return { frameCount, values }
}

/** Only the bins that a triangle covers. */
function sparse(rows: readonly Float64Array[]) {
  return rows.map((row) => {
    const first = Math.max(
      0,
      row.findIndex((weight) => weight > 0),
    )
    return { first, weights: row.slice(first, row.findLastIndex((weight) => weight > 0) + 1) }
  })
}

/** Index inside of a signal that is mirrored at its first and last sample, again and again. */
function reflected(index: number, length: number): number {
  if (length < 2) return 0
  const period = 2 * (length - 1)
  const within = ((index % period) + period) % period
  return within < length ? within : period - within
}
