/**
 * A larger step from one frame (5 ms) to the next is a new note. The widest vibrato moves by 20 cents, a semitone, the
 * smallest step between notes, is 100.
 */
const attackCents = 50
/** Frames on either side: 25 ms in all keep a vibrato of 7 Hz, less 4 % of its depth. */
const reachFrames = 2
const centsPerOctave = 1200

/**
 * Smooths a contour (Hz a frame, 0 unvoiced) without blurring what is sung: first a single stray frame takes its
 * neighbors' pitch, then every frame becomes the mean, in log frequency, of those around it that the same note
 * connects with it. No mean reaches across an attack or a pause, so a step stays in its frame; voicing never changes.
 */
export function smoothWithinNotes(f0Hz: Float64Array): Float64Array {
  const cents = f0Hz.map((hz) => (hz > 0 ? centsPerOctave * Math.log2(hz) : 0))
  const steady = withoutStrayFrames(cents)
  return f0Hz.map((hz, i) => (hz > 0 ? 2 ** (meanWithinNote(steady, i) / centsPerOctave) : 0))
}

/** Median of three where a frame and both its neighbors are voiced; it moves no step. */
function withoutStrayFrames(cents: Float64Array): Float64Array {
  return cents.map((middle, i) => {
    const left = cents[i - 1] ?? 0
    const right = cents[i + 1] ?? 0
    if (left === 0 || middle === 0 || right === 0) return middle
    return Math.max(Math.min(left, right), Math.min(Math.max(left, right), middle))
  })
}

/** Over a span of equal reach on both sides, so that a glide keeps its place. */
function meanWithinNote(cents: Float64Array, at: number): number {
  let sum = cents[at]
  let reach = 0
  while (reach < reachFrames && isConnected(cents, at + reach) && isConnected(cents, at - reach - 1)) {
    reach++
    sum += cents[at - reach] + cents[at + reach]
  }
  return sum / (2 * reach + 1)
}

/** Whether a frame and the next one belong to the same note. */
const isConnected = (cents: Float64Array, i: number): boolean =>
  i >= 0 && i + 1 < cents.length && cents[i] > 0 && cents[i + 1] > 0 && Math.abs(cents[i + 1] - cents[i]) <= attackCents
