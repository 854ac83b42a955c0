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
