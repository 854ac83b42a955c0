import { throwIfCancelled, type Progress } from '../base/progress.ts'
import { createRealFft } from '../dsp/fft.ts'
import type { Numbers } from '../dsp/numbers.ts'
import type { FilterKernel } from '../kernels/differential-filter.ts'
import { BAND_COUNT } from '../networks/spectral-autoencoder/config.ts'
import { readWindow } from './analyze.ts'
import { countVoiced } from './auxiliary.ts'
import { createDifferentialFilter, type SpectralChange } from './differential-filter.ts'
import { FRAMES_PER_SEC, melBands } from './features.ts'
import { mixDown } from './sound.ts'
import { splitHarmonicNoise } from './transposition/harmonic-noise.ts'
import { voiceCurves } from './transposition/voice-curves.ts'
import type { AnalysisSpan, SoundWindow, Survey } from './windows.ts'

/** 80–1,000, 1–2 k, 2–4 k, 4–6 k, 6–9 kHz. */
const BAND_EDGES_HZ = [80, 1000, 2000, 4000, 6000, 9000] as const
const RATIO_BANDS = BAND_EDGES_HZ.length - 1
/** Every fourth 5 ms frame is measured, over a window of the next power of two from 30 ms. */
const FRAME_STEP = 4
const WINDOW_SEC = 0.03
const POWER_FLOOR = 1e-12
const DB_PER_NEPER_OF_POWER = 10 / Math.LN10

/** Power of the repeating and of the other part of voiced sound, per band. Sums over recordings may be added. */
export interface BandRatios {
  readonly harmonicPower: Float64Array
  readonly noisePower: Float64Array
}

/** Measures the voiced frames of a span. Parts are split as transposition splits them. */
export function measureHarmonicsToNoise(
  span: AnalysisSpan,
  { windows }: Survey,
  f0: Numbers,
  progress: Progress,
): BandRatios {
  const meter = createBreathMeter(span.source.rateHz)
  const read = readWindow(span)
  for (const window of windows) {
    throwIfCancelled(progress)
    progress.report(window.index / windows.length, 'measuring the breath')
    if (countVoiced(framesOf(f0, window)) > 0) meter.add(Float64Array.from(mixDown(read(window))), f0, window)
  }
  return meter.ratios
}

/** Adds up what is heard in windows, one after the other. */
export interface BreathMeter {
  readonly ratios: BandRatios
  /** `x`: a window's sound; `f0`: the span's pitch at which it is split, Hz per 5 ms, 0 unvoiced, voiced somewhere in the window. */
  add(x: Float64Array, f0: Numbers, window: SoundWindow): void
}

export function createBreathMeter(rateHz: number): BreathMeter {
  const meter = createBandMeter(rateHz)
  const ratios = { harmonicPower: new Float64Array(RATIO_BANDS), noisePower: new Float64Array(RATIO_BANDS) }
  return {
    ratios,
    add(x, f0, window) {
      const { harmonic, noise } = splitHarmonicNoise(x, voiceCurves(framesOf(f0, window), rateHz, x.length))
      // The same frames of a span however it is cut.
      const first = Math.ceil(window.startFrame / FRAME_STEP) * FRAME_STEP
      for (let frame = first; frame < window.endFrame; frame += FRAME_STEP) {
        if (!(f0[frame] > 0)) continue
        const center = Math.round((frame * rateHz) / FRAMES_PER_SEC) - window.firstSamples
        meter(harmonic, center, ratios.harmonicPower)
        meter(noise, center, ratios.noisePower)
      }
    },
  }
}

const framesOf = (f0: Numbers, { firstFrame, lastFrame }: SoundWindow): Numbers => f0.subarray(firstFrame, lastFrame)

/** 10 · log10 of harmonic over noise power, per band. */
export const ratiosDb = ({ harmonicPower, noisePower }: BandRatios): Float32Array =>
  Float32Array.from(
    harmonicPower,
    (power, band) => 10 * Math.log10((power + POWER_FLOOR) / (noisePower[band] + POWER_FLOOR)),
  )

/** Sums of several recordings' powers. */
export function addRatios(all: readonly BandRatios[]): BandRatios {
  const sum = (of: (ratios: BandRatios) => Float64Array) =>
    Float64Array.from({ length: RATIO_BANDS }, (_, band) => all.reduce((total, ratios) => total + of(ratios)[band], 0))
  return { harmonicPower: sum((ratios) => ratios.harmonicPower), noisePower: sum((ratios) => ratios.noisePower) }
}

/** A filter of the noise part by gains per band, linear between the bands' centers, zero phase. */
export function createNoiseShaper(
  gainsDb: Numbers,
  rateHz: number,
  kernel?: FilterKernel,
): (noise: Float64Array) => Float64Array {
  const filter = createDifferentialFilter(rateHz, kernel)
  const difference = melGains(gainsDb)
  return (noise) => {
    const change: SpectralChange = {
      frameCount: Math.floor((noise.length * FRAMES_PER_SEC) / rateHz) + 1,
      readDifference: (_, output) => output.set(difference),
      keepsEnergy: false,
    }
    return filter.apply({ channels: [noise], firstSamples: 0 }, change, 0, noise.length)[0]
  }
}

function melGains(gainsDb: Numbers): Float64Array {
  const centers = Array.from({ length: RATIO_BANDS }, (_, band) => (BAND_EDGES_HZ[band] + BAND_EDGES_HZ[band + 1]) / 2)
  const { centersHz } = melBands()
  return Float64Array.from({ length: BAND_COUNT }, (_, band) => {
    const hz = centersHz[band]
    let left = 0
    while (left < RATIO_BANDS - 2 && centers[left + 1] < hz) left++
    const fraction = Math.min(Math.max((hz - centers[left]) / (centers[left + 1] - centers[left]), 0), 1)
    return (gainsDb[left] + (gainsDb[left + 1] - gainsDb[left]) * fraction) / DB_PER_NEPER_OF_POWER
  })
}

/** Adds the band powers of one windowed frame around `center` to `powers`. */
function createBandMeter(rateHz: number): (x: Float64Array, center: number, powers: Float64Array) => void {
  const size = 2 ** Math.ceil(Math.log2(rateHz * WINDOW_SEC))
  const fft = createRealFft(size)
  const hann = Float64Array.from({ length: size }, (_, index) => 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / size))
  const frame = new Float64Array(size)
  const re = new Float64Array(size / 2 + 1)
  const im = new Float64Array(size / 2 + 1)
  const edges = BAND_EDGES_HZ.map((hz) => Math.min(Math.round((hz * size) / rateHz), size / 2))
  return (x, center, powers) => {
    for (let index = 0; index < size; index++) frame[index] = (x[center - size / 2 + index] ?? 0) * hann[index]
    fft.forward(frame, re, im)
    for (let band = 0; band < RATIO_BANDS; band++)
      for (let bin = edges[band]; bin < edges[band + 1]; bin++) powers[band] += re[bin] * re[bin] + im[bin] * im[bin]
  }
}
