/** Pitch moves at most so far from one frame to the next, the farther the less likely: 25 steps of 10 cents. */
const reachBins = 25
/** From voiced to unvoiced and back. */
const switchProbability = 0.01

/** What every frame says about every pitch bin; the rest of its probability is unvoiced. */
export interface PitchObservations {
  readonly frames: number
  readonly bins: number
  /** Adds the probabilities of a frame to a row of zeros. */
  observe(frame: number, row: Float64Array): void
}

/**
 * The most likely bin of every frame, or -1 where it is unvoiced. Every bin exists voiced and unvoiced, so that a
 * contour goes on through a pause; what no candidate takes is shared among the unvoiced bins.
 * Source: Mauch and Dixon 2014, section 2.2, by the Viterbi algorithm.
 */
export function mostLikelyPath({ frames, bins, observe }: PitchObservations): Int32Array {
  const kernel = Float64Array.from({ length: 2 * reachBins + 1 }, (_, i) => Math.log(triangle(i - reachBins)))
  const [stay, leave] = [Math.log(1 - switchProbability), Math.log(switchProbability)]
  const cameFrom = new Int16Array(frames * 2 * bins)
  const row = new Float64Array(bins)
  let [voiced, unvoiced] = [new Float64Array(bins), new Float64Array(bins)]
  let [nextVoiced, nextUnvoiced] = [new Float64Array(bins), new Float64Array(bins)]
  const best = new Float64Array(bins)
  const bestFrom = new Int32Array(bins)

  for (let frame = 0; frame < frames; frame++) {
    row.fill(0)
    observe(frame, row)
    const rest = logOf((1 - row.reduce((sum, value) => sum + value, 0)) / bins)
    enter(voiced, unvoiced, nextVoiced, 0, 2 * frame * bins)
    enter(unvoiced, voiced, nextUnvoiced, bins, (2 * frame + 1) * bins)
    for (let bin = 0; bin < bins; bin++) {
      nextVoiced[bin] += logOf(row[bin])
      nextUnvoiced[bin] += rest
    }
    ;[voiced, nextVoiced] = [nextVoiced, voiced]
    ;[unvoiced, nextUnvoiced] = [nextUnvoiced, unvoiced]
  }
  return trace()

  /** Best way into every bin of one voicing, whose states begin at `states`, from it or, at a price, from the other. */
  function enter(same: Float64Array, other: Float64Array, next: Float64Array, states: number, at: number): void {
    for (let bin = 0; bin < bins; bin++) {
      const fromSame = same[bin] + stay
      const fromOther = other[bin] + leave
      best[bin] = Math.max(fromSame, fromOther)
      bestFrom[bin] = fromSame >= fromOther ? states + bin : bins - states + bin
    }
    for (let bin = 0; bin < bins; bin++) {
      const last = Math.min(bins - 1, bin + reachBins)
      let score = -Infinity
      let from = bin
      for (let source = Math.max(0, bin - reachBins); source <= last; source++) {
        const through = best[source] + kernel[bin - source + reachBins]
        if (through <= score) continue
        score = through
        from = source
      }
      next[bin] = score
      cameFrom[at + bin] = bestFrom[from]
    }
  }

  function trace(): Int32Array {
    const path = new Int32Array(frames)
    let state = 0
    for (let bin = 1; bin < 2 * bins; bin++) if (scoreOf(bin) > scoreOf(state)) state = bin
    for (let frame = frames - 1; frame >= 0; frame--) {
      path[frame] = state < bins ? state : -1
      state = cameFrom[frame * 2 * bins + state]
    }
    return path
  }

  function scoreOf(state: number): number {
    return state < bins ? voiced[state] : unvoiced[state - bins]
  }
}

const triangle = (distance: number): number => (reachBins + 1 - Math.abs(distance)) / (reachBins + 1) ** 2

/** Nothing is impossible: a bin that no candidate names may still lie on the way. */
const leastProbability = 1e-10
const logOf = (probability: number): number => Math.log(Math.max(probability, leastProbability))
