/**
 * Fourier transforms of complex f64 signals of one power-of-two length, 8 points or more.
 *
 * Layout: real and imaginary parts are separate arrays of `points` f64 in natural order. Stockham's radix-4 algorithm:
 * every pass reads one pair of arrays and writes another, so that nothing is ever put into bit-reversed order.
 * The inverse transform is the forward one with the parts exchanged at both ends; neither is scaled.
 */

@unmanaged
export class ComplexPlan {
  points: i32
  /** Six arrays of points / 4: cos and -sin of 2 pi p / points, then of twice and of three times that. */
  twiddles: usize
  /** Two pairs of work arrays between the passes. */
  reA: usize
  imA: usize
  reB: usize
  imB: usize
}

const largestLog2: i32 = 31
const plans: usize = memory.data(128)

/** The plan of one length: made at the first call, the same from then on. */
export function complexPlan(points: i32): ComplexPlan {
  const log2 = 31 - clz(points)
  assert(points >= 8 && points == 1 << log2 && log2 < largestLog2)
  const known = load<usize>(plans + ((<usize>log2) << 2))
  if (known != 0) return changetype<ComplexPlan>(known)
  const plan = new ComplexPlan()
  plan.points = points
  plan.twiddles = twiddleTable(points)
  const bytes = (<usize>points) << 3
  plan.reA = heap.alloc(bytes)
  plan.imA = heap.alloc(bytes)
  plan.reB = heap.alloc(bytes)
  plan.imB = heap.alloc(bytes)
  store<usize>(plans + ((<usize>log2) << 2), changetype<usize>(plan))
  return plan
}

function twiddleTable(points: i32): usize {
  const quarter = points >> 2
  const row = (<usize>quarter) << 3
  const table = heap.alloc(6 * row)
  for (let power = 1; power <= 3; power++) {
    const cosines = table + <usize>(2 * power - 2) * row
    for (let p = 0; p < quarter; p++) {
      const angle = (-2 * Math.PI * <f64>(p * power)) / <f64>points
      store<f64>(cosines + ((<usize>p) << 3), Math.cos(angle))
      store<f64>(cosines + row + ((<usize>p) << 3), Math.sin(angle))
    }
  }
  return table
}

/** X[k] = sum of x[n] exp(-2 pi i k n / points). The output may lie on the input. */
export function complexForward(plan: ComplexPlan, re: usize, im: usize, outRe: usize, outIm: usize): void {
  firstPass(plan, re, im, false)
  laterPasses(plan, outRe, outIm, false)
}

/** As `complexForward` for `points` pairs (re, im) one after the other. */
export function complexForwardOfPairs(plan: ComplexPlan, pairs: usize, outRe: usize, outIm: usize): void {
  firstPass(plan, pairs, 0, true)
  laterPasses(plan, outRe, outIm, false)
}

/** As `complexForward` with the output as pairs (re, im). */
export function complexForwardToPairs(plan: ComplexPlan, re: usize, im: usize, pairs: usize): void {
  firstPass(plan, re, im, false)
  laterPasses(plan, pairs, 0, true)
}

/** As `complexForwardToPairs` with the parts exchanged: pairs (im, re). For inverse transforms. */
export function complexInverseToPairs(plan: ComplexPlan, re: usize, im: usize, pairs: usize): void {
  firstPass(plan, im, re, false)
  laterPasses(plan, pairs, 0, true, true)
}

function add(a: v128, b: v128): v128 {
  return f64x2.add(a, b)
}

function sub(a: v128, b: v128): v128 {
  return f64x2.sub(a, b)
}

function turnRe(re: v128, im: v128, cosine: v128, sine: v128): v128 {
  return f64x2.sub(f64x2.mul(re, cosine), f64x2.mul(im, sine))
}

function turnIm(re: v128, im: v128, cosine: v128, sine: v128): v128 {
  return f64x2.add(f64x2.mul(re, sine), f64x2.mul(im, cosine))
}

function lowLanes(a: v128, b: v128): v128 {
  return v128.shuffle<f64>(a, b, 0, 2)
}

function highLanes(a: v128, b: v128): v128 {
  return v128.shuffle<f64>(a, b, 1, 3)
}

