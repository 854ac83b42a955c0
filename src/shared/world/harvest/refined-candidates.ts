/** Refined candidates of all frames: those of frame i are the entries offsets[i] … offsets[i + 1] - 1. */
export interface RefinedCandidates {
  readonly frames: number
  readonly offsets: Int32Array
  readonly f0: Float64Array
  readonly scores: Float64Array
}

/** Largest relative step from one millisecond to the next that a believable candidate makes. */
const largestStep = 0.05

/** Drops every candidate that has no near neighbor in the frame before nor in the frame after. */
export function dropIsolated(candidates: RefinedCandidates): RefinedCandidates {
  const { frames, offsets, f0, scores } = candidates
  const keptOffsets = new Int32Array(frames + 1)
  const keptF0 = new Float64Array(f0.length)
  const keptScores = new Float64Array(f0.length)
  let kept = 0
  for (let frame = 0; frame < frames; frame++) {
    const isEdge = frame === 0 || frame === frames - 1
    for (let i = offsets[frame]; i < offsets[frame + 1]; i++) {
      const stays =
        isEdge ||
        hasCandidateNear(candidates, frame + 1, f0[i], largestStep) ||
        hasCandidateNear(candidates, frame - 1, f0[i], largestStep)
      if (!stays) continue
      keptF0[kept] = f0[i]
      keptScores[kept++] = scores[i]
    }
    keptOffsets[frame + 1] = kept
  }
  return { frames, offsets: keptOffsets, f0: keptF0.subarray(0, kept), scores: keptScores.subarray(0, kept) }
}

function hasCandidateNear(
  { offsets, f0 }: RefinedCandidates,
  frame: number,
  reference: number,
  range: number,
): boolean {
  const most = range * reference
  for (let i = offsets[frame]; i < offsets[frame + 1]; i++) if (Math.abs(reference - f0[i]) <= most) return true
  return false
}

/** The candidate of `frame` nearest to `reference`, or 0 if none is within `range` (relative). */
export function nearestCandidate(
  { offsets, f0 }: RefinedCandidates,
  frame: number,
  reference: number,
  range: number,
): number {
  let best = 0
  let bestError = range
  for (let i = offsets[frame]; i < offsets[frame + 1]; i++) {
    const error = Math.abs(reference - f0[i]) / reference
    if (error > bestError) continue
    best = f0[i]
    bestError = error
  }
  return best
}

/** The candidate of the highest score in every frame, 0 where there is none. */
export function bestContour({ frames, offsets, f0, scores }: RefinedCandidates): Float64Array {
  const contour = new Float64Array(frames)
  for (let frame = 0; frame < frames; frame++) {
    let bestScore = 0
    for (let i = offsets[frame]; i < offsets[frame + 1]; i++) {
      if (scores[i] <= bestScore) continue
      contour[frame] = f0[i]
      bestScore = scores[i]
    }
  }
  return contour
}

/** The score of the candidate that equals `value`, 0 if there is none. */
export function scoreOf({ offsets, f0, scores }: RefinedCandidates, frame: number, value: number): number {
  let score = 0
  for (let i = offsets[frame]; i < offsets[frame + 1]; i++) if (f0[i] === value && scores[i] > score) score = scores[i]
  return score
}
