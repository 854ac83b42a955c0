import { defaultFramePeriodSec, frameCount } from '../../world/index.ts'
import { slowDown, type SlowedSignal } from '../analysis-rate.ts'
import { defaultPitchRange, type TrackOptions } from '../tracker.ts'
import { findPitchLattice, type PitchLattice } from './pitch-lattice.ts'
import { decideVoicing, type VoicedPath } from './voicing.ts'

/** Refinement needs the harmonics of high notes, the search only the first few of any. */
export const refinedAtHz = 16_000
export const searchedAtHz = 8000

/** Everything that one pass over a signal says about its pitch. */
export interface PitchEvidence {
  /** The signal at 16 kHz or a little more. */
  readonly fine: SlowedSignal
  readonly lattice: PitchLattice
  readonly path: VoicedPath
  /** Hz a frame by the path, 0 unvoiced, within a few percent. */
  readonly f0Hz: Float64Array
  /** 0…1 a frame: the log odds of a voice as a probability. */
  readonly confidence: Float64Array
}

export function gatherEvidence(x: Float64Array, fs: number, options: TrackOptions = {}): PitchEvidence {
  const { f0FloorHz, f0CeilHz } = { ...defaultPitchRange, ...options }
  const framePeriodSec = options.framePeriodSec ?? defaultFramePeriodSec
  const fine = slowDown(x, fs, refinedAtHz)
  const coarse = slowDown(fine.samples, fine.rateHz, searchedAtHz)
  const frames = frameCount(x.length, fs, framePeriodSec)
  const lattice = findPitchLattice(coarse.samples, coarse.rateHz, frames, framePeriodSec, f0FloorHz, f0CeilHz)
  const path = decideVoicing(lattice, framePeriodSec)
  return {
    fine,
    lattice,
    path,
    f0Hz: Float64Array.from(path.slots, (slot, i) => (slot < 0 ? 0 : lattice.f0Hz[i * lattice.slots + slot])),
    confidence: path.logOdds.map((logOdds) => 1 / (1 + Math.exp(-logOdds))),
  }
}
