import { expOf, logOf } from './elementary'

/** Loops over arrays of f64. They take two values at a time, so that one value past an odd end may be written. */

export function exponentials(values: usize, count: i32): void {
  for (let at = values, end = values + ((<usize>count) << 3); at < end; at += 16) v128.store(at, expOf(v128.load(at)))
}

export function logarithms(values: usize, count: i32): void {
  for (let at = values, end = values + ((<usize>count) << 3); at < end; at += 16) v128.store(at, logOf(v128.load(at)))
}

/** out = re^2 + im^2. */
export function powers(re: usize, im: usize, out: usize, count: i32): void {
  for (let at: usize = 0, end = (<usize>count) << 3; at < end; at += 16) {
    const r = v128.load(re + at)
    const m = v128.load(im + at)
    v128.store(out + at, f64x2.add(f64x2.mul(r, r), f64x2.mul(m, m)))
  }
}

/** Half away from zero, as C's `round`. */
export function roundHalfAway(value: f64): f64 {
  return value >= 0 ? Math.floor(value + 0.5) : Math.ceil(value - 0.5)
}
