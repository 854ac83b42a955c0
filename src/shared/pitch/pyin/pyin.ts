import { assertAnalyzable, defaultFramePeriodSec, frameCount } from '../../world/index.ts'
import { slowDown } from '../analysis-rate.ts'
import { defaultPitchRange, type PitchTracker } from '../tracker.ts'
import { createDifferenceMeter } from './difference.ts'
import { mostLikelyPath } from './most-likely-path.ts'
import { createPeriodCandidates, findPeriods } from './pitch-probabilities.ts'

/** Enough to place the period of a soprano within a few cents. */
const lowestRateHz = 16_000
/** Steps of 10 cents, as in the paper. */
const binsPerOctave = 120
/** So that a frame between two samples goes the same way in every window of a long file. */
const roundingBias = 1e-3

/** A candidate of a frame, by its bin. */
interface HeardPitch {
  readonly bin: number
  readonly hz: number
  readonly probability: number
}

/**
 * Probabilistic YIN: candidates of every frame with their probabilities, and the most likely contour through them.
 * Confidence is what the candidates of a frame amount to. Source: Mauch and Dixon 2014, "pYIN: a fundamental frequency
 * estimator using probabilistic threshold distributions", ICASSP.
 */
export const pyin: PitchTracker = {
  id: 'pyin',
  label: 'pYIN',
  track(x, fs, options = {}) {
    assertAnalyzable(x, fs)
    const { f0FloorHz, f0CeilHz } = { ...defaultPitchRange, ...options }
    const framePeriodSec = options.framePeriodSec ?? defaultFramePeriodSec
    const frames = frameCount(x.length, fs, framePeriodSec)
    const bins = Math.floor(Math.log2(f0CeilHz / f0FloorHz) * binsPerOctave) + 1
    const heard = hearPitches(x, fs, frames, framePeriodSec, f0FloorHz, f0CeilHz)
    const path = mostLikelyPath({
      frames,
      bins,
      observe: (frame, row) => {
        for (const { bin, probability } of heard[frame]) if (bin >= 0 && bin < bins) row[bin] += probability
      },
    })
    return {
      f0Hz: Float64Array.from(path, (bin, frame) => (bin < 0 ? 0 : pitchOf(heard[frame], bin, f0FloorHz))),
      confidence: Float64Array.from(heard, (pitches) =>
        Math.min(
          1,
          pitches.reduce((sum, { probability }) => sum + probability, 0),
        ),
      ),
    }
  },
}

function hearPitches(
  x: Float64Array,
  fs: number,
  frames: number,
  framePeriodSec: number,
  f0FloorHz: number,
  f0CeilHz: number,
): HeardPitch[][] {
  const { samples, rateHz } = slowDown(x, fs, lowestRateHz)
  const shortestLag = Math.floor(rateHz / f0CeilHz)
  const meter = createDifferenceMeter(samples, rateHz, Math.ceil(rateHz / f0FloorHz) + 1)
  const candidates = createPeriodCandidates(meter.longestLag)
  return Array.from({ length: frames }, (_, frame) => {
    findPeriods(meter.at(frame * framePeriodSec * rateHz + roundingBias), shortestLag, candidates)
    return Array.from({ length: candidates.count }, (_, i) => {
      const hz = rateHz / candidates.lags[i]
      const bin = Math.round(Math.log2(hz / f0FloorHz) * binsPerOctave)
      return { bin, hz, probability: candidates.probabilities[i] }
    })
  })
}

/** The candidate in the bin itself, or the bin's center where the path passes between candidates. */
const pitchOf = (pitches: readonly HeardPitch[], bin: number, f0FloorHz: number): number =>
  pitches.find((one) => one.bin === bin)?.hz ?? f0FloorHz * 2 ** (bin / binsPerOctave)
