import { nearestCandidate, type RefinedCandidates } from './refined-candidates.ts'
import { voicedSections, type Section } from './sections.ts'

const farthestFrames = 100
const allowedStep = 0.18
const mostMisses = 4
/** A section must last this many periods of its mean pitch, in milliseconds times hertz. */
const shortestPeriods = 2200

/** A voiced section with its own contour: f0[i] belongs to frame start + i. */
export interface ExtendedSection extends Section {
  readonly f0: Float64Array
}

/**
 * Follows every section beyond its ends through the candidates; keeps those that get long enough.
 * As in the reference, the running sum that the mean is taken of starts from the last section's mean.
 */
export function extendSections(contour: Float64Array, candidates: RefinedCandidates): ExtendedSection[] {
  const kept: ExtendedSection[] = []
  let mean = 0
  for (const section of voicedSections(contour)) {
    const extended = extendBothWays(contour, section, candidates)
    const length = extended.end - extended.start
    let sum = mean
    for (let i = 0; i < length; i++) sum += extended.f0[i]
    mean = sum / length
    if (shortestPeriods / mean < length) kept.push(extended)
  }
  return kept
}

function extendBothWays(contour: Float64Array, section: Section, candidates: RefinedCandidates): ExtendedSection {
  const after = follow(contour[section.end], section.end, 1, candidates)
  const before = follow(contour[section.start], section.start, -1, candidates)
  const start = section.start - before.length
  const f0 = new Float64Array(section.end + after.length - start + 1)
  f0.set(before.reverse())
  f0.set(contour.subarray(section.start, section.end + 1), before.length)
  f0.set(after, section.end + 1 - start)
  return { start, end: section.end + after.length, f0 }
}

/** The values beyond `origin` in one direction, up to the last that was found; misses in between are 0. */
function follow(f0: number, origin: number, direction: 1 | -1, candidates: RefinedCandidates): number[] {
  const values: number[] = []
  let reference = f0
  let found = 0
  for (let step = 1; step <= farthestFrames && step - found <= mostMisses; step++) {
    const frame = origin + direction * step
    if (frame < 0 || frame >= candidates.frames) break
    const nearest = nearestCandidate(candidates, frame, reference, allowedStep)
    values.push(nearest)
    if (nearest === 0) continue
    reference = nearest
    found = step
  }
  return values.slice(0, found)
}
