import { plusProduct } from '../numbers/plus-product'

/**
 * Eight rows of a matrix times the activations of four segments, the whole of the arithmetic but a tenth. One vector of
 * weights is multiplied with four splats; eight sums stay in registers (measured: more spill, fewer wait for loads).
 * @param T f32, i16 or i8: what activations are made of
 * @param from 8 sums that it starts from, [4 segments][8 rows]
 * @param x activations; `more` are the columns behind them, or 0
 * @param sums where the 8 sums go
 */
export function accumulate<T>(weights: usize, from: usize, x: usize, more: usize, steps: usize, sums: usize): void {
  let a0 = v128.load(from)
  let b0 = v128.load(from, 16)
  let a1 = v128.load(from, 32)
  let b1 = v128.load(from, 48)
  let a2 = v128.load(from, 64)
  let b2 = v128.load(from, 80)
  let a3 = v128.load(from, 96)
  let b3 = v128.load(from, 112)
  while (true) {
    const end = weights + (steps << 5)
    do {
      const a = v128.load(weights)
      const b = v128.load(weights, 16)
      const x0 = v128.load32_splat(x)
      a0 = multiplyAdd<T>(a, x0, a0)
      b0 = multiplyAdd<T>(b, x0, b0)
      const x1 = v128.load32_splat(x, 4)
      a1 = multiplyAdd<T>(a, x1, a1)
      b1 = multiplyAdd<T>(b, x1, b1)
      const x2 = v128.load32_splat(x, 8)
      a2 = multiplyAdd<T>(a, x2, a2)
      b2 = multiplyAdd<T>(b, x2, b2)
      const x3 = v128.load32_splat(x, 12)
      a3 = multiplyAdd<T>(a, x3, a3)
      b3 = multiplyAdd<T>(b, x3, b3)
      weights += 32
      x += 16
    } while (weights != end)
    if (more == 0) break
    x = more
    more = 0
  }
  v128.store(sums, a0)
  v128.store(sums, b0, 16)
  v128.store(sums, a1, 32)
  v128.store(sums, b1, 48)
  v128.store(sums, a2, 64)
  v128.store(sums, b2, 80)
  v128.store(sums, a3, 96)
  v128.store(sums, b3, 112)
}

/** Bytes of a group's sums. */
export const GROUP_SUMS: usize = 128

/**
 * The same of all groups of four segments. Where products are fused with sums, one and a half groups are multiplied at
 * once: twelve sums wait less for each other than eight, and just find room in registers. Each sum stays what it is.
 * @param fromBytes from what one group's sums start from to what the next one's do
 * @param groupBytes from one group's activations to the next one's
 * @param sums [groups][4 segments][8 rows]
 */
export function accumulateGroups<T>(
  weights: usize,
  from: usize,
  fromBytes: usize,
  x: usize,
  more: usize,
  groupBytes: usize,
  steps: usize,
  sums: usize,
  groups: usize,
): void {
  const moreBytes: usize = more ? more - x : 0
  if (isFloat<T>() && FUSES_PRODUCTS) {
    for (; groups >= 3; groups -= 3) {
      const between = from + fromBytes
      const sharedX = x + groupBytes
      const sharedSums = sums + GROUP_SUMS
      accumulateSix(weights, from, between, x, sharedX, moreBytes, steps, sums, sharedSums)
      from = between + fromBytes
      x = sharedX + groupBytes
      sums = sharedSums + GROUP_SUMS
      accumulateSix(weights, from, between + 64, x, sharedX + 8, moreBytes, steps, sums, sharedSums + 64)
      from += fromBytes
      x += groupBytes
      sums += GROUP_SUMS
    }
  }
  for (; groups > 0; groups--) {
    accumulate<T>(weights, from, x, moreBytes ? x + moreBytes : 0, steps, sums)
    from += fromBytes
    x += groupBytes
    sums += GROUP_SUMS
  }
}

