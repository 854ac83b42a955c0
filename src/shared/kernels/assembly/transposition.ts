import { zeroPhase, zeroPhaseOfPairs } from './transposition/zero-phase'

/** Pitch-synchronous transposition; the twins lie in `conversion/transposition`. */
export { fundamentalPhase, turnToEnergy } from './transposition/phase'
export { overlapAdd, split } from './transposition/grains'
export { zeroPhase } from './transposition/zero-phase'

export function allocate(bytes: usize): usize {
  return heap.alloc(bytes)
}

/** The slope of `smooth` per sample, held within factors of the tracked pitch. */
export function localFrequency(
  smooth: usize,
  f0Hz: usize,
  count: i32,
  fs: f64,
  leastRatio: f64,
  greatestRatio: f64,
  frequency: usize,
): void {
  const last = count - 1
  for (let index = 0; index <= last; index++) {
    const left = max(index - 1, 0)
    const right = min(index + 1, last)
    const rise = load<f64>(smooth + ((<usize>right) << 3)) - load<f64>(smooth + ((<usize>left) << 3))
    const slope = rise / <f64>max(right - left, 1)
    const at = (<usize>index) << 3
    const tracked = load<f64>(f0Hz + at) / fs
    store<f64>(frequency + at, Math.min(Math.max(slope, tracked * leastRatio), tracked * greatestRatio))
  }
}

/**
 * Joins the moved harmonic part and the noise where `mask` says and the original elsewhere, in place of `moved`, then
 * gives it the loudness contour of the original. `pairs` is room for count + 2 extension pairs.
 */
export function join(
  x: usize,
  moved: usize,
  noise: usize,
  ratios: usize,
  mask: usize,
  count: i32,
  leastDensity: f64,
  section: usize,
  extension: i32,
  levelFloor: f64,
  leastGain: f64,
  greatestGain: f64,
  pairs: usize,
): void {
  const middle = pairs + ((<usize>extension) << 4)
  const bytes = (<usize>count) << 3
  for (let at: usize = 0; at < bytes; at += 8) {
    const original = load<f64>(x + at)
    const share = load<f64>(mask + at)
    const density = Math.sqrt(Math.max(load<f64>(ratios + at), leastDensity))
    const voice = load<f64>(moved + at) / density + load<f64>(noise + at)
    const joined = voice * share + original * (1 - share)
    store<f64>(moved + at, joined)
    store<f64>(middle + 2 * at, original * original)
    store<f64>(middle + 2 * at, joined * joined, 8)
  }
  zeroPhaseOfPairs(section, 1, middle, count, extension)
  for (let at: usize = 0; at < bytes; at += 8) {
    const wanted = Math.max(load<f64>(middle + 2 * at), 0) + levelFloor
    const found = Math.max(load<f64>(middle + 2 * at, 8), 0) + levelFloor
    const gain = Math.min(Math.max(Math.sqrt(wanted / found), leastGain), greatestGain)
    store<f64>(moved + at, load<f64>(moved + at) * gain)
  }
}
