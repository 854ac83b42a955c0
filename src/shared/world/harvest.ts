import { defaultF0CeilHz, defaultF0FloorHz, defaultFramePeriodSec, roundHalfAway } from './constants.ts'
import { frameCount } from './frames.ts'
import { basicFramePeriodSec, toBasicRate } from './harvest/basic-rate.ts'
import { findCandidates } from './harvest/candidates.ts'
import { connectCandidates } from './harvest/contour.ts'
import { refineCandidates } from './harvest/refine.ts'
import { dropIsolated } from './harvest/refined-candidates.ts'
import { smoothContour } from './harvest/smooth.ts'

export interface PitchOptions {
  readonly f0FloorHz?: number
  readonly f0CeilHz?: number
  readonly framePeriodSec?: number
}

/**
 * Pitch of a monophonic voice in Hz, one value a frame, 0 where unvoiced. `x` are samples at `fs` Hz (16 kHz or more);
 * frames as in `frameCount`. An empty signal has no frames. Source: Morise 2017, "Harvest".
 */
export function harvest(x: Float64Array, fs: number, options: PitchOptions = {}): Float64Array {
  const { f0FloorHz = defaultF0FloorHz, f0CeilHz = defaultF0CeilHz, framePeriodSec = defaultFramePeriodSec } = options
  if (x.length === 0) return new Float64Array(0)
  const { signal, rate } = toBasicRate(x, fs)
  const basicFrames = frameCount(x.length, fs, basicFramePeriodSec)
  const raw = findCandidates(signal, rate, basicFrames, f0FloorHz, f0CeilHz)
  const refined = refineCandidates(signal, rate, basicFrames, raw, f0FloorHz, f0CeilHz)
  const contour = smoothContour(connectCandidates(dropIsolated(refined)))
  return Float64Array.from({ length: frameCount(x.length, fs, framePeriodSec) }, (_, i) => {
    const nearest = roundHalfAway((i * framePeriodSec) / basicFramePeriodSec)
    return contour[Math.min(nearest, basicFrames - 1)]
  })
}
