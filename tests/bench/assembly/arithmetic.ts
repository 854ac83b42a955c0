/**
 * Nothing but multiplications and additions of 128-bit vectors in registers, none of which waits for another: the most
 * that a processor does of them. What they work on is loaded, since constants are put together again in every turn.
 */

/** Two vectors to work with, then those that are made. */
const given = memory.data<u8>(
  [0, 0, 0, 63, 0, 0, 128, 62, 0, 0, 0, 62, 0, 0, 128, 61, 3, 1, 5, 1, 3, 1, 5, 1, 3, 1, 5, 1, 3, 1, 5, 1],
  16,
)
const kept = memory.data(192, 16)

/** Twelve fused products and sums of four f32 a round. */
export function fuse(rounds: i32): void {
  const factor = v128.load(given)
  const other = v128.load(given, 16)
  let a0 = v128.load(given)
  let a1 = v128.load(given)
  let a2 = v128.load(given)
  let a3 = v128.load(given)
  let a4 = v128.load(given)
  let a5 = v128.load(given)
  let a6 = v128.load(given)
  let a7 = v128.load(given)
  let a8 = v128.load(given)
  let a9 = v128.load(given)
  let a10 = v128.load(given)
  let a11 = v128.load(given)
  for (; rounds > 0; rounds--) {
    a0 = f32x4.relaxed_madd(factor, other, a0)
    a1 = f32x4.relaxed_madd(factor, other, a1)
    a2 = f32x4.relaxed_madd(factor, other, a2)
    a3 = f32x4.relaxed_madd(factor, other, a3)
    a4 = f32x4.relaxed_madd(factor, other, a4)
    a5 = f32x4.relaxed_madd(factor, other, a5)
    a6 = f32x4.relaxed_madd(factor, other, a6)
    a7 = f32x4.relaxed_madd(factor, other, a7)
    a8 = f32x4.relaxed_madd(factor, other, a8)
    a9 = f32x4.relaxed_madd(factor, other, a9)
    a10 = f32x4.relaxed_madd(factor, other, a10)
    a11 = f32x4.relaxed_madd(factor, other, a11)
  }
  v128.store(kept, a0, 0)
  v128.store(kept, a1, 16)
  v128.store(kept, a2, 32)
  v128.store(kept, a3, 48)
  v128.store(kept, a4, 64)
  v128.store(kept, a5, 80)
  v128.store(kept, a6, 96)
  v128.store(kept, a7, 112)
  v128.store(kept, a8, 128)
  v128.store(kept, a9, 144)
  v128.store(kept, a10, 160)
  v128.store(kept, a11, 176)
}

/** Eight products and sums of eight i16 a round. */
export function multiplyShorts(rounds: i32): void {
  const other = v128.load(given, 16)
  let a0 = v128.load(given, 16)
  let a1 = v128.load(given, 16)
  let a2 = v128.load(given, 16)
  let a3 = v128.load(given, 16)
  let a4 = v128.load(given, 16)
  let a5 = v128.load(given, 16)
  let a6 = v128.load(given, 16)
  let a7 = v128.load(given, 16)
  for (; rounds > 0; rounds--) {
    a0 = i32x4.add(a0, i32x4.dot_i16x8_s(a0, other))
    a1 = i32x4.add(a1, i32x4.dot_i16x8_s(a1, other))
    a2 = i32x4.add(a2, i32x4.dot_i16x8_s(a2, other))
    a3 = i32x4.add(a3, i32x4.dot_i16x8_s(a3, other))
    a4 = i32x4.add(a4, i32x4.dot_i16x8_s(a4, other))
    a5 = i32x4.add(a5, i32x4.dot_i16x8_s(a5, other))
    a6 = i32x4.add(a6, i32x4.dot_i16x8_s(a6, other))
    a7 = i32x4.add(a7, i32x4.dot_i16x8_s(a7, other))
  }
  v128.store(kept, a0, 0)
  v128.store(kept, a1, 16)
  v128.store(kept, a2, 32)
  v128.store(kept, a3, 48)
  v128.store(kept, a4, 64)
  v128.store(kept, a5, 80)
  v128.store(kept, a6, 96)
  v128.store(kept, a7, 112)
}

/** Twelve products and sums of sixteen bytes a round. */
export function multiplyBytes(rounds: i32): void {
  const factor = v128.load(given)
  const other = v128.load(given, 16)
  let a0 = v128.load(given, 16)
  let a1 = v128.load(given, 16)
  let a2 = v128.load(given, 16)
  let a3 = v128.load(given, 16)
  let a4 = v128.load(given, 16)
  let a5 = v128.load(given, 16)
  let a6 = v128.load(given, 16)
  let a7 = v128.load(given, 16)
  let a8 = v128.load(given, 16)
  let a9 = v128.load(given, 16)
  let a10 = v128.load(given, 16)
  let a11 = v128.load(given, 16)
  for (; rounds > 0; rounds--) {
    a0 = i32x4.relaxed_dot_i8x16_i7x16_add_s(factor, other, a0)
    a1 = i32x4.relaxed_dot_i8x16_i7x16_add_s(factor, other, a1)
    a2 = i32x4.relaxed_dot_i8x16_i7x16_add_s(factor, other, a2)
    a3 = i32x4.relaxed_dot_i8x16_i7x16_add_s(factor, other, a3)
    a4 = i32x4.relaxed_dot_i8x16_i7x16_add_s(factor, other, a4)
    a5 = i32x4.relaxed_dot_i8x16_i7x16_add_s(factor, other, a5)
    a6 = i32x4.relaxed_dot_i8x16_i7x16_add_s(factor, other, a6)
    a7 = i32x4.relaxed_dot_i8x16_i7x16_add_s(factor, other, a7)
    a8 = i32x4.relaxed_dot_i8x16_i7x16_add_s(factor, other, a8)
    a9 = i32x4.relaxed_dot_i8x16_i7x16_add_s(factor, other, a9)
    a10 = i32x4.relaxed_dot_i8x16_i7x16_add_s(factor, other, a10)
    a11 = i32x4.relaxed_dot_i8x16_i7x16_add_s(factor, other, a11)
  }
  v128.store(kept, a0, 0)
  v128.store(kept, a1, 16)
  v128.store(kept, a2, 32)
  v128.store(kept, a3, 48)
  v128.store(kept, a4, 64)
  v128.store(kept, a5, 80)
  v128.store(kept, a6, 96)
  v128.store(kept, a7, 112)
  v128.store(kept, a8, 128)
  v128.store(kept, a9, 144)
  v128.store(kept, a10, 160)
  v128.store(kept, a11, 176)
}
