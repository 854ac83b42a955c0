/**
 * Elementary functions of two f64 at once. The polynomials of `expOf`, `logOf` and of the sine and cosine within
 * ± pi / 4 are those of fdlibm (Sun Microsystems 1993). Errors: `expOf` and `logOf` about one unit in the last place,
 * `sineOf`, `cosineOf` and `cosineOfHalfTurn` under 3e-16 absolute.
 *
 * Constants lie in memory, twice each: the compiler would put together every one in every turn of a loop.
 */

/** Adding and subtracting it, 1.5 · 2^52, rounds to a whole number, which then stands in the lowest bits. */
const roundingMagic = memory.data<f64>([6755399441055744.0, 6755399441055744.0], 16)
const one = memory.data<f64>([1.0, 1.0], 16)
const two = memory.data<f64>([2.0, 2.0], 16)
const ln2High = memory.data<f64>([6.9314718036912381649e-1, 6.9314718036912381649e-1], 16)
const ln2Low = memory.data<f64>([1.90821492927058770002e-10, 1.90821492927058770002e-10], 16)

/** Least and greatest exponent, 1 / ln 2, and the polynomial from its highest power on. */
// prettier-ignore
const exponential = memory.data<f64>([
  -708.0, -708.0, 709.0, 709.0, 1.44269504088896338700, 1.44269504088896338700,
  4.13813679705723846039e-8, 4.13813679705723846039e-8, -1.65339022054652515390e-6, -1.65339022054652515390e-6,
  6.61375632143793436117e-5, 6.61375632143793436117e-5, -2.77777777770155933842e-3, -2.77777777770155933842e-3,
  1.66666666666666019037e-1, 1.66666666666666019037e-1,
], 16)

/** e^x; x below -708 counts as -708 and above 709 as 709, so that nothing is subnormal or infinite. */
export function expOf(value: v128): v128 {
  const x = f64x2.pmin(v128.load(exponential, 16), f64x2.pmax(v128.load(exponential), value))
  const shifted = f64x2.add(f64x2.mul(x, v128.load(exponential, 32)), v128.load(roundingMagic))
  const k = f64x2.sub(shifted, v128.load(roundingMagic))
  const high = f64x2.sub(x, f64x2.mul(k, v128.load(ln2High)))
  const low = f64x2.mul(k, v128.load(ln2Low))
  const r = f64x2.sub(high, low)
  const t = f64x2.mul(r, r)
  let p = f64x2.add(v128.load(exponential, 64), f64x2.mul(t, v128.load(exponential, 48)))
  p = f64x2.add(v128.load(exponential, 80), f64x2.mul(t, p))
  p = f64x2.add(v128.load(exponential, 96), f64x2.mul(t, p))
  p = f64x2.add(v128.load(exponential, 112), f64x2.mul(t, p))
  const c = f64x2.sub(r, f64x2.mul(t, p))
  const quotient = f64x2.div(f64x2.mul(r, c), f64x2.sub(v128.load(two), c))
  const mantissa = f64x2.sub(v128.load(one), f64x2.sub(f64x2.sub(low, quotient), high))
  return i64x2.add(mantissa, i64x2.shl(shifted, 52))
}

/** What makes an exponent of the bits: 1 less sqrt(1/2); 1023; 2^52; 2^52 + 1023. */
// prettier-ignore
const exponents = memory.data<u64>([
  0x3ff0000000000000 - 0x3fe6a09e00000000, 0x3ff0000000000000 - 0x3fe6a09e00000000, 1023, 1023,
  0x4330000000000000, 0x4330000000000000, 0x43300000000003ff, 0x43300000000003ff,
], 16)

/** The polynomial's even and odd half, from their highest powers on. */
// prettier-ignore
const logarithm = memory.data<f64>([
  1.531383769920937332e-1, 1.531383769920937332e-1, 2.222219843214978396e-1, 2.222219843214978396e-1,
  3.999999999940941908e-1, 3.999999999940941908e-1,
  1.479819860511658591e-1, 1.479819860511658591e-1, 1.818357216161805012e-1, 1.818357216161805012e-1,
  2.857142874366239149e-1, 2.857142874366239149e-1, 6.666666666666735130e-1, 6.666666666666735130e-1,
], 16)

