import { extendSections } from './extend.ts'
import { bestContour, scoreOf, type RefinedCandidates } from './refined-candidates.ts'
import { voicedSections, type Section } from './sections.ts'

/** Largest relative step to the next millisecond, or from a straight line. */
const largestJump = 0.008
const shortestSectionFrames = 6
const longestBridgedGapFrames = 9

/** From the candidates to one contour, by four corrections in the paper's order (Harvest, section 2.3). */
export function connectCandidates(candidates: RefinedCandidates): Float64Array {
  const smooth = dropJumps(bestContour(candidates))
  dropShortSections(smooth)
  const merged = mergeExtended(smooth, candidates)
  bridgeGaps(merged)
  return merged
}

/** Keeps a frame that follows the frame before it, or the line through the two before. */
function dropJumps(contour: Float64Array): Float64Array {
  const kept = new Float64Array(contour.length)
  for (let i = 2; i < contour.length; i++) {
    if (contour[i] === 0) continue
    const predicted = 2 * contour[i - 1] - contour[i - 2]
    const leavesLine = Math.abs((contour[i] - predicted) / predicted) > largestJump
    const leavesPrevious = Math.abs((contour[i] - contour[i - 1]) / contour[i - 1]) > largestJump
    kept[i] = leavesLine && leavesPrevious ? 0 : contour[i]
  }
  return kept
}

function dropShortSections(contour: Float64Array): void {
  for (const { start, end } of voicedSections(contour)) {
    if (end - start < shortestSectionFrames) contour.fill(0, start, end + 1)
  }
}

function mergeExtended(contour: Float64Array, candidates: RefinedCandidates): Float64Array {
  const sections = extendSections(contour, candidates).sort((a, b) => a.start - b.start)
  const merged = new Float64Array(contour.length)
  let current: Section = { start: 0, end: -1 }
  for (const section of sections) {
    if (section.start > current.end) {
      merged.set(section.f0, section.start)
      current = { start: section.start, end: section.end }
    } else if (section.end > current.end) {
      const from = isFirstBetter(merged, section.f0, section.start, current.end, candidates)
        ? current.end
        : section.start
      merged.set(section.f0.subarray(from - section.start), from)
      current = { start: current.start, end: section.end }
    }
  }
  return merged
}

/** Compares two overlapping sections by what their candidates scored on the overlap. */
function isFirstBetter(
  first: Float64Array,
  second: Float64Array,
  overlapStart: number,
  overlapEnd: number,
  candidates: RefinedCandidates,
): boolean {
  let difference = 0
  for (let i = overlapStart; i <= overlapEnd; i++) {
    difference += scoreOf(candidates, i, first[i]) - scoreOf(candidates, i, second[i - overlapStart])
  }
  return difference > 0
}

/** Short gaps are filled by a line; it starts 1 Hz above and ends 1 Hz below its neighbors, as in the reference. */
function bridgeGaps(contour: Float64Array): void {
  const sections = voicedSections(contour)
  for (let s = 0; s + 1 < sections.length; s++) {
    const left = sections[s].end
    const right = sections[s + 1].start
    if (right - left - 1 >= longestBridgedGapFrames) continue
    const from = contour[left] + 1
    const slope = (contour[right] - 1 - from) / (right - left)
    for (let i = left + 1; i < right; i++) contour[i] = from + slope * (i - left)
  }
}