/** Eight rows times the four segments of one group and two of another. */
function accumulateSix(
  weights: usize,
  from: usize,
  otherFrom: usize,
  x: usize,
  other: usize,
  moreBytes: usize,
  steps: usize,
  sums: usize,
  otherSums: usize,
): void {
  let a0 = v128.load(from)
  let b0 = v128.load(from, 16)
  let a1 = v128.load(from, 32)
  let b1 = v128.load(from, 48)
  let a2 = v128.load(from, 64)
  let b2 = v128.load(from, 80)
  let a3 = v128.load(from, 96)
  let b3 = v128.load(from, 112)
  let a4 = v128.load(otherFrom)
  let b4 = v128.load(otherFrom, 16)
  let a5 = v128.load(otherFrom, 32)
  let b5 = v128.load(otherFrom, 48)
  const toMore = moreBytes - (steps << 4)
  while (true) {
    const end = weights + (steps << 5)
    do {
      const a = v128.load(weights)
      const b = v128.load(weights, 16)
      const x0 = v128.load32_splat(x)
      a0 = plusProduct(a, x0, a0)
      b0 = plusProduct(b, x0, b0)
      const x1 = v128.load32_splat(x, 4)
      a1 = plusProduct(a, x1, a1)
      b1 = plusProduct(b, x1, b1)
      const x2 = v128.load32_splat(x, 8)
      a2 = plusProduct(a, x2, a2)
      b2 = plusProduct(b, x2, b2)
      const x3 = v128.load32_splat(x, 12)
      a3 = plusProduct(a, x3, a3)
      b3 = plusProduct(b, x3, b3)
      const x4 = v128.load32_splat(other)
      a4 = plusProduct(a, x4, a4)
      b4 = plusProduct(b, x4, b4)
      const x5 = v128.load32_splat(other, 4)
      a5 = plusProduct(a, x5, a5)
      b5 = plusProduct(b, x5, b5)
      weights += 32
      x += 16
      other += 16
    } while (weights != end)
    if (moreBytes == 0) break
    x += toMore
    other += toMore
    moreBytes = 0
  }
  v128.store(sums, a0)
  v128.store(sums, b0, 16)
  v128.store(sums, a1, 32)
  v128.store(sums, b1, 48)
  v128.store(sums, a2, 64)
  v128.store(sums, b2, 80)
  v128.store(sums, a3, 96)
  v128.store(sums, b3, 112)
  v128.store(otherSums, a4)
  v128.store(otherSums, b4, 16)
  v128.store(otherSums, a5, 32)
  v128.store(otherSums, b5, 48)
}

/**
 * Plain multiplications and additions but where a kernel is fused: that rounds differently from machine to machine. The
 * relaxed product of bytes does not: its activations have 7 bits, so that no order of adding and no sign is left open.
 */
function multiplyAdd<T>(weights: v128, x: v128, sum: v128): v128 {
  if (isFloat<T>()) return plusProduct(weights, x, sum)
  if (sizeof<T>() == 2) return i32x4.add(sum, i32x4.dot_i16x8_s(weights, x))
  return i32x4.relaxed_dot_i8x16_i7x16_add_s(weights, x, sum)
}

/** Four vectors of 4 bytes a lane, turned: the first of all, the second of all, … */
export function storeTurned(at: usize, v0: v128, v1: v128, v2: v128, v3: v128): void {
  const low01 = v128.shuffle<i32>(v0, v1, 0, 4, 1, 5)
  const low23 = v128.shuffle<i32>(v2, v3, 0, 4, 1, 5)
  const high01 = v128.shuffle<i32>(v0, v1, 2, 6, 3, 7)
  const high23 = v128.shuffle<i32>(v2, v3, 2, 6, 3, 7)
  v128.store(at, v128.shuffle<i64>(low01, low23, 0, 2))
  v128.store(at, v128.shuffle<i64>(low01, low23, 1, 3), 16)
  v128.store(at, v128.shuffle<i64>(high01, high23, 0, 2), 32)
  v128.store(at, v128.shuffle<i64>(high01, high23, 1, 3), 48)
}
