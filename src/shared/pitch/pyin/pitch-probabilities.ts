/** Thresholds 0.01, 0.02 … 1, weighted by a beta distribution of mean 0.1: the paper's first choice. */
const thresholdCount = 100
const betaAlpha = 2
const betaBeta = 18
/** How far the deepest dip is believed where no dip is below a threshold. */
const deepestTrust = 0.01

/** Periods in samples with the probability that each is the pitch; together at most 1. */
export interface PeriodCandidates {
  count: number
  readonly lags: Float64Array
  readonly probabilities: Float64Array
}

export const createPeriodCandidates = (longestLag: number): PeriodCandidates => ({
  count: 0,
  lags: new Float64Array(longestLag),
  probabilities: new Float64Array(longestLag),
})

/**
 * YIN asked with every threshold at once: each chooses the first dip below it, and gives it the threshold's own weight.
 * Source: Mauch and Dixon 2014, "pYIN", section 2.1.
 */
export function findPeriods(difference: Float64Array, shortestLag: number, found: PeriodCandidates): void {
  found.count = 0
  let lowest = 1
  let deepest = -1
  for (let lag = Math.max(shortestLag, 1); lag < difference.length - 1; lag++) {
    const depth = difference[lag]
    if (depth > difference[lag - 1] || depth >= difference[lag + 1]) continue
    if (depth >= lowest) continue
    found.lags[found.count] = lag + vertexOffset(difference[lag - 1], depth, difference[lag + 1])
    found.probabilities[found.count] = weightBelow(lowest) - weightBelow(depth)
    deepest = found.count++
    lowest = depth
  }
  if (deepest >= 0) found.probabilities[deepest] += deepestTrust * weightBelow(lowest)
}

/** Where a parabola through three neighbors has its vertex, from the middle one. */
export function vertexOffset(left: number, middle: number, right: number): number {
  const curvature = left - 2 * middle + right
  return curvature === 0 ? 0 : (0.5 * (left - right)) / curvature
}

/** Weight of all thresholds that a dip of this depth does not lie below. */
const weightBelow = (depth: number): number => cumulative[Math.min(thresholdCount, Math.floor(depth * thresholdCount))]

const cumulative = cumulativeBeta()

function cumulativeBeta(): Float64Array {
  const weights = Float64Array.from({ length: thresholdCount + 1 }, (_, i) => {
    const threshold = i / thresholdCount
    return threshold ** (betaAlpha - 1) * (1 - threshold) ** (betaBeta - 1)
  })
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let sum = 0
  return weights.map((weight) => (sum += weight / total))
}
