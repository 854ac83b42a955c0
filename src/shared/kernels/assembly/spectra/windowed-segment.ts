import { cosineOfHalfTurn } from '../numbers/elementary'

/**
 * A stretch of the signal under a window, with noise added and the window's mean removed; the twin is
 * `world/windowed-segment.ts`. The work space holds the window of the last segment.
 */

export const hann: i32 = 0
export const blackman: i32 = 1

/** Room beside an array, where the last of two lanes may fall. */
const slack: usize = 16

@unmanaged
export class SegmentSpace {
  /** For segments of up to `longest` samples. */
  constructor(longest: i32) {
    this.window = heap.alloc(((<usize>longest) << 3) + 4 * slack) + slack
  }
  window: usize = 0
  windowSum: f64 = 0
  /** What the window was made for: the next segment of the same pitch takes it again. */
  half: i32 = -1
  phaseStep: f64 = 0
  shape: i32 = 0
}

/**
 * `signal` is the address of the segment's first sample; the signal reaches over the whole segment. Writes 2 half + 1
 * samples to `out`, and may write one more. `phaseStep` is in radians a sample, about pi at the window's end. The
 * window has unit energy if `isUnitEnergy`; one work space is always used with the same value of it.
 */
export function cutSegment(
  space: SegmentSpace,
  signal: usize,
  half: i32,
  phaseStep: f64,
  shape: i32,
  isUnitEnergy: bool,
  noise: usize,
  noiseLevel: f64,
  out: usize,
): void {
  if (space.half != half || space.phaseStep != phaseStep || space.shape != shape) {
    prepareWindow(space, half, phaseStep, shape, isUnitEnergy)
  }
  const window = space.window
  const last = (<usize>half) << 4
  const levels = f64x2.splat(noiseLevel)
  let total = f64x2.splat(0)
  for (let at: usize = 0; at < last; at += 16) {
    const windowed = f64x2.mul(v128.load(signal + at), v128.load(window + at))
    const value = f64x2.add(windowed, f64x2.mul(v128.load(noise + at), levels))
    v128.store(out + at, value)
    total = f64x2.add(total, value)
  }
  const lastWindow = load<f64>(window + last)
  const lastValue = load<f64>(signal + last) * lastWindow + load<f64>(noise + last) * noiseLevel
  const mean = (lanesOf(total) + lastValue) / space.windowSum
  const means = f64x2.splat(mean)
  for (let at: usize = 0; at < last; at += 16) {
    v128.store(out + at, f64x2.sub(v128.load(out + at), f64x2.mul(v128.load(window + at), means)))
  }
  store<f64>(out + last, lastValue - lastWindow * mean)
}

function prepareWindow(space: SegmentSpace, half: i32, phaseStep: f64, shape: i32, isUnitEnergy: bool): void {
  const window = space.window
  fillWindow(window, half, phaseStep, shape)
  const last = (<usize>half) << 4
  let sums = f64x2.splat(0)
  let energies = f64x2.splat(0)
  for (let at: usize = 0; at < last; at += 16) {
    const w = v128.load(window + at)
    sums = f64x2.add(sums, w)
    energies = f64x2.add(energies, f64x2.mul(w, w))
  }
  const end = load<f64>(window + last)
  const scale: f64 = isUnitEnergy ? 1 / Math.sqrt(lanesOf(energies) + end * end) : 1
  space.windowSum = (lanesOf(sums) + end) * scale
  space.half = half
  space.phaseStep = phaseStep
  space.shape = shape
  if (!isUnitEnergy) return
  const scales = f64x2.splat(scale)
  for (let at: usize = 0; at <= last; at += 16) {
    v128.store(window + at, f64x2.mul(v128.load(window + at), scales))
  }
}

export function lanesOf(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1)
}

/** 2 half + 1 points, symmetric, from the middle outward; one more on either side may be written. */
function fillWindow(window: usize, half: i32, phaseStep: f64, shape: i32): void {
  const middle = window + ((<usize>half) << 3)
  const steps = f64x2.splat(phaseStep)
  let index = f64x2(0, 1)
  for (let at: usize = 0, end = (<usize>half) << 3; at <= end; at += 16) {
    const phase = f64x2.mul(index, steps)
    index = f64x2.add(index, f64x2.splat(2))
    const cosine = cosineOfHalfTurn(phase)
    let value = f64x2.add(f64x2.splat(0.5), f64x2.mul(f64x2.splat(0.5), cosine))
    if (shape == blackman) {
      // 0.42 + 0.5 cos p + 0.08 cos 2p, with cos 2p = 2 cos^2 p - 1.
      const slope = f64x2.add(f64x2.splat(0.5), f64x2.mul(f64x2.splat(0.16), cosine))
      value = f64x2.add(f64x2.splat(0.34), f64x2.mul(cosine, slope))
    }
    v128.store(middle + at, value)
    v128.store(middle - at - 8, v128.shuffle<f64>(value, value, 1, 0))
  }
}