/** Whole length, stride 1, two butterflies at once, from the caller's arrays to the work arrays A. */
function firstPass(plan: ComplexPlan, re: usize, im: usize, isPairs: bool): void {
  const m = (<usize>(plan.points >> 2)) << 3
  const tw = plan.twiddles
  const outRe = plan.reA
  const outIm = plan.imA
  for (let p: usize = 0; p < m; p += 16) {
    let aRe: v128, aIm: v128, bRe: v128, bIm: v128, cRe: v128, cIm: v128, dRe: v128, dIm: v128
    if (isPairs) {
      const at = re + 2 * p
      const a0 = v128.load(at)
      const a1 = v128.load(at, 16)
      const b0 = v128.load(at + 2 * m)
      const b1 = v128.load(at + 2 * m, 16)
      const c0 = v128.load(at + 4 * m)
      const c1 = v128.load(at + 4 * m, 16)
      const d0 = v128.load(at + 6 * m)
      const d1 = v128.load(at + 6 * m, 16)
      aRe = lowLanes(a0, a1)
      aIm = highLanes(a0, a1)
      bRe = lowLanes(b0, b1)
      bIm = highLanes(b0, b1)
      cRe = lowLanes(c0, c1)
      cIm = highLanes(c0, c1)
      dRe = lowLanes(d0, d1)
      dIm = highLanes(d0, d1)
    } else {
      aRe = v128.load(re + p)
      aIm = v128.load(im + p)
      bRe = v128.load(re + m + p)
      bIm = v128.load(im + m + p)
      cRe = v128.load(re + 2 * m + p)
      cIm = v128.load(im + 2 * m + p)
      dRe = v128.load(re + 3 * m + p)
      dIm = v128.load(im + 3 * m + p)
    }
    const acRe = add(aRe, cRe)
    const acIm = add(aIm, cIm)
    const acDifRe = sub(aRe, cRe)
    const acDifIm = sub(aIm, cIm)
    const bdRe = add(bRe, dRe)
    const bdIm = add(bIm, dIm)
    const bdDifRe = sub(bRe, dRe)
    const bdDifIm = sub(bIm, dIm)
    const y0Re = add(acRe, bdRe)
    const y0Im = add(acIm, bdIm)
    const z1Re = add(acDifRe, bdDifIm)
    const z1Im = sub(acDifIm, bdDifRe)
    const z2Re = sub(acRe, bdRe)
    const z2Im = sub(acIm, bdIm)
    const z3Re = sub(acDifRe, bdDifIm)
    const z3Im = add(acDifIm, bdDifRe)
    const w = tw + p
    const c1 = v128.load(w)
    const s1 = v128.load(w + m)
    const y1Re = turnRe(z1Re, z1Im, c1, s1)
    const y1Im = turnIm(z1Re, z1Im, c1, s1)
    const c2 = v128.load(w + 2 * m)
    const s2 = v128.load(w + 3 * m)
    const y2Re = turnRe(z2Re, z2Im, c2, s2)
    const y2Im = turnIm(z2Re, z2Im, c2, s2)
    const c3 = v128.load(w + 4 * m)
    const s3 = v128.load(w + 5 * m)
    const y3Re = turnRe(z3Re, z3Im, c3, s3)
    const y3Im = turnIm(z3Re, z3Im, c3, s3)
    const toRe = outRe + 4 * p
    const toIm = outIm + 4 * p
    v128.store(toRe, lowLanes(y0Re, y1Re))
    v128.store(toRe, lowLanes(y2Re, y3Re), 16)
    v128.store(toRe, highLanes(y0Re, y1Re), 32)
    v128.store(toRe, highLanes(y2Re, y3Re), 48)
    v128.store(toIm, lowLanes(y0Im, y1Im))
    v128.store(toIm, lowLanes(y2Im, y3Im), 16)
    v128.store(toIm, highLanes(y0Im, y1Im), 32)
    v128.store(toIm, highLanes(y2Im, y3Im), 48)
  }
}

/** Passes of shrinking length and growing stride, back and forth between the work arrays; the last writes the output. */
function laterPasses(plan: ComplexPlan, out: usize, outIm: usize, isPairs: bool, isExchanged: bool = false): void {
  let fromRe = plan.reA
  let fromIm = plan.imA
  let toRe = plan.reB
  let toIm = plan.imB
  let length = plan.points >> 2
  let stride = 4
  while (length > 4) {
    middlePass(plan, length, stride, fromRe, fromIm, toRe, toIm)
    length >>= 2
    stride <<= 2
    const swapRe = fromRe
    const swapIm = fromIm
    fromRe = toRe
    fromIm = toIm
    toRe = swapRe
    toIm = swapIm
  }
  if (isExchanged) {
    if (length == 4) lastPassOfFour(stride, fromIm, fromRe, out, outIm, isPairs, true)
    else lastPassOfTwo(stride, fromIm, fromRe, out, outIm, isPairs)
  } else {
    if (length == 4) lastPassOfFour(stride, fromRe, fromIm, out, outIm, isPairs, false)
    else lastPassOfTwo(stride, fromRe, fromIm, out, outIm, isPairs)
  }
}

