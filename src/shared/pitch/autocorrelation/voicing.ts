import { belowLocalMaximum } from './relative-level.ts'
import type { PitchLattice } from './pitch-lattice.ts'

/**
 * What the decision weighs, in units of log odds. Found by search over the synthesizer's voices and one annotated
 * recording under noise, reverberation, hum, a high-pass and swelling levels (README, "How the numbers came about").
 */
export interface VoicingCosts {
  /** Log odds per unit of strength above `evenStrength`, where a frame at full level may as well be unvoiced. */
  readonly perStrength: number
  readonly evenStrength: number
  /** Log odds lost per dB that a frame is more than `quietDb` below the loudest within `levelReachSec`. */
  readonly perDb: number
  readonly quietDb: number
  readonly levelReachSec: number
  /** The same for a longer time around the frame: so the pauses of a recording stay pauses, whatever hums in them. */
  readonly farQuietDb: number
  readonly farReachSec: number
  /** No single frame says more than this. */
  readonly mostLogOdds: number
  /** For each change between voiced and unvoiced. */
  readonly change: number
  /** For each octave that the pitch moves from one frame to the next. */
  readonly perOctave: number
}

export const voicingCosts: VoicingCosts = {
  perStrength: 4,
  evenStrength: 0.65,
  perDb: 0.25,
  quietDb: -16,
  levelReachSec: 0.5,
  farQuietDb: -32,
  farReachSec: 2,
  mostLogOdds: 6,
  change: 7,
  perOctave: 10,
}

/** One slot per frame, or -1 for unvoiced, with the log odds of a voice in every frame by itself. */
export interface VoicedPath {
  readonly slots: Int8Array
  readonly logOdds: Float64Array
}

/** The most likely course of pitch and voicing through the candidates, by the Viterbi algorithm. */
export function decideVoicing(
  lattice: PitchLattice,
  framePeriodSec: number,
  costs: VoicingCosts = voicingCosts,
): VoicedPath {
  const { frames, slots, counts, f0Hz } = lattice
  const odds = logOddsOf(lattice, framePeriodSec, costs)
  const octaves = f0Hz.map((hz) => (hz > 0 ? Math.log2(hz) : 0))
  /** State `slots` of each row is the unvoiced one. */
  const states = slots + 1
  const cameFrom = new Int8Array(frames * states)
  let [scores, next] = [new Float64Array(states), new Float64Array(states)]
  for (let frame = 0; frame < frames; frame++) {
    const row = frame * slots
    const before = row - slots
    const countBefore = frame === 0 ? 0 : counts[frame - 1]
    let silentFrom = slots
    for (let j = 0; j < countBefore; j++) {
      if (scores[j] - costs.change > scores[silentFrom] - (silentFrom === slots ? 0 : costs.change)) silentFrom = j
    }
    next[slots] = scores[silentFrom] - (silentFrom === slots ? 0 : costs.change)
    cameFrom[frame * states + slots] = silentFrom
    for (let k = 0; k < counts[frame]; k++) {
      let best = scores[slots] - costs.change
      let from = slots
      for (let j = 0; j < countBefore; j++) {
        const through = scores[j] - costs.perOctave * Math.abs(octaves[before + j] - octaves[row + k])
        if (through <= best) continue
        best = through
        from = j
      }
      next[k] = best + odds[row + k]
      cameFrom[frame * states + k] = from
    }
    ;[scores, next] = [next, scores]
  }
  const path = trace(lattice, scores, cameFrom)
  return { slots: path, logOdds: frameLogOdds(lattice, odds, path, costs) }
}

function logOddsOf(lattice: PitchLattice, framePeriodSec: number, costs: VoicingCosts): Float64Array {
  const near = belowLocalMaximum(lattice.levelDb, Math.round(costs.levelReachSec / framePeriodSec))
  const far = belowLocalMaximum(lattice.levelDb, Math.round(costs.farReachSec / framePeriodSec))
  const lost = near.map(
    (below, frame) => costs.perDb * (Math.min(0, below - costs.quietDb) + Math.min(0, far[frame] - costs.farQuietDb)),
  )
  return lattice.strength.map((strength, at) => {
    const logOdds = costs.perStrength * (strength - costs.evenStrength) + lost[Math.floor(at / lattice.slots)]
    return Math.min(costs.mostLogOdds, Math.max(-costs.mostLogOdds, logOdds))
  })
}

function trace(lattice: PitchLattice, scores: Float64Array, cameFrom: Int8Array): Int8Array {
  const { frames, slots, counts } = lattice
  const path = new Int8Array(frames)
  let state = slots
  const last = frames === 0 ? 0 : counts[frames - 1]
  for (let k = 0; k < last; k++) if (scores[k] > scores[state]) state = k
  for (let frame = frames - 1; frame >= 0; frame--) {
    path[frame] = state === slots ? -1 : state
    state = cameFrom[frame * (slots + 1) + state]
  }
  return path
}

/** Of the chosen candidate; where none is chosen, of the best one. */
function frameLogOdds(
  { frames, slots, counts }: PitchLattice,
  odds: Float64Array,
  path: Int8Array,
  { mostLogOdds }: VoicingCosts,
): Float64Array {
  return Float64Array.from({ length: frames }, (_, frame) => {
    const row = frame * slots
    if (path[frame] >= 0) return odds[row + path[frame]]
    let best = -mostLogOdds
    for (let k = 0; k < counts[frame]; k++) best = Math.max(best, odds[row + k])
    return best
  })
}
