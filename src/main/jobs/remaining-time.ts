/** Before this much is done or this much time has passed, an estimate would only jump about. */
const SHOWN_FROM_FRACTION = 0.05
const SHOWN_FROM_MS = 3000

/** What was done where and when counting began: a resumed training does not begin at nothing. */
export interface RateOrigin {
  readonly fraction: number
  readonly atMs: number
}

/** Seconds left at the rate measured so far; null while there is nothing to measure by. */
export function remainingSec(origin: RateOrigin, fraction: number, nowMs: number): number | null {
  const doneHere = fraction - origin.fraction
  const elapsedMs = nowMs - origin.atMs
  if (doneHere <= 0 || elapsedMs <= 0) return null
  if (doneHere < SHOWN_FROM_FRACTION && elapsedMs < SHOWN_FROM_MS) return null
  return ((elapsedMs / doneHere) * (1 - fraction)) / 1000
}

/** From the fastest and from the slowest of what was measured lately. */
export interface RemainingRange {
  readonly lowSec: number
  readonly highSec: number
}

/** How fast a job got on lately, window by window. */
export interface PaceBook {
  note(fraction: number, atMs: number): void
  /** At the mean of the windows: reading recordings says nothing of the steps that follow. Null before there are enough. */
  middleSec(fraction: number): number | null
  /** Null before there are enough windows to tell fast from slow. */
  rangeSec(fraction: number): RemainingRange | null
}

/** Long enough that single steps even out, short enough to see a machine slow down. */
const WINDOW_MS = 2000
const WINDOWS_KEPT = 20
const LEAST_WINDOWS = 4
/** Nobody knows the future better than this. */
const LEAST_SPREAD = 0.1

export function createPaceBook(origin: RateOrigin): PaceBook {
  const rates: number[] = []
  let last = origin
  const leftSec = (rate: number, fraction: number) => (1 - fraction) / rate / 1000
  return {
    note(fraction, atMs) {
      const elapsedMs = atMs - last.atMs
      if (elapsedMs < WINDOW_MS || fraction <= last.fraction) return
      rates.push((fraction - last.fraction) / elapsedMs)
      if (rates.length > WINDOWS_KEPT) rates.shift()
      last = { fraction, atMs }
    },
    middleSec: (fraction) => (rates.length < LEAST_WINDOWS ? null : leftSec(mean(rates), fraction)),
    rangeSec(fraction) {
      if (rates.length < LEAST_WINDOWS) return null
      const sorted = rates.toSorted((a, b) => a - b)
      const half = Math.ceil(sorted.length / 2)
      const middleSec = leftSec(mean(sorted), fraction)
      return {
        lowSec: Math.min(leftSec(mean(sorted.slice(-half)), fraction), middleSec * (1 - LEAST_SPREAD)),
        highSec: Math.max(leftSec(mean(sorted.slice(0, half)), fraction), middleSec * (1 + LEAST_SPREAD)),
      }
    },
  }
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
