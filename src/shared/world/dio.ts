import { realFft } from '../dsp/fft.ts'
import { innerHannWindow, nuttallWindow } from '../dsp/window.ts'
import { defaultF0CeilHz, defaultF0FloorHz, defaultFramePeriodSec, roundHalfAway, safeguard } from './constants.ts'
import { areEnough, createCrossings, findCrossings, frequencyAtFrames } from './crossings.ts'
import { fixDioContour } from './dio/contour.ts'
import { frameCount } from './frames.ts'
import type { PitchOptions } from './harvest.ts'

const bandsPerOctave = 2
/** Hum and drift below are removed. */
const lowCutHz = 50
/** Score of a band that knows nothing. */
const worstScore = 1e5

/** What one band found: a frequency (0 for none) and how much its four event series disagree, per frame. */
interface BandResult {
  readonly f0: Float64Array
  readonly scores: Float64Array
}

/**
 * Pitch in Hz, one value a frame, 0 where unvoiced: a faster, coarser method than Harvest; refine it by `stoneMask`.
 * Source: Morise, Kawahara and Katayose 2009, "Fast and reliable F0 estimation method based on the period extraction
 * of vocal fold vibration of singing voice and speech".
 */
export function dio(x: Float64Array, fs: number, options: PitchOptions = {}): Float64Array {
  const { f0FloorHz = defaultF0FloorHz, f0CeilHz = defaultF0CeilHz, framePeriodSec = defaultFramePeriodSec } = options
  if (x.length === 0) return new Float64Array(0)
  const frames = frameCount(x.length, fs, framePeriodSec)
  const bandCount = 1 + Math.floor(Math.log2(f0CeilHz / f0FloorHz) * bandsPerOctave)
  const boundaries = Array.from({ length: bandCount }, (_, b) => f0FloorHz * 2 ** ((b + 1) / bandsPerOctave))
  const filter = createLowPass(x, fs, boundaries[0])
  const results = boundaries.map((boundaryHz) =>
    measureBand(filter(boundaryHz), fs, frames, framePeriodSec, boundaryHz, f0FloorHz, f0CeilHz),
  )
  const candidates = results.map(({ f0 }) => f0)
  return fixDioContour(bestCandidates(results, frames), candidates, framePeriodSec, f0FloorHz)
}

/** The signal without its mean and its lowest frequencies, low-passed at a band's boundary. */
function createLowPass(x: Float64Array, fs: number, lowestBoundaryHz: number) {
  const length = x.length + 1
  const lowCutHalf = roundHalfAway(fs / lowCutHz)
  const needed = length + 2 * lowCutHalf + 1 + 4 * Math.floor(1 + fs / (2 * lowestBoundaryHz))
  const size = 2 ** (Math.floor(Math.log2(needed)) + 1)
  const fft = realFft(size)
  const spectrum = spectrumOf((samples) => {
    samples.set(x)
    const mean = x.reduce((sum, value) => sum + value, 0) / length
    for (let i = 0; i < length; i++) samples[i] -= mean
  })
  const lowCut = spectrumOf((samples) => writeLowCut(samples, lowCutHalf))

  function spectrumOf(write: (samples: Float64Array) => void) {
    const samples = new Float64Array(size)
    write(samples)
    const re = new Float64Array(size / 2 + 1)
    const im = new Float64Array(size / 2 + 1)
    fft.forward(samples, re, im)
    return { re, im }
  }

  return (boundaryHz: number): Float64Array => {
    const half = roundHalfAway(fs / boundaryHz / 2)
    const band = spectrumOf((samples) => samples.set(nuttallWindow(4 * half)))
    for (let k = 0; k <= size / 2; k++) {
      // The low cut is symmetric around sample 0, so its spectrum is real.
      const re = spectrum.re[k] * lowCut.re[k]
      const im = spectrum.im[k] * lowCut.re[k]
      const bandRe = band.re[k]
      band.re[k] = re * bandRe - im * band.im[k]
      band.im[k] = re * band.im[k] + im * bandRe
    }
    const filtered = new Float64Array(size)
    fft.inverse(band.re, band.im, filtered)
    return filtered.subarray(2 * half, 2 * half + length)
  }
}

/** An impulse minus a Hann window of unit sum, symmetric around sample 0 (the end holds the negative times). */
function writeLowCut(samples: Float64Array, half: number): void {
  const window = innerHannWindow(2 * half + 1)
  const sum = window.reduce((total, value) => total + value, 0)
  for (let i = -half; i <= half; i++) samples[i < 0 ? samples.length + i : i] = -window[half + i] / sum
  samples[0] += 1
}

function measureBand(
  filtered: Float64Array,
  fs: number,
  frames: number,
  framePeriodSec: number,
  boundaryHz: number,
  f0FloorHz: number,
  f0CeilHz: number,
): BandResult {
  const result = { f0: new Float64Array(frames), scores: new Float64Array(frames).fill(worstScore / safeguard) }
  const crossings = createCrossings(filtered.length)
  findCrossings(filtered, filtered.length, 0, crossings)
  if (!areEnough(crossings)) return result
  const measured = [crossings.falling, crossings.rising, crossings.peaks, crossings.dips].map((series) => {
    const values = new Float64Array(frames)
    frequencyAtFrames(series, fs, fs * framePeriodSec, 0, frames, values)
    return values
  })
  const low = Math.max(boundaryHz / 2, f0FloorHz)
  const high = Math.min(boundaryHz, f0CeilHz)
  for (let i = 0; i < frames; i++) {
    const mean = measured.reduce((sum, values) => sum + values[i], 0) / 4
    if (mean < low || mean > high) continue
    const squares = measured.reduce((sum, values) => sum + (values[i] - mean) ** 2, 0)
    result.f0[i] = mean
    result.scores[i] = Math.sqrt(squares / 3) / (mean + safeguard)
  }
  return result
}

function bestCandidates(results: readonly BandResult[], frames: number): Float64Array {
  return Float64Array.from({ length: frames }, (_, i) => {
    let best = results[0]
    for (const result of results) if (result.scores[i] < best.scores[i]) best = result
    return best.f0[i]
  })
}