function middlePass(
  plan: ComplexPlan,
  length: i32,
  stride: i32,
  fromRe: usize,
  fromIm: usize,
  toRe: usize,
  toIm: usize,
): void {
  const row = (<usize>(plan.points >> 2)) << 3
  const step = (<usize>stride) << 3
  const m = <usize>(length >> 2)
  const apart = m * step
  for (let p: usize = 0; p < m; p++) {
    const w = plan.twiddles + p * step
    const c1 = v128.load64_splat(w)
    const s1 = v128.load64_splat(w + row)
    const c2 = v128.load64_splat(w + 2 * row)
    const s2 = v128.load64_splat(w + 3 * row)
    const c3 = v128.load64_splat(w + 4 * row)
    const s3 = v128.load64_splat(w + 5 * row)
    let re = fromRe + p * step
    let im = fromIm + p * step
    let outRe = toRe + 4 * p * step
    let outIm = toIm + 4 * p * step
    for (const end = re + step; re < end;) {
      const aRe = v128.load(re)
      const cRe = v128.load(re + 2 * apart)
      const acRe = add(aRe, cRe)
      const acDifRe = sub(aRe, cRe)
      const bRe = v128.load(re + apart)
      const dRe = v128.load(re + 3 * apart)
      const bdRe = add(bRe, dRe)
      const bdDifRe = sub(bRe, dRe)
      const aIm = v128.load(im)
      const cIm = v128.load(im + 2 * apart)
      const acIm = add(aIm, cIm)
      const acDifIm = sub(aIm, cIm)
      const bIm = v128.load(im + apart)
      const dIm = v128.load(im + 3 * apart)
      const bdIm = add(bIm, dIm)
      const bdDifIm = sub(bIm, dIm)
      v128.store(outRe, add(acRe, bdRe))
      v128.store(outIm, add(acIm, bdIm))
      const z1Re = add(acDifRe, bdDifIm)
      const z1Im = sub(acDifIm, bdDifRe)
      v128.store(outRe + step, turnRe(z1Re, z1Im, c1, s1))
      v128.store(outIm + step, turnIm(z1Re, z1Im, c1, s1))
      const z2Re = sub(acRe, bdRe)
      const z2Im = sub(acIm, bdIm)
      v128.store(outRe + 2 * step, turnRe(z2Re, z2Im, c2, s2))
      v128.store(outIm + 2 * step, turnIm(z2Re, z2Im, c2, s2))
      const z3Re = sub(acDifRe, bdDifIm)
      const z3Im = add(acDifIm, bdDifRe)
      v128.store(outRe + 3 * step, turnRe(z3Re, z3Im, c3, s3))
      v128.store(outIm + 3 * step, turnIm(z3Re, z3Im, c3, s3))
      re += 16
      im += 16
      outRe += 16
      outIm += 16
    }
  }
}

/** Two values of both parts, to separate arrays or to pairs. `at` counts bytes of a separate array. */
function keep(re: v128, im: v128, out: usize, outIm: usize, at: usize, isPairs: bool): void {
  if (isPairs) {
    v128.store(out + 2 * at, lowLanes(re, im))
    v128.store(out + 2 * at, highLanes(re, im), 16)
  } else {
    v128.store(out + at, re)
    v128.store(outIm + at, im)
  }
}

/** Length 4: no twiddles. With the parts exchanged, the turns by a quarter go the other way. */
function lastPassOfFour(
  stride: i32,
  fromRe: usize,
  fromIm: usize,
  out: usize,
  outIm: usize,
  isPairs: bool,
  isExchanged: bool,
): void {
  const step = (<usize>stride) << 3
  for (let q: usize = 0; q < step; q += 16) {
    const re = fromRe + q
    const im = fromIm + q
    const aRe = v128.load(re)
    const cRe = v128.load(re + 2 * step)
    const acRe = add(aRe, cRe)
    const acDifRe = sub(aRe, cRe)
    const bRe = v128.load(re + step)
    const dRe = v128.load(re + 3 * step)
    const bdRe = add(bRe, dRe)
    const bdDifRe = sub(bRe, dRe)
    const aIm = v128.load(im)
    const cIm = v128.load(im + 2 * step)
    const acIm = add(aIm, cIm)
    const acDifIm = sub(aIm, cIm)
    const bIm = v128.load(im + step)
    const dIm = v128.load(im + 3 * step)
    const bdIm = add(bIm, dIm)
    const bdDifIm = sub(bIm, dIm)
    keep(add(acRe, bdRe), add(acIm, bdIm), out, outIm, q, isPairs)
    keep(sub(acRe, bdRe), sub(acIm, bdIm), out, outIm, q + 2 * step, isPairs)
    const oneAt = isExchanged ? q + 3 * step : q + step
    const threeAt = isExchanged ? q + step : q + 3 * step
    keep(add(acDifRe, bdDifIm), sub(acDifIm, bdDifRe), out, outIm, oneAt, isPairs)
    keep(sub(acDifRe, bdDifIm), add(acDifIm, bdDifRe), out, outIm, threeAt, isPairs)
  }
}

function lastPassOfTwo(stride: i32, fromRe: usize, fromIm: usize, out: usize, outIm: usize, isPairs: bool): void {
  const step = (<usize>stride) << 3
  for (let q: usize = 0; q < step; q += 16) {
    const aRe = v128.load(fromRe + q)
    const bRe = v128.load(fromRe + step + q)
    const aIm = v128.load(fromIm + q)
    const bIm = v128.load(fromIm + step + q)
    keep(add(aRe, bRe), add(aIm, bIm), out, outIm, q, isPairs)
    keep(sub(aRe, bRe), sub(aIm, bIm), out, outIm, q + step, isPairs)
  }
}
