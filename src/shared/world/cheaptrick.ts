import { realFft } from '../dsp/fft.ts'
import type { EnvelopeFrames, EstimateEnvelopes } from '../kernels/cheaptrick.ts'
import { assertAnalyzable, assertPitch } from './analyzable.ts'
import { defaultF0FloorHz, defaultFramePeriodSec, unvoicedF0Hz } from './constants.ts'
import { createNormals } from './random.ts'
import { createSpectrogram, type Spectrogram } from './spectrogram.ts'
import { createSpectrumShaping } from './spectrum-shaping.ts'
import { cutSegment, hann, originSample, segmentHalf, type SegmentShape } from './windowed-segment.ts'

/** Weight of the quefrency compensation. */
const q1 = -0.15
const segmentShape: SegmentShape = { window: hann, periods: 3, isUnitEnergy: true, noiseLevel: 1e-12 }

export interface EnvelopeOptions {
  /** Power of two; by default the smallest that holds three periods of 71 Hz. */
  readonly fftSize?: number
  readonly framePeriodSec?: number
  /** Frames firstFrame … lastFrame (included) only: the same numbers as in a run over all frames. */
  readonly firstFrame?: number
  readonly lastFrame?: number
}

/** The transform size that holds three periods of `f0FloorHz`. */
export const envelopeFftSize = (fs: number, f0FloorHz = defaultF0FloorHz): number =>
  2 ** (1 + Math.floor(Math.log2((3 * fs) / f0FloorHz + 1)))

/** Pitch at and below which a frame is analyzed as unvoiced, because its window would exceed the transform. */
export const envelopeF0FloorHz = (fs: number, fftSize: number): number => (3 * fs) / (fftSize - 3)

/**
 * Calls `take` for every frame in turn with the power envelope, fftSize / 2 + 1 bins; the array is reused, so that
 * long files need no room for all spectra. `f0` has one value in Hz a frame, 0 where unvoiced. Refuses what
 * `assertAnalyzable` refuses. Without the kernel its plain twin computes. Source: Morise 2015, "CheapTrick".
 */
export function forEachEnvelope(
  x: Float64Array,
  fs: number,
  f0: Float64Array,
  options: EnvelopeOptions,
  take: (frame: number, power: Float64Array) => void,
  estimate: EstimateEnvelopes = estimateEnvelopes,
): void {
  const { framePeriodSec = defaultFramePeriodSec, firstFrame = 0, lastFrame = f0.length - 1 } = options
  const fftSize = options.fftSize ?? envelopeFftSize(fs)
  const originOf = (frame: number): number => originSample(frame * framePeriodSec, fs)
  assertAnalyzable(x, fs, originOf(firstFrame) - fftSize / 2, originOf(lastFrame) + fftSize / 2)
  assertPitch(f0, fs)
  const floorHz = envelopeF0FloorHz(fs, fftSize)
  const usedF0 = (value: number): number => (value <= floorHz ? unvoicedF0Hz : value)
  const noise = createNormals()
  let drawnBefore = 0
  for (let frame = 0; frame < firstFrame; frame++) drawnBefore += normalsPerFrame(usedF0(f0[frame]), fs, fftSize)
  noise.skip(drawnBefore)
  const f0Hz = f0.slice(firstFrame, lastFrame + 1).map(usedF0)
  const frames: EnvelopeFrames = {
    x,
    fs,
    fftSize,
    origins: Int32Array.from(f0Hz, (_, index) => originOf(firstFrame + index)),
    f0Hz,
    noiseState: noise.state(),
  }
  estimate(frames, (index, power) => take(firstFrame + index, power))
}

/** As `forEachEnvelope`, all frames at once; row 0 is `firstFrame`. */
export function cheapTrick(
  x: Float64Array,
  fs: number,
  f0: Float64Array,
  options: EnvelopeOptions = {},
  estimate: EstimateEnvelopes = estimateEnvelopes,
): Spectrogram {
  const { firstFrame = 0, lastFrame = f0.length - 1, fftSize = envelopeFftSize(fs) } = options
  const spectrogram = createSpectrogram(Math.max(0, lastFrame - firstFrame + 1), fftSize / 2 + 1)
  const take = (frame: number, power: Float64Array): void =>
    spectrogram.values.set(power, (frame - firstFrame) * spectrogram.binCount)
  forEachEnvelope(x, fs, f0, options, take, estimate)
  return spectrogram
}

const normalsPerFrame = (f0Hz: number, fs: number, fftSize: number): number =>
  2 * segmentHalf(segmentShape.periods, f0Hz, fs) + 1 + fftSize / 2 + 1

/** The plain twin of the kernel `cheaptrick`: the definition that the tests hold it to. */
export const estimateEnvelopes: EstimateEnvelopes = (frames, take) => {
  const estimate = createEstimator(frames)
  frames.f0Hz.forEach((f0Hz, index) => take(index, estimate(f0Hz, frames.origins[index])))
}

function createEstimator({ x, fs, fftSize, noiseState }: EnvelopeFrames) {
  const half = fftSize / 2
  const fft = realFft(fftSize)
  const noise = createNormals(noiseState)
  const shaping = createSpectrumShaping(fs, fftSize)
  const window = new Float64Array(fftSize)
  const segment = new Float64Array(fftSize)
  const re = new Float64Array(half + 1)
  const im = new Float64Array(half + 1)
  const power = new Float64Array(half + 1)

  function envelopeAt(f0Hz: number, origin: number): Float64Array {
    cutSegment(x, fs, f0Hz, origin, segmentShape, noise, window, segment)
    fft.forward(segment, re, im)
    for (let k = 0; k <= half; k++) power[k] = re[k] * re[k] + im[k] * im[k]
    shaping.correctDc(power, f0Hz)
    shaping.smooth(power, (2 * f0Hz) / 3)
    // Far below the loudest bins, rounding may have left less than nothing.
    for (let k = 0; k <= half; k++) power[k] = Math.max(power[k], 0) + Math.abs(noise.next()) * Number.EPSILON
    smoothLogarithm(f0Hz)
    return power
  }

  /** Smooths ln(power) by a lifter: a rectangle of width f0, with the compensation of q1. */
  function smoothLogarithm(f0Hz: number): void {
    for (let k = 0; k <= half; k++) segment[k] = Math.log(power[k])
    for (let k = 1; k < half; k++) segment[fftSize - k] = segment[k]
    fft.forward(segment, re, im)
    for (let i = 1; i <= half; i++) {
      const angle = (Math.PI * f0Hz * i) / fs
      const sine = Math.sin(angle)
      // 1 - 2 sin^2 is the cosine of the double angle.
      re[i] *= (sine / angle) * (1 - 2 * q1 + 2 * q1 * (1 - 2 * sine * sine))
    }
    im.fill(0)
    fft.inverse(re, im, segment)
    for (let k = 0; k <= half; k++) power[k] = Math.exp(segment[k])
  }

  return envelopeAt
}
