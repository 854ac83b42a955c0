/**
 * The smoothing that CheapTrick and D4C share, on half spectra of fftSize / 2 + 1 bins; the twin is
 * `world/spectrum-shaping.ts`. Sums run in the twin's order: bins far below the loudest are what rounding leaves of the
 * cumulative sum, and only the same rounding gives the reference's numbers there.
 */

@unmanaged
export class ShapingSpace {
  constructor(
    public binHz: f64,
    /** Half the transform's size: the index of the last bin. */
    public half: i32,
  ) {
    this.replica = heap.alloc((<usize>half + 2) << 3)
    this.cumulative = heap.alloc((<usize>(3 * half) + 8) << 3)
  }
  replica: usize = 0
  /** A smoothing width may reach the Nyquist frequency. */
  cumulative: usize = 0
}

/** Adds to every bin up to f0 the spectrum mirrored at f0 / 2. In place. */
export function correctDc(space: ShapingSpace, power: usize, f0Hz: f64): void {
  const position = f0Hz / space.binHz
  const count = min(1 + <i32>Math.floor(position), space.half)
  for (let k = 0; k < count; k++) {
    const mirrored = position - <f64>k
    const below = Math.floor(mirrored)
    const at = power + ((<usize>below) << 3)
    const value = load<f64>(at)
    store<f64>(space.replica + ((<usize>k) << 3), value + (mirrored - below) * (load<f64>(at, 8) - value))
  }
  for (let at: usize = 0, end = (<usize>count) << 3; at < end; at += 8) {
    store<f64>(power + at, load<f64>(power + at) + load<f64>(space.replica + at))
  }
}

/** Mean over a rectangle of `widthHz` around every bin, the spectrum mirrored at either end. Out may be the input. */
export function smooth(space: ShapingSpace, spectrum: usize, widthHz: f64, out: usize): void {
  const binHz = space.binHz
  const half = space.half
  const boundary = <i32>Math.floor(widthHz / binHz) + 1
  const cumulative = space.cumulative
  const last = spectrum + ((<usize>half) << 3)
  let to = cumulative
  let sum: f64 = 0
  for (let at = spectrum + ((<usize>boundary) << 3); at > spectrum; at -= 8) {
    sum += load<f64>(at) * binHz
    store<f64>(to, sum)
    to += 8
  }
  for (let at = spectrum; at <= last; at += 8) {
    sum += load<f64>(at) * binHz
    store<f64>(to, sum)
    to += 8
  }
  for (let at = last - 8, end = last - ((<usize>boundary) << 3); at >= end; at -= 8) {
    sum += load<f64>(at) * binHz
    store<f64>(to, sum)
    to += 8
  }
  const reach = widthHz / binHz / 2
  const low = <f64>boundary - 0.5 - reach
  const high = <f64>boundary - 0.5 + reach
  const lowAt = cumulative + ((<usize>Math.floor(low)) << 3)
  const highAt = cumulative + ((<usize>Math.floor(high)) << 3)
  const lowPart = f64x2.splat(low - Math.floor(low))
  const highPart = f64x2.splat(high - Math.floor(high))
  const scale = f64x2.splat(1 / widthHz)
  for (let k: usize = 0, end = (<usize>half) << 3; k <= end; k += 16) {
    const value = f64x2.mul(f64x2.sub(between(highAt + k, highPart), between(lowAt + k, lowPart)), scale)
    if (k < end) v128.store(out + k, value)
    else v128.store_lane<f64>(out + k, value, 0)
  }
}

/** Two neighboring values, each a part of the way to the next. */
function between(at: usize, part: v128): v128 {
  const value = v128.load(at)
  return f64x2.add(value, f64x2.mul(part, f64x2.sub(v128.load(at, 8), value)))
}
