/**
 * Elementary functions of two f64 at once. Every polynomial and constant is that of fdlibm (Sun Microsystems 1993):
 * errors stay under one unit in the last place for `expOf` and `logOf`, and under 2e-16 absolute for sine and cosine.
 */

const roundingMagic: f64 = 6755399441055744.0 // 1.5 * 2^52
const ln2High: f64 = 6.9314718036912381649e-1
const ln2Low: f64 = 1.90821492927058770002e-10

/** e^x; x below -708 counts as -708 and above 709 as 709, so that nothing is subnormal or infinite. */
export function expOf(value: v128): v128 {
  const x = f64x2.pmin(constant(0), f64x2.pmax(constant(1), value))
  const magic = constant(2)
  const shifted = f64x2.add(f64x2.mul(x, constant(3)), magic)
  const k = f64x2.sub(shifted, magic)
  const high = f64x2.sub(x, f64x2.mul(k, constant(4)))
  const low = f64x2.mul(k, constant(5))
  const r = f64x2.sub(high, low)
  const t = f64x2.mul(r, r)
  let p = f64x2.add(constant(6), f64x2.mul(t, constant(7)))
  p = f64x2.add(constant(8), f64x2.mul(t, p))
  p = f64x2.add(constant(9), f64x2.mul(t, p))
  p = f64x2.add(constant(10), f64x2.mul(t, p))
  const c = f64x2.sub(r, f64x2.mul(t, p))
  const quotient = f64x2.div(f64x2.mul(r, c), f64x2.sub(constant(11), c))
  const mantissa = f64x2.sub(constant(12), f64x2.sub(f64x2.sub(low, quotient), high))
  return i64x2.add(mantissa, i64x2.shl(shifted, 52))
}

/** ln x of positive normal numbers. */
export function logOf(x: v128): v128 {
  // The exponent is chosen so that the mantissa lies between sqrt(1/2) and sqrt(2).
  const biased = i64x2.shr_u(i64x2.add(x, i64x2.splat(0x3ff0000000000000 - 0x3fe6a09e00000000)), 52)
  const mantissa = i64x2.sub(x, i64x2.shl(i64x2.sub(biased, i64x2.splat(1023)), 52))
  const twoTo52 = constant(13)
  const k = f64x2.sub(v128.or(biased, twoTo52), constant(14))
  const f = f64x2.sub(mantissa, constant(12))
  const s = f64x2.div(f, f64x2.add(constant(11), f))
  const z = f64x2.mul(s, s)
  const w = f64x2.mul(z, z)
  let even = f64x2.add(constant(15), f64x2.mul(w, constant(16)))
  even = f64x2.mul(w, f64x2.add(constant(17), f64x2.mul(w, even)))
  let odd = f64x2.add(constant(18), f64x2.mul(w, constant(19)))
  odd = f64x2.add(constant(20), f64x2.mul(w, odd))
  odd = f64x2.mul(z, f64x2.add(constant(21), f64x2.mul(w, odd)))
  const halfSquare = f64x2.mul(constant(22), f64x2.mul(f, f))
  const product = f64x2.mul(s, f64x2.add(halfSquare, f64x2.add(even, odd)))
  const lowPart = f64x2.add(product, f64x2.mul(k, constant(5)))
  const rest = f64x2.sub(f64x2.sub(halfSquare, lowPart), f)
  return f64x2.sub(f64x2.mul(k, constant(4)), rest)
}

/** x · 2 / pi rounded, as `x + magic` leaves it: the quadrant stands in the lowest bits. For |x| below a million. */
export function quadrantOf(x: v128): v128 {
  return f64x2.add(f64x2.mul(x, constant(23)), constant(2))
}

/** What the quadrant leaves of x, within ± pi / 4 (Cody and Waite, three parts of pi / 2). */
export function remainderOf(x: v128, quadrant: v128): v128 {
  const n = f64x2.sub(quadrant, constant(2))
  const first = f64x2.sub(x, f64x2.mul(n, constant(24)))
  const second = f64x2.sub(first, f64x2.mul(n, constant(25)))
  return f64x2.sub(second, f64x2.mul(n, constant(26)))
}

/** Sine within ± pi / 4. */
function smallSine(r: v128, z: v128): v128 {
  let p = f64x2.add(constant(27), f64x2.mul(z, constant(28)))
  p = f64x2.add(constant(29), f64x2.mul(z, p))
  p = f64x2.add(constant(30), f64x2.mul(z, p))
  p = f64x2.add(constant(31), f64x2.mul(z, p))
  p = f64x2.add(constant(32), f64x2.mul(z, p))
  return f64x2.add(r, f64x2.mul(f64x2.mul(z, r), p))
}

/** Cosine within ± pi / 4. */
function smallCosine(z: v128): v128 {
  let p = f64x2.add(constant(33), f64x2.mul(z, constant(34)))
  p = f64x2.add(constant(35), f64x2.mul(z, p))
  p = f64x2.add(constant(36), f64x2.mul(z, p))
  p = f64x2.add(constant(37), f64x2.mul(z, p))
  p = f64x2.add(constant(38), f64x2.mul(z, p))
  const halfSquare = f64x2.mul(constant(22), z)
  return f64x2.sub(constant(12), f64x2.sub(halfSquare, f64x2.mul(f64x2.mul(z, z), p)))
}

export function sineOf(quadrant: v128, r: v128): v128 {
  const z = f64x2.mul(r, r)
  const isSwapped = i64x2.neg(v128.and(quadrant, i64x2.splat(1)))
  const sign = i64x2.shl(v128.and(quadrant, i64x2.splat(2)), 62)
  return v128.xor(v128.bitselect(smallCosine(z), smallSine(r, z), isSwapped), sign)
}

export function cosineOf(quadrant: v128, r: v128): v128 {
  const z = f64x2.mul(r, r)
  const isSwapped = i64x2.neg(v128.and(quadrant, i64x2.splat(1)))
  const sign = i64x2.shl(v128.and(i64x2.add(quadrant, i64x2.splat(1)), i64x2.splat(2)), 62)
  return v128.xor(v128.bitselect(smallSine(r, z), smallCosine(z), isSwapped), sign)
}
