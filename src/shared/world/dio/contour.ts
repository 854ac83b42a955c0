import { safeguard } from '../constants.ts'

/** Largest relative step between frames. */
const allowedRange = 0.1

/**
 * Removes implausible frames of DIO's best candidates and extends what is left through the candidates of all bands.
 * `best` is not changed.
 */
export function fixDioContour(
  best: Float64Array,
  candidates: readonly Float64Array[],
  framePeriodSec: number,
  f0FloorHz: number,
): Float64Array {
  const shortest = 2 * Math.floor(0.5 + 1 / framePeriodSec / f0FloorHz) + 1
  if (best.length <= shortest) return new Float64Array(best.length)
  const contour = dropNearUnvoiced(dropJumps(best, shortest), shortest)
  extendForward(contour, candidates)
  extendBackward(contour, candidates)
  return contour
}

function dropJumps(best: Float64Array, shortest: number): Float64Array {
  const inner = best
    .slice()
    .fill(0, 0, shortest)
    .fill(0, best.length - shortest)
  return inner.map((value, i) =>
    i >= shortest && Math.abs((value - inner[i - 1]) / (value + safeguard)) < allowedRange ? value : 0,
  )
}

function dropNearUnvoiced(contour: Float64Array, shortest: number): Float64Array {
  const center = (shortest - 1) / 2
  return contour.map((value, i) => {
    if (i < center || i >= contour.length - center) return value
    return contour.subarray(i - center, i + center + 1).includes(0) ? 0 : value
  })
}

function extendForward(contour: Float64Array, candidates: readonly Float64Array[]): void {
  const ends = boundaries(contour, 1, 0)
  ends.forEach((end, s) => {
    const limit = s + 1 < ends.length ? ends[s + 1] : contour.length - 1
    for (let i = end; i < limit; i++) {
      contour[i + 1] = continued(contour[i], contour[i - 1], candidates, i + 1)
      if (contour[i + 1] === 0) break
    }
  })
}

function extendBackward(contour: Float64Array, candidates: readonly Float64Array[]): void {
  const starts = boundaries(contour, 0, 1)
  for (let s = starts.length - 1; s >= 0; s--) {
    const limit = s > 0 ? starts[s - 1] : 1
    for (let i = starts[s]; i > limit; i--) {
      contour[i - 1] = continued(contour[i], contour[i + 1], candidates, i - 1)
      if (contour[i - 1] === 0) break
    }
  }
}

/** Frames that end (1, 0) or start (0, 1) a voiced section: voiced before or after the change. */
function boundaries(contour: Float64Array, before: 0 | 1, after: 0 | 1): number[] {
  const found: number[] = []
  for (let i = 1; i < contour.length; i++) {
    if (contour[i - 1] > 0 !== (before === 1) || contour[i] > 0 !== (after === 1)) continue
    found.push(before === 1 ? i - 1 : i)
  }
  return found
}

/** The candidate nearest to where the contour is heading, 0 if none is near. */
function continued(current: number, previous: number, candidates: readonly Float64Array[], frame: number): number {
  const reference = (3 * current - previous) / 2
  let best = candidates[0][frame]
  for (const band of candidates) if (Math.abs(reference - band[frame]) < Math.abs(reference - best)) best = band[frame]
  return Math.abs(1 - best / reference) > allowedRange ? 0 : best
}
