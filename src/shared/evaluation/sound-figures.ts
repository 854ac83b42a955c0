import { median } from '../conversion/pitch-figures.ts'

const WINDOW_SEC = 0.05
const HOP_SEC = 0.0125
/** Only windows within this of the loudest count. */
const QUIET_DB = 30
const CLICK_WINDOW_SAMPLES = 1024
const CLICK_PERCENTILE = 0.99

/**
 * Median difference of the level over time between two sounds of one length and rate (Hz), after one gain for the
 * whole: dB. Null where everything is quiet.
 */
export function loudnessErrorDb(sound: Float32Array, reference: Float32Array, rateHz: number): number | null {
  const [first, second] = [levelsDb(sound, rateHz), levelsDb(reference, rateHz)]
  const loudest = second.reduce((highest, level) => Math.max(highest, level), -Infinity)
  const differences: number[] = []
  second.forEach((level, index) => {
    if (level > loudest - QUIET_DB && index < first.length) differences.push(first[index] - level)
  })
  const offset = median(differences)
  return offset === null ? null : median(differences.map((difference) => Math.abs(difference - offset)))
}

function levelsDb(sound: Float32Array, rateHz: number): number[] {
  const window = Math.round(WINDOW_SEC * rateHz)
  const hop = Math.round(HOP_SEC * rateHz)
  const levels: number[] = []
  for (let start = 0; start + window <= sound.length; start += hop) {
    let power = 0
    for (let index = start; index < start + window; index++) power += sound[index] ** 2
    levels.push(10 * Math.log10(power / window + 1e-12))
  }
  return levels
}

/**
 * How much more a sound clicks than its source: the ratio of their crests of curvature (largest second difference of a
 * stretch over the stretch's own spread), at the 99th percentile of stretches. 1 is as before.
 */
export const clickRatio = (sound: Float32Array, source: Float32Array): number =>
  curvatureCrest(sound) / Math.max(curvatureCrest(source), 1e-9)

function curvatureCrest(sound: Float32Array): number {
  const crests: number[] = []
  for (let start = 1; start + CLICK_WINDOW_SAMPLES < sound.length; start += CLICK_WINDOW_SAMPLES) {
    let [largest, squares] = [0, 0]
    for (let index = start; index < start + CLICK_WINDOW_SAMPLES; index++) {
      const curvature = sound[index - 1] - 2 * sound[index] + sound[index + 1]
      largest = Math.max(largest, Math.abs(curvature))
      squares += curvature * curvature
    }
    const spread = Math.sqrt(squares / CLICK_WINDOW_SAMPLES)
    if (spread > 1e-5) crests.push(largest / spread)
  }
  crests.sort((a, b) => a - b)
  return crests.length === 0 ? 0 : crests[Math.floor(CLICK_PERCENTILE * (crests.length - 1))]
}

/** Samples at or beyond full scale. */
export const clippedSampleCount = (sound: Float32Array): number =>
  sound.reduce((count, sample) => count + Number(Math.abs(sample) >= 0.999), 0)
