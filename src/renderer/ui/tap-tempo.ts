/** A longer pause begins anew: no tempo that one can choose is slower. */
const LONGEST_PAUSE_MS = 3000
/** What was tapped longer ago counts no more. */
const MOST_TAPS = 16
const LEAST_TAPS = 3

/** The tempo of somebody's taps: the straight line that fits all of them best, so that one late tap does little. */
export class TapTempo {
  #tapsMs: readonly number[] = []

  /** Taps per minute up to this one; null for the first two. */
  tap(atMs: number): number | null {
    const last = this.#tapsMs.at(-1)
    const goesOn = last !== undefined && atMs - last <= LONGEST_PAUSE_MS && atMs > last
    this.#tapsMs = goesOn ? [...this.#tapsMs, atMs].slice(-MOST_TAPS) : [atMs]
    return this.#tapsMs.length < LEAST_TAPS ? null : 60_000 / slopeOf(this.#tapsMs)
  }
}

/** Least squares of values over their index. */
function slopeOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const covariance = values.reduce((sum, value, index) => sum + (index - middle) * (value - mean), 0)
  const variance = values.reduce((sum, _, index) => sum + (index - middle) ** 2, 0)
  return covariance / variance
}
