import { cosineOfHalfTurn } from '../numbers/elementary'

/** Grains and parts of a voice; the twins are `overlap-add.ts` and `harmonic-noise.ts` in `conversion/transposition`. */

/** Reads `signal` between samples by the cubic Hermite polynomial, held in 1 … length - 3.001. */
function readHermite(signal: usize, length: i32, position: f64): f64 {
  const held = Math.min(Math.max(position, 1), <f64>length - 3.001)
  const index = Math.floor(held)
  const fraction = held - index
  const at = signal + ((<usize>(<i32>index - 1)) << 3)
  const a = load<f64>(at)
  const b = load<f64>(at, 8)
  const c = load<f64>(at, 16)
  const d = load<f64>(at, 24)
  return b + 0.5 * fraction * (c - a + fraction * (2 * a - 5 * b + 4 * c - d + fraction * (3 * (b - c) + d - a)))
}

/** What repeats from period to period, and the rest, where `share` is above 0. */
export function split(x: usize, periods: usize, shares: usize, count: i32, harmonic: usize, noise: usize): void {
  for (let index = 0; index < count; index++) {
    const at = (<usize>index) << 3
    const value = load<f64>(x + at)
    const share = load<f64>(shares + at)
    let rest: f64 = 0
    if (share > 0) {
      const period = load<f64>(periods + at)
      const before = readHermite(x, count, <f64>index - period)
      const after = readHermite(x, count, <f64>index + period)
      rest = (value - (0.5 * value + 0.25 * (before + after))) * share
    }
    store<f64>(noise + at, rest)
    store<f64>(harmonic + at, value - rest)
  }
}

/**
 * Adds to `output` (`count` f64 and one to spare) the nearest source grain at every target mark. `padded` is the
 * harmonic part with `padding` zeros on either side. Marks ascend.
 */
export function overlapAdd(
  padded: usize,
  padding: i32,
  count: i32,
  sourceMarks: usize,
  sourceCount: i32,
  targetMarks: usize,
  targetCount: i32,
  frequency: usize,
  voicing: usize,
  middleShare: f64,
  output: usize,
): void {
  let after = 0
  for (let index = 0; index < targetCount; index++) {
    const target = load<f64>(targetMarks + ((<usize>index) << 3))
    const place = min(<i32>Math.floor(target), count - 1)
    if (load<f64>(voicing + ((<usize>place) << 3)) <= 0) continue
    // The first mark that does not lie before the target.
    while (after < sourceCount && load<f64>(sourceMarks + ((<usize>after) << 3)) < target) after++
    let nearest = after
    if (after >= sourceCount) nearest = sourceCount - 1
    else if (after > 0 && target - mark(sourceMarks, after - 1) < mark(sourceMarks, after) - target) nearest = after - 1
    const near = mark(sourceMarks, nearest)
    const other = near < target ? nearest + 1 : nearest - 1
    let share: f64 = 0
    if (other >= 0 && other < sourceCount) {
      const far = mark(sourceMarks, other)
      const offMiddle = Math.abs(far - target) / Math.abs(far - near) - 0.5
      share = Math.max(0, 0.5 - (0.5 * offMiddle) / middleShare)
    }
    addGrain(padded, padding, count, frequency, near, target, 1 - share, output)
    if (share > 0) addGrain(padded, padding, count, frequency, mark(sourceMarks, other), target, share, output)
  }
}

function mark(marks: usize, index: i32): f64 {
  return load<f64>(marks + ((<usize>index) << 3))
}

function addGrain(
  padded: usize,
  padding: i32,
  count: i32,
  frequency: usize,
  source: f64,
  target: f64,
  share: f64,
  output: usize,
): void {
  const place = min(<i32>Math.floor(source), count - 1)
  const half = 1 / load<f64>(frequency + ((<usize>place) << 3))
  const first = max(<i32>Math.ceil(target - half), 0)
  const end = min(<i32>Math.floor(target + half), count - 1)
  if (end <= first) return
  const shift = source - target + <f64>padding
  const length = count + 2 * padding
  if (<f64>first + shift < 1 || <f64>end + shift >= <f64>length - 4) {
    addHeldGrain(padded, length, shift, half, first, end, target, share, output)
    return
  }
  // Inside of the signal the fraction is the same for the whole grain, so the polynomial is a filter of four taps.
  const whole = Math.floor(shift)
  const t = shift - whole
  const a = f64x2.splat(0.5 * t * (-1 + t * (2 - t)))
  const b = f64x2.splat(1 + 0.5 * t * t * (-5 + 3 * t))
  const c = f64x2.splat(0.5 * t * (1 + t * (4 - 3 * t)))
  const d = f64x2.splat(0.5 * t * t * (t - 1))
  const step = f64x2.splat(Math.PI / half)
  const weight = f64x2.splat(0.5 * share)
  let offset = f64x2.add(f64x2.splat(<f64>first - target), f64x2(0, 1))
  let from = padded + ((<usize>(first + <i32>whole - 1)) << 3)
  for (let index = first; index <= end; index += 2) {
    const angle = f64x2.abs(f64x2.mul(offset, step))
    const window = f64x2.add(weight, f64x2.mul(weight, cosineOfHalfTurn(angle)))
    const left = f64x2.add(f64x2.mul(a, v128.load(from)), f64x2.mul(b, v128.load(from, 8)))
    const right = f64x2.add(f64x2.mul(c, v128.load(from, 16)), f64x2.mul(d, v128.load(from, 24)))
    const grain = f64x2.mul(window, f64x2.add(left, right))
    const to = output + ((<usize>index) << 3)
    if (index < end) v128.store(to, f64x2.add(v128.load(to), grain))
    else store<f64>(to, load<f64>(to) + f64x2.extract_lane(grain, 0))
    offset = f64x2.add(offset, f64x2.splat(2))
    from += 16
  }
}

/** A grain that reaches to where reading is held at the signal's edges. */
function addHeldGrain(
  padded: usize,
  length: i32,
  shift: f64,
  half: f64,
  first: i32,
  end: i32,
  target: f64,
  share: f64,
  output: usize,
): void {
  for (let index = first; index <= end; index++) {
    const window = 0.5 + 0.5 * Math.cos((Math.PI * (<f64>index - target)) / half)
    const to = output + ((<usize>index) << 3)
    const value = readHermite(padded, length, <f64>index + shift)
    store<f64>(to, load<f64>(to) + value * window * share)
  }
}
