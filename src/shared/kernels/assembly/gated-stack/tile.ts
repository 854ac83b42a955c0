/**
 * The whole of the arithmetic but a tenth: rows of inputs times a panel of eight outputs, whose sums stay in registers.
 * Fused products leave room for six rows; where products are added in a step of their own, more than four spill
 * (measured: six are then a quarter slower, and fused a twentieth faster).
 */
export const TILE_ROWS: usize = FUSES_PRODUCTS ? 6 : 4

/** Of a tile's sums, [rows of a tile][8]. */
export const TILE_BYTES: usize = TILE_ROWS << 5

/** Room for those of four tiles. */
export const sums = memory.data(768, 16)

/** Sums begin as a bias. */
export function startFrom(bias: usize): void {
  const low = v128.load(bias)
  const high = v128.load(bias, 16)
  for (let r: usize = 0; r < TILE_ROWS << 5; r += 32) {
    v128.store(sums + r, low)
    v128.store(sums + r, high, 16)
  }
}

/**
 * Adds taps of a tile's rows, each of `rowBytes`, times a panel to its sums at `to`. A fused product is rounded once
 * instead of twice, so that its last bits are not those of plain code; it is a third faster.
 */
export function accumulate(weights: usize, x: usize, rowBytes: usize, taps: usize, tapBytes: usize, to: usize): void {
  // Taps of rows that lie behind each other are one long tap: the end of a loop is what a processor can't foretell.
  const isOne = tapBytes == rowBytes
  const bytes = isOne ? taps * rowBytes : rowBytes
  if (isOne) taps = 1
  if (FUSES_PRODUCTS) sixRows(weights, x, rowBytes, bytes, taps, tapBytes, to)
  else fourRows(weights, x, rowBytes, bytes, taps, tapBytes, to)
}

function fourRows(
  weights: usize,
  x: usize,
  rowBytes: usize,
  bytes: usize,
  taps: usize,
  tapBytes: usize,
  to: usize,
): void {
  let a0 = v128.load(to)
  let b0 = v128.load(to, 16)
  let a1 = v128.load(to, 32)
  let b1 = v128.load(to, 48)
  let a2 = v128.load(to, 64)
  let b2 = v128.load(to, 80)
  let a3 = v128.load(to, 96)
  let b3 = v128.load(to, 112)
  for (; taps > 0; taps--) {
    let first = x
    let second = first + rowBytes
    let third = second + rowBytes
    let fourth = third + rowBytes
    const end = weights + (bytes << 3)
    do {
      const a = v128.load(weights)
      const b = v128.load(weights, 16)
      const x0 = v128.load32_splat(first)
      a0 = f32x4.add(a0, f32x4.mul(a, x0))
      b0 = f32x4.add(b0, f32x4.mul(b, x0))
      const x1 = v128.load32_splat(second)
      a1 = f32x4.add(a1, f32x4.mul(a, x1))
      b1 = f32x4.add(b1, f32x4.mul(b, x1))
      const x2 = v128.load32_splat(third)
      a2 = f32x4.add(a2, f32x4.mul(a, x2))
      b2 = f32x4.add(b2, f32x4.mul(b, x2))
      const x3 = v128.load32_splat(fourth)
      a3 = f32x4.add(a3, f32x4.mul(a, x3))
      b3 = f32x4.add(b3, f32x4.mul(b, x3))
      first += 4
      second += 4
      third += 4
      fourth += 4
      weights += 32
    } while (weights != end)
    x += tapBytes
  }
  v128.store(to, a0)
  v128.store(to, b0, 16)
  v128.store(to, a1, 32)
  v128.store(to, b1, 48)
  v128.store(to, a2, 64)
  v128.store(to, b2, 80)
  v128.store(to, a3, 96)
  v128.store(to, b3, 112)
}

function sixRows(
  weights: usize,
  x: usize,
  rowBytes: usize,
  bytes: usize,
  taps: usize,
  tapBytes: usize,
  to: usize,
): void {
  let a0 = v128.load(to)
  let b0 = v128.load(to, 16)
  let a1 = v128.load(to, 32)
  let b1 = v128.load(to, 48)
  let a2 = v128.load(to, 64)
  let b2 = v128.load(to, 80)
  let a3 = v128.load(to, 96)
  let b3 = v128.load(to, 112)
  let a4 = v128.load(to, 128)
  let b4 = v128.load(to, 144)
  let a5 = v128.load(to, 160)
  let b5 = v128.load(to, 176)
  for (; taps > 0; taps--) {
    let first = x
    let second = first + rowBytes
    let third = second + rowBytes
    let fourth = third + rowBytes
    let fifth = fourth + rowBytes
    let sixth = fifth + rowBytes
    const end = weights + (bytes << 3)
    do {
      const a = v128.load(weights)
      const b = v128.load(weights, 16)
      const x0 = v128.load32_splat(first)
      a0 = f32x4.relaxed_madd(a, x0, a0)
      b0 = f32x4.relaxed_madd(b, x0, b0)
      const x1 = v128.load32_splat(second)
      a1 = f32x4.relaxed_madd(a, x1, a1)
      b1 = f32x4.relaxed_madd(b, x1, b1)
      const x2 = v128.load32_splat(third)
      a2 = f32x4.relaxed_madd(a, x2, a2)
      b2 = f32x4.relaxed_madd(b, x2, b2)
      const x3 = v128.load32_splat(fourth)
      a3 = f32x4.relaxed_madd(a, x3, a3)
      b3 = f32x4.relaxed_madd(b, x3, b3)
      const x4 = v128.load32_splat(fifth)
      a4 = f32x4.relaxed_madd(a, x4, a4)
      b4 = f32x4.relaxed_madd(b, x4, b4)
      const x5 = v128.load32_splat(sixth)
      a5 = f32x4.relaxed_madd(a, x5, a5)
      b5 = f32x4.relaxed_madd(b, x5, b5)
      first += 4
      second += 4
      third += 4
      fourth += 4
      fifth += 4
      sixth += 4
      weights += 32
    } while (weights != end)
    x += tapBytes
  }
  v128.store(to, a0)
  v128.store(to, b0, 16)
  v128.store(to, a1, 32)
  v128.store(to, b1, 48)
  v128.store(to, a2, 64)
  v128.store(to, b2, 80)
  v128.store(to, a3, 96)
  v128.store(to, b3, 112)
  v128.store(to, a4, 128)
  v128.store(to, b4, 144)
  v128.store(to, a5, 160)
  v128.store(to, b5, 176)
}
