/** The mean that follows a level: 20 ms. */
const SPAN_SAMPLES = 320
/** What is sung without its envelope has a root mean square of 1; no voice is this much louder for as long. */
const LOUDEST = 1.3
const FARTHEST = 10

/**
 * Keeps a network that hears itself from running away: it learned from true pasts only, and one that it never met makes
 * the next one stranger. Samples are in order.
 */
export function createLevelGuard(): (sample: number) => number {
  let power = 0
  return (sample) => {
    const rms = Math.sqrt(power)
    const scaled = rms > LOUDEST ? (sample * LOUDEST) / rms : sample
    const kept = Math.min(Math.max(scaled, -FARTHEST), FARTHEST)
    power += (kept * kept - power) / SPAN_SAMPLES
    return kept
  }
}