/** ln x of positive normal numbers; 0 counts as 2^-1023. */
export function logOf(x: v128): v128 {
  // The exponent is chosen so that the mantissa lies between sqrt(1/2) and sqrt(2).
  const biased = i64x2.shr_u(i64x2.add(x, v128.load(exponents)), 52)
  const mantissa = i64x2.sub(x, i64x2.shl(i64x2.sub(biased, v128.load(exponents, 16)), 52))
  const k = f64x2.sub(v128.or(biased, v128.load(exponents, 32)), v128.load(exponents, 48))
  const f = f64x2.sub(mantissa, v128.load(one))
  const s = f64x2.div(f, f64x2.add(v128.load(two), f))
  const z = f64x2.mul(s, s)
  const w = f64x2.mul(z, z)
  let even = f64x2.add(v128.load(logarithm, 16), f64x2.mul(w, v128.load(logarithm)))
  even = f64x2.mul(w, f64x2.add(v128.load(logarithm, 32), f64x2.mul(w, even)))
  let odd = f64x2.add(v128.load(logarithm, 64), f64x2.mul(w, v128.load(logarithm, 48)))
  odd = f64x2.add(v128.load(logarithm, 80), f64x2.mul(w, odd))
  odd = f64x2.mul(z, f64x2.add(v128.load(logarithm, 96), f64x2.mul(w, odd)))
  const bend = f64x2.mul(s, f64x2.sub(f, f64x2.add(even, odd)))
  const rest = f64x2.sub(f64x2.sub(bend, f64x2.mul(k, v128.load(ln2Low))), f)
  return f64x2.sub(f64x2.mul(k, v128.load(ln2High)), rest)
}

/** 2 / pi, and pi / 2 in three parts (Cody and Waite). */
// prettier-ignore
const quarterTurns = memory.data<f64>([
  6.36619772367581382433e-1, 6.36619772367581382433e-1, 1.57079632673412561417, 1.57079632673412561417,
  6.07710050630396597660e-11, 6.07710050630396597660e-11, 2.02226624879595063154e-21, 2.02226624879595063154e-21,
], 16)

/** x · 2 / pi rounded, as the rounding magic leaves it: the quadrant in the lowest bits. For |x| below a million. */
export function quadrantOf(x: v128): v128 {
  return f64x2.add(f64x2.mul(x, v128.load(quarterTurns)), v128.load(roundingMagic))
}

/** What the quadrant leaves of x, within ± pi / 4. */
export function remainderOf(x: v128, quadrant: v128): v128 {
  const n = f64x2.sub(quadrant, v128.load(roundingMagic))
  const first = f64x2.sub(x, f64x2.mul(n, v128.load(quarterTurns, 16)))
  const second = f64x2.sub(first, f64x2.mul(n, v128.load(quarterTurns, 32)))
  return f64x2.sub(second, f64x2.mul(n, v128.load(quarterTurns, 48)))
}

// prettier-ignore
const sine = memory.data<f64>([
  1.58969099521155010221e-10, 1.58969099521155010221e-10, -2.50507602534068634195e-8, -2.50507602534068634195e-8,
  2.75573137070700676789e-6, 2.75573137070700676789e-6, -1.98412698298579493134e-4, -1.98412698298579493134e-4,
  8.33333333332248946124e-3, 8.33333333332248946124e-3, -1.66666666666666324348e-1, -1.66666666666666324348e-1,
], 16)

/** Sine within ± pi / 4; z is the square of r. */
export function smallSine(r: v128, z: v128): v128 {
  let p = f64x2.add(v128.load(sine, 16), f64x2.mul(z, v128.load(sine)))
  p = f64x2.add(v128.load(sine, 32), f64x2.mul(z, p))
  p = f64x2.add(v128.load(sine, 48), f64x2.mul(z, p))
  p = f64x2.add(v128.load(sine, 64), f64x2.mul(z, p))
  p = f64x2.add(v128.load(sine, 80), f64x2.mul(z, p))
  return f64x2.add(r, f64x2.mul(f64x2.mul(z, r), p))
}

