import { failure, FailureError } from '../base/errors.ts'
import type { AperiodicityEstimator, AperiodicityFrames } from '../kernels/d4c.ts'
import { assertAnalyzable, assertPitch } from './analyzable.ts'
import { aperiodicityBandCount, createBandSpreader } from './aperiodicity-bands.ts'
import { envelopeFftSize } from './cheaptrick.ts'
import { defaultFramePeriodSec, parityVoicingThreshold, safeguard } from './constants.ts'
import { bandNormals, createBandEstimator } from './d4c/band-aperiodicity.ts'
import { createLoveTrain, loveTrainNormals } from './d4c/love-train.ts'
import { createNormals } from './random.ts'
import { createSpectrogram, spectrogramRow, type Spectrogram } from './spectrogram.ts'

export interface VoicingOptions {
  readonly framePeriodSec?: number
  /** Frames firstFrame … lastFrame (included) only: the same numbers as in a run over all frames. */
  readonly firstFrame?: number
  readonly lastFrame?: number
}

export interface AperiodicityOptions extends VoicingOptions {
  /** Size of the envelope's transform, whose bins the result has. */
  readonly fftSize?: number
  /** Frames with less low-band energy become unvoiced: 0.85 as the reference, 0.25 for clean singing. */
  readonly threshold?: number
  /** `lowBandShares` of all frames where they are known already: a part of a file needs those of the whole. */
  readonly lowBandShares?: Float64Array
}

/** D4C looks at the band from 4 to 7.9 kHz. */
const lowestRateHz = 16000

/**
 * LoveTrain: the share of every frame's energy that lies below 4 kHz, high for voice, low for breath and hiss; 0 where
 * `f0` is. `f0` in Hz for all frames of `x`, 0 unvoiced; fs of 16 kHz or more. Source: Morise 2016, "D4C", appendix.
 */
export function lowBandShares(
  x: Float64Array,
  fs: number,
  f0: Float64Array,
  options: VoicingOptions = {},
  estimator: AperiodicityEstimator = plainAperiodicity,
): Float64Array {
  const { firstFrame = 0, lastFrame = f0.length - 1 } = options
  assertPart(x, fs, f0, options)
  const drawnBefore = loveTrainNormalsOf(f0.subarray(0, firstFrame), fs)
  const frames = framesOf(x, fs, f0, (frame) => f0[frame] > 0, options, drawnBefore)
  const shares = new Float64Array(Math.max(0, lastFrame - firstFrame + 1))
  const found = estimator.lowBandShares(frames.job)
  found.forEach((share, index) => (shares[frames.indices[index] - firstFrame] = share))
  return shares
}

/**
 * Aperiodicity of every bin as an amplitude ratio: 1 (less 1e-12) for an unvoiced frame, near 0 for a pure harmonic.
 * `f0` in Hz a frame, 0 unvoiced; fs of 16 kHz or more. Row 0 is `firstFrame`. Without the kernel its plain twin
 * computes. Errors: those of `assertAnalyzable`. Source: Morise 2016, "D4C".
 */
export function d4c(
  x: Float64Array,
  fs: number,
  f0: Float64Array,
  options: AperiodicityOptions = {},
  estimator: AperiodicityEstimator = plainAperiodicity,
): Spectrogram {
  assertPart(x, fs, f0, options)
  const { fftSize = envelopeFftSize(fs), firstFrame = 0, lastFrame = f0.length - 1 } = options
  const { threshold = parityVoicingThreshold, framePeriodSec = defaultFramePeriodSec } = options
  const shares = options.lowBandShares ?? lowBandShares(x, fs, f0, { framePeriodSec }, estimator)
  const isVoiced = (frame: number): boolean => f0[frame] > 0 && shares[frame] > threshold
  // The noise goes on behind what LoveTrain drew for all frames.
  let drawnBefore = loveTrainNormalsOf(f0, fs)
  for (let frame = 0; frame < firstFrame; frame++) if (isVoiced(frame)) drawnBefore += bandNormals(f0[frame], fs)
  const aperiodicity = createSpectrogram(Math.max(0, lastFrame - firstFrame + 1), fftSize / 2 + 1)
  aperiodicity.values.fill(1 - safeguard)
  const frames = framesOf(x, fs, f0, isVoiced, { ...options, fftSize }, drawnBefore)
  estimator.estimate(frames.job, (index, ratios) =>
    spectrogramRow(aperiodicity, frames.indices[index] - firstFrame).set(ratios),
  )
  return aperiodicity
}

/** Half a window and what it is moved by, of the lowest pitch. */
const longestReachSec = 0.0625

function assertPart(x: Float64Array, fs: number, f0: Float64Array, options: VoicingOptions): void {
  if (!(fs >= lowestRateHz)) {
    throw new FailureError(
      failure(
        'audio-rate-low',
        `The sound has ${fs} samples a second; its breath is analyzed from ${lowestRateHz} on.`,
        'Resample it, or take a recording of 16 kHz or more.',
      ),
    )
  }
  const { framePeriodSec = defaultFramePeriodSec, firstFrame = 0, lastFrame = f0.length - 1 } = options
  const first = Math.floor((firstFrame * framePeriodSec - longestReachSec) * fs)
  assertAnalyzable(x, fs, first, Math.ceil((lastFrame * framePeriodSec + longestReachSec) * fs))
  assertPitch(f0, fs)
}

function loveTrainNormalsOf(f0: Float64Array, fs: number): number {
  let sum = 0
  for (let frame = 0; frame < f0.length; frame++) if (f0[frame] > 0) sum += loveTrainNormals(f0[frame], fs)
  return sum
}

/** The frames of the part that are asked for, and their indices among all. */
function framesOf(
  x: Float64Array,
  fs: number,
  f0: Float64Array,
  isAsked: (frame: number) => boolean,
  options: AperiodicityOptions,
  drawnBefore: number,
): { readonly job: AperiodicityFrames; readonly indices: Int32Array } {
  const { framePeriodSec = defaultFramePeriodSec, fftSize = envelopeFftSize(fs) } = options
  const { firstFrame = 0, lastFrame = f0.length - 1 } = options
  const part = Int32Array.from({ length: Math.max(0, lastFrame - firstFrame + 1) }, (_, index) => firstFrame + index)
  const indices = part.filter(isAsked)
  const noise = createNormals()
  noise.skip(drawnBefore)
  const job = {
    x,
    fs,
    bandCount: aperiodicityBandCount(fs),
    fftSize,
    positionsSec: Float64Array.from(indices, (frame) => frame * framePeriodSec),
    f0Hz: Float64Array.from(indices, (frame) => f0[frame]),
    noiseState: noise.state(),
  }
  return { job, indices }
}

/** The plain twin of the kernel `d4c`: the definition that the tests hold it to. */
export const plainAperiodicity: AperiodicityEstimator = {
  lowBandShares({ x, fs, positionsSec, f0Hz, noiseState }) {
    const lowBandShare = createLoveTrain(x, fs, createNormals(noiseState))
    return f0Hz.map((value, index) => lowBandShare(value, positionsSec[index]))
  },
  estimate({ x, fs, fftSize, positionsSec, f0Hz, noiseState }, take) {
    const estimateBands = createBandEstimator(x, fs, createNormals(noiseState))
    const spread = createBandSpreader(fs, fftSize)
    const ratios = new Float64Array(fftSize / 2 + 1)
    f0Hz.forEach((value, index) => {
      spread(estimateBands(value, positionsSec[index]), ratios)
      take(index, ratios)
    })
  },
}
