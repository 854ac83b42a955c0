import { exponentials } from './numbers/over-arrays'
import { zeroPhaseOfPairs } from './transposition/zero-phase'

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

/** What becomes of a curve's value at a sample; 0 leaves it as it is. */
const exponential: i32 = 1
const share: i32 = 2

/**
 * Values per frame, linear in between and held after the last, at `count` samples from `firstSample` on; frame 0 is the
 * file's frame `firstFrame`. Written as slope times distance in seconds, bit for bit as the twin's. A share is drawn in:
 * 2 v - 1 held in 0 … 1.
 */
export function toSamples(
  frames: usize,
  frameCount: i32,
  firstFrame: i32,
  framePeriodSec: f64,
  fs: f64,
  firstSample: i32,
  count: i32,
  kind: i32,
  samples: usize,
): void {
  let index = 0
  for (let left = 0; left < frameCount - 1; left++) {
    const start = <f64>(firstFrame + left) * framePeriodSec
    const end = <f64>(firstFrame + left + 1) * framePeriodSec
    const value = load<f64>(frames + ((<usize>left) << 3))
    const slope = (load<f64>(frames + ((<usize>left) << 3), 8) - value) / (end - start)
    for (; index < count; index++) {
      const seconds = <f64>(firstSample + index) / fs
      if (end <= seconds) break
      store<f64>(samples + ((<usize>index) << 3), slope * (seconds - start) + value)
    }
  }
  const last = load<f64>(frames + ((<usize>(frameCount - 1)) << 3))
  for (; index < count; index++) store<f64>(samples + ((<usize>index) << 3), last)
  if (kind == exponential) exponentials(samples, count)
  if (kind == share) drawIn(samples, count)
}

function drawIn(values: usize, count: i32): void {
  for (let at = values, end = values + ((<usize>count) << 3); at < end; at += 8) {
    store<f64>(at, Math.min(Math.max(load<f64>(at) * 2 - 1, 0), 1))
  }
}
