import { voicedSections, type Section } from './sections.ts'

/** Second-order Butterworth low-pass at 0.06 of the Nyquist frequency: 30 Hz for one value a millisecond. */
const b0 = 0.0078202080334971724
const b1 = 0.015640416066994345
const a1 = 1.7347257688092754
const a2 = -0.76600660094326412
/** Each section is held at its edges for so long, so that no filter transient is left. */
const heldFrames = 300

/** Smooths every voiced section for itself, forward and backward; a section may reach the contour's ends. */
export function smoothContour(contour: Float64Array): Float64Array {
  const padded = new Float64Array(contour.length + 2)
  padded.set(contour, 1)
  const smoothed = new Float64Array(contour.length)
  for (const { start, end } of voicedSections(padded))
    smoothSection(contour, { start: start - 1, end: end - 1 }, smoothed)
  return smoothed
}

function smoothSection(contour: Float64Array, { start, end }: Section, smoothed: Float64Array): void {
  const length = end - start + 1
  const held = new Float64Array(length + 2 * heldFrames)
  held.fill(contour[start], 0, heldFrames)
  held.set(contour.subarray(start, end + 1), heldFrames)
  held.fill(contour[end], heldFrames + length)
  filterForward(held)
  held.reverse()
  filterForward(held)
  held.reverse()
  smoothed.set(held.subarray(heldFrames, heldFrames + length), start)
}

function filterForward(values: Float64Array): void {
  let w1 = 0
  let w2 = 0
  for (let i = 0; i < values.length; i++) {
    const w0 = values[i] + a1 * w1 + a2 * w2
    values[i] = b0 * w0 + b1 * w1 + b0 * w2
    w2 = w1
    w1 = w0
  }
}