// prettier-ignore
const cosine = memory.data<f64>([
  -1.13596475577881948265e-11, -1.13596475577881948265e-11, 2.08757232129817482790e-9, 2.08757232129817482790e-9,
  -2.75573143513906633035e-7, -2.75573143513906633035e-7, 2.48015872894767294178e-5, 2.48015872894767294178e-5,
  -1.38888888888741095749e-3, -1.38888888888741095749e-3, 4.16666666666666019037e-2, 4.16666666666666019037e-2,
  0.5, 0.5,
], 16)

/** Cosine within ± pi / 4; z is the angle's square. */
export function smallCosine(z: v128): v128 {
  let p = f64x2.add(v128.load(cosine, 16), f64x2.mul(z, v128.load(cosine)))
  p = f64x2.add(v128.load(cosine, 32), f64x2.mul(z, p))
  p = f64x2.add(v128.load(cosine, 48), f64x2.mul(z, p))
  p = f64x2.add(v128.load(cosine, 64), f64x2.mul(z, p))
  p = f64x2.add(v128.load(cosine, 80), f64x2.mul(z, p))
  const halfSquare = f64x2.mul(v128.load(cosine, 96), z)
  return f64x2.sub(v128.load(one), f64x2.sub(halfSquare, f64x2.mul(f64x2.mul(z, z), p)))
}

/** The sine in a quadrant from both functions of what the quadrant leaves. */
export function sineOf(quadrant: v128, small: v128, smallCos: v128): v128 {
  const isSwapped = i64x2.neg(v128.and(quadrant, i64x2.splat(1)))
  const sign = i64x2.shl(v128.and(quadrant, i64x2.splat(2)), 62)
  return v128.xor(v128.bitselect(smallCos, small, isSwapped), sign)
}

/** As `sineOf`, the cosine. */
export function cosineOf(quadrant: v128, small: v128, smallCos: v128): v128 {
  const isSwapped = i64x2.neg(v128.and(quadrant, i64x2.splat(1)))
  const sign = i64x2.shl(v128.and(i64x2.add(quadrant, i64x2.splat(1)), i64x2.splat(2)), 62)
  return v128.xor(v128.bitselect(small, smallCos, isSwapped), sign)
}

/** pi / 2, and Taylor's polynomial of the sine from its 21st power on. */
// prettier-ignore
const wideSine = memory.data<f64>([
  1.57079632679489661923, 1.57079632679489661923,
  1.95729410633912612308e-20, 1.95729410633912612308e-20, -8.22063524662432971696e-18, -8.22063524662432971696e-18,
  2.81145725434552076320e-15, 2.81145725434552076320e-15, -7.64716373181981647590e-13, -7.64716373181981647590e-13,
  1.60590438368216145994e-10, 1.60590438368216145994e-10, -2.50521083854417187751e-8, -2.50521083854417187751e-8,
  2.75573192239858906526e-6, 2.75573192239858906526e-6, -1.98412698412698412698e-4, -1.98412698412698412698e-4,
  8.33333333333333333333e-3, 8.33333333333333333333e-3, -1.66666666666666666667e-1, -1.66666666666666666667e-1,
], 16)

/** Cosine from 0 to pi, without quadrants: the sine of pi / 2 - x. */
export function cosineOfHalfTurn(x: v128): v128 {
  const r = f64x2.sub(v128.load(wideSine), x)
  const z = f64x2.mul(r, r)
  let p = f64x2.add(v128.load(wideSine, 32), f64x2.mul(z, v128.load(wideSine, 16)))
  p = f64x2.add(v128.load(wideSine, 48), f64x2.mul(z, p))
  p = f64x2.add(v128.load(wideSine, 64), f64x2.mul(z, p))
  p = f64x2.add(v128.load(wideSine, 80), f64x2.mul(z, p))
  p = f64x2.add(v128.load(wideSine, 96), f64x2.mul(z, p))
  p = f64x2.add(v128.load(wideSine, 112), f64x2.mul(z, p))
  p = f64x2.add(v128.load(wideSine, 128), f64x2.mul(z, p))
  p = f64x2.add(v128.load(wideSine, 144), f64x2.mul(z, p))
  p = f64x2.add(v128.load(wideSine, 160), f64x2.mul(z, p))
  return f64x2.add(r, f64x2.mul(f64x2.mul(z, r), p))
}
