/**
 * Elementary functions of two f64 at once. Every polynomial and constant is that of fdlibm (Sun Microsystems 1993):
 * errors stay under one unit in the last place for `expOf` and `logOf`, and under 2e-16 absolute for sine and cosine.
 */

/** Adding and subtracting it rounds to a whole number, which then stands in the lowest bits. */
const roundingMagic: f64 = 6755399441055744.0 // 1.5 * 2^52
const ln2High: f64 = 6.9314718036912381649e-1
const ln2Low: f64 = 1.90821492927058770002e-10

/** e^x; x below -708 counts as -708 and above 709 as 709, so that nothing is subnormal or infinite. */
export function expOf(value: v128): v128 {
  const x = f64x2.pmin(f64x2.splat(709), f64x2.pmax(f64x2.splat(-708), value))
  const magic = f64x2.splat(roundingMagic)
  const shifted = f64x2.add(f64x2.mul(x, f64x2.splat(1.442695040888963387)), magic)
  const k = f64x2.sub(shifted, magic)
  const high = f64x2.sub(x, f64x2.mul(k, f64x2.splat(ln2High)))
  const low = f64x2.mul(k, f64x2.splat(ln2Low))
  const r = f64x2.sub(high, low)
  const t = f64x2.mul(r, r)
  let p = f64x2.add(f64x2.splat(-1.6533902205465251539e-6), f64x2.mul(t, f64x2.splat(4.13813679705723846039e-8)))
  p = f64x2.add(f64x2.splat(6.61375632143793436117e-5), f64x2.mul(t, p))
  p = f64x2.add(f64x2.splat(-2.77777777770155933842e-3), f64x2.mul(t, p))
  p = f64x2.add(f64x2.splat(1.66666666666666019037e-1), f64x2.mul(t, p))
  const c = f64x2.sub(r, f64x2.mul(t, p))
  const quotient = f64x2.div(f64x2.mul(r, c), f64x2.sub(f64x2.splat(2), c))
  const mantissa = f64x2.sub(f64x2.splat(1), f64x2.sub(f64x2.sub(low, quotient), high))
  return i64x2.add(mantissa, i64x2.shl(shifted, 52))
}

/** ln x of positive normal numbers. */
export function logOf(x: v128): v128 {
  // The exponent is chosen so that the mantissa lies between sqrt(1/2) and sqrt(2).
  const biased = i64x2.shr_u(i64x2.add(x, i64x2.splat(0x3ff0000000000000 - 0x3fe6a09e00000000)), 52)
  const mantissa = i64x2.sub(x, i64x2.shl(i64x2.sub(biased, i64x2.splat(1023)), 52))
  const twoTo52 = f64x2.splat(4503599627370496.0)
  const k = f64x2.sub(v128.or(biased, twoTo52), f64x2.splat(4503599627370496.0 + 1023.0))
  const f = f64x2.sub(mantissa, f64x2.splat(1))
  const s = f64x2.div(f, f64x2.add(f64x2.splat(2), f))
  const z = f64x2.mul(s, s)
  const w = f64x2.mul(z, z)
  let even = f64x2.add(f64x2.splat(2.222219843214978396e-1), f64x2.mul(w, f64x2.splat(1.531383769920937332e-1)))
  even = f64x2.mul(w, f64x2.add(f64x2.splat(3.999999999940941908e-1), f64x2.mul(w, even)))
  let odd = f64x2.add(f64x2.splat(1.818357216161805012e-1), f64x2.mul(w, f64x2.splat(1.479819860511658591e-1)))
  odd = f64x2.add(f64x2.splat(2.857142874366239149e-1), f64x2.mul(w, odd))
  odd = f64x2.mul(z, f64x2.add(f64x2.splat(6.66666666666673513e-1), f64x2.mul(w, odd)))
  const halfSquare = f64x2.mul(f64x2.splat(0.5), f64x2.mul(f, f))
  const product = f64x2.mul(s, f64x2.add(halfSquare, f64x2.add(even, odd)))
  const lowPart = f64x2.add(product, f64x2.mul(k, f64x2.splat(ln2Low)))
  const rest = f64x2.sub(f64x2.sub(halfSquare, lowPart), f)
  return f64x2.sub(f64x2.mul(k, f64x2.splat(ln2High)), rest)
}

/** x · 2 / pi rounded, as `x + magic` leaves it: the quadrant stands in the lowest bits. For |x| below a million. */
export function quadrantOf(x: v128): v128 {
  return f64x2.add(f64x2.mul(x, f64x2.splat(6.36619772367581382433e-1)), f64x2.splat(roundingMagic))
}

/** What the quadrant leaves of x, within ± pi / 4 (Cody and Waite, three parts of pi / 2). */
export function remainderOf(x: v128, quadrant: v128): v128 {
  const n = f64x2.sub(quadrant, f64x2.splat(roundingMagic))
  const first = f64x2.sub(x, f64x2.mul(n, f64x2.splat(1.57079632673412561417)))
  const second = f64x2.sub(first, f64x2.mul(n, f64x2.splat(6.0771005063039659766e-11)))
  return f64x2.sub(second, f64x2.mul(n, f64x2.splat(2.02226624879595063154e-21)))
}

/** Sine within ± pi / 4. */
function smallSine(r: v128, z: v128): v128 {
  let p = f64x2.add(f64x2.splat(-2.50507602534068634195e-8), f64x2.mul(z, f64x2.splat(1.58969099521155010221e-10)))
  p = f64x2.add(f64x2.splat(2.75573137070700676789e-6), f64x2.mul(z, p))
  p = f64x2.add(f64x2.splat(-1.98412698298579493134e-4), f64x2.mul(z, p))
  p = f64x2.add(f64x2.splat(8.33333333332248946124e-3), f64x2.mul(z, p))
  p = f64x2.add(f64x2.splat(-1.66666666666666324348e-1), f64x2.mul(z, p))
  return f64x2.add(r, f64x2.mul(f64x2.mul(z, r), p))
}

/** Cosine within ± pi / 4. */
function smallCosine(z: v128): v128 {
  let p = f64x2.add(f64x2.splat(2.0875723212981748279e-9), f64x2.mul(z, f64x2.splat(-1.13596475577881948265e-11)))
  p = f64x2.add(f64x2.splat(-2.75573143513906633035e-7), f64x2.mul(z, p))
  p = f64x2.add(f64x2.splat(2.48015872894767294178e-5), f64x2.mul(z, p))
  p = f64x2.add(f64x2.splat(-1.38888888888741095749e-3), f64x2.mul(z, p))
  p = f64x2.add(f64x2.splat(4.16666666666666019037e-2), f64x2.mul(z, p))
  const halfSquare = f64x2.mul(f64x2.splat(0.5), z)
  return f64x2.sub(f64x2.splat(1), f64x2.sub(halfSquare, f64x2.mul(f64x2.mul(z, z), p)))
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
