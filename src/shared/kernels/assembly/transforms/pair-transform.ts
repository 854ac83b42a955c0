import { complexForward, complexPlan, ComplexPlan } from './complex-fft'

/**
 * The Fourier transform of two short real signals at once, as one complex signal z with zeros behind it. A first step
 * of radix 4 splits it into four transforms of a quarter's length, whose bins k = 4 m + j stay apart by j: what follows
 * needs products of Z[k] and Z[-k] only. Quarters of zeros cost nothing in the first step, and four small transforms fit
 * into the processor's first cache where one large does not.
 */

@unmanaged
export class PairPlan {
  constructor(
    public points: i32,
    public whole: ComplexPlan,
    public quarter: ComplexPlan,
  ) {
    const row = (<usize>(points >> 2) + 2) << 3
    this.row = row
    this.re = heap.alloc(4 * row)
    this.im = heap.alloc(4 * row)
  }
  /** Bytes from one part to the next. */
  row: usize = 0
  /** Four parts j: Z[4 m + j] for m = 0 … points / 4 - 1; part 0 has Z[0] once more at its end. */
  re: usize = 0
  im: usize = 0
}

export function createPairPlan(points: i32): PairPlan {
  return new PairPlan(points, complexPlan(points), complexPlan(points >> 2))
}

/**
 * Of the signals at `first` and `second`, whose first `count` samples of `points` are not zero. What follows up to the
 * next whole quarter must have been set to zero.
 */
export function pairForward(plan: PairPlan, first: usize, second: usize, count: i32): void {
  const quarter = (<usize>(plan.points >> 2)) << 3
  const quarters = (((<usize>count) << 3) + quarter - 1) / quarter
  if (quarters == 1) turnOneQuarter(plan, first, second, quarter)
  else joinQuarters(plan, first, second, quarter, quarters)
  if (quarters == 1) complexForward(plan.quarter, first, second, plan.re, plan.im)
  else complexForward(plan.quarter, plan.re, plan.im, plan.re, plan.im)
  for (let part: usize = 1; part < 4; part++) {
    const re = plan.re + part * plan.row
    const im = plan.im + part * plan.row
    complexForward(plan.quarter, re, im, re, im)
  }
  store<f64>(plan.re + quarter, load<f64>(plan.re))
  store<f64>(plan.im + quarter, load<f64>(plan.im))
}

/** Part j is z[n] w^(jn); part 0 is z itself and not copied. */
function turnOneQuarter(plan: PairPlan, first: usize, second: usize, quarter: usize): void {
  for (let part: usize = 1; part < 4; part++) {
    const cosines = plan.whole.twiddles + (2 * part - 2) * quarter
    const outRe = plan.re + part * plan.row
    const outIm = plan.im + part * plan.row
    for (let n: usize = 0; n < quarter; n += 16) {
      turn(v128.load(first + n), v128.load(second + n), cosines + n, quarter, outRe + n, outIm + n)
    }
  }
}

function turn(re: v128, im: v128, cosines: usize, quarter: usize, outRe: usize, outIm: usize): void {
  const cosine = v128.load(cosines)
  const sine = v128.load(cosines + quarter)
  v128.store(outRe, f64x2.sub(f64x2.mul(re, cosine), f64x2.mul(im, sine)))
  v128.store(outIm, f64x2.add(f64x2.mul(re, sine), f64x2.mul(im, cosine)))
}

/** The step of radix 4; quarters from `quarters` on are zero and not read. */
function joinQuarters(plan: PairPlan, first: usize, second: usize, quarter: usize, quarters: usize): void {
  const twiddles = plan.whole.twiddles
  const re = plan.re
  const im = plan.im
  const row = plan.row
  const isFull = quarters > 2
  const zero = f64x2.splat(0)
  for (let n: usize = 0; n < quarter; n += 16) {
    const aRe = v128.load(first + n)
    const aIm = v128.load(second + n)
    const bRe = v128.load(first + quarter + n)
    const bIm = v128.load(second + quarter + n)
    const cRe = isFull ? v128.load(first + 2 * quarter + n) : zero
    const cIm = isFull ? v128.load(second + 2 * quarter + n) : zero
    const dRe = quarters > 3 ? v128.load(first + 3 * quarter + n) : zero
    const dIm = quarters > 3 ? v128.load(second + 3 * quarter + n) : zero
    const acRe = f64x2.add(aRe, cRe)
    const acIm = f64x2.add(aIm, cIm)
    const bdRe = f64x2.add(bRe, dRe)
    const bdIm = f64x2.add(bIm, dIm)
    v128.store(re + n, f64x2.add(acRe, bdRe))
    v128.store(im + n, f64x2.add(acIm, bdIm))
    const acDifRe = f64x2.sub(aRe, cRe)
    const acDifIm = f64x2.sub(aIm, cIm)
    const bdDifRe = f64x2.sub(bRe, dRe)
    const bdDifIm = f64x2.sub(bIm, dIm)
    const w = twiddles + n
    turn(f64x2.add(acDifRe, bdDifIm), f64x2.sub(acDifIm, bdDifRe), w, quarter, re + row + n, im + row + n)
    const outRe = re + 2 * row + n
    const outIm = im + 2 * row + n
    turn(f64x2.sub(acRe, bdRe), f64x2.sub(acIm, bdIm), w + 2 * quarter, quarter, outRe, outIm)
    const lastRe = f64x2.sub(acDifRe, bdDifIm)
    const lastIm = f64x2.add(acDifIm, bdDifRe)
    turn(lastRe, lastIm, w + 4 * quarter, quarter, outRe + row, outIm + row)
  }
}

/**
 * Adds scale · Re(A[k] B*[k]) to out[k], k = 0 … points / 2, with A and B the spectra of both signals: it is half the
 * imaginary part of Z[k] Z[-k].
 */
export function addCrossSpectrum(plan: PairPlan, scale: f64, out: usize): void {
  const scales = f64x2.splat(0.5 * scale)
  const half = (<usize>(plan.points >> 3)) << 3
  for (let m: usize = 0; m < half; m += 16) {
    const c0 = f64x2.mul(scales, crossOf(plan, 0, m))
    const c1 = f64x2.mul(scales, crossOf(plan, 1, m))
    const c2 = f64x2.mul(scales, crossOf(plan, 2, m))
    const c3 = f64x2.mul(scales, crossOf(plan, 3, m))
    const to = out + 4 * m
    v128.store(to, f64x2.add(v128.load(to), v128.shuffle<f64>(c0, c1, 0, 2)))
    v128.store(to, f64x2.add(v128.load(to, 16), v128.shuffle<f64>(c2, c3, 0, 2)), 16)
    v128.store(to, f64x2.add(v128.load(to, 32), v128.shuffle<f64>(c0, c1, 1, 3)), 32)
    v128.store(to, f64x2.add(v128.load(to, 48), v128.shuffle<f64>(c2, c3, 1, 3)), 48)
  }
  const end = out + 4 * half
  store<f64>(end, load<f64>(end) + scale * load<f64>(plan.re + half) * load<f64>(plan.im + half))
}

/** Im(Z[k] Z[-k]) of the bins k = 4 m + part of two neighboring m. */
function crossOf(plan: PairPlan, part: usize, m: usize): v128 {
  const at = part * plan.row + m
  const mirror = mirrorOf(plan, part, m)
  const mirrorRe = reversed(v128.load(plan.re + mirror))
  const mirrorIm = reversed(v128.load(plan.im + mirror))
  return f64x2.add(f64x2.mul(v128.load(plan.re + at), mirrorIm), f64x2.mul(v128.load(plan.im + at), mirrorRe))
}

/** Where the bins -k of two neighboring m lie, in falling order. */
function mirrorOf(plan: PairPlan, part: usize, m: usize): usize {
  const quarter = (<usize>(plan.points >> 2)) << 3
  return part == 0 ? quarter - 8 - m : (4 - part) * plan.row + quarter - 16 - m
}

function reversed(v: v128): v128 {
  return v128.shuffle<f64>(v, v, 1, 0)
}

/**
 * |A[k]|^2 and |B[k]|^2 of points / 2 + 1 bins each, every bin once but in no order: the parts one after the other, and
 * the last bin at the end. A is (Z[k] + Z*[-k]) / 2 and B is (Z[k] - Z*[-k]) / 2i.
 */
export function unorderedPowers(plan: PairPlan, first: usize, second: usize): void {
  const half = (<usize>(plan.points >> 3)) << 3
  const quarterOne = f64x2.splat(0.25)
  for (let part: usize = 0; part < 4; part++) {
    for (let m: usize = 0; m < half; m += 16) {
      const at = part * plan.row + m
      const mirror = mirrorOf(plan, part, m)
      const re = v128.load(plan.re + at)
      const im = v128.load(plan.im + at)
      const mirrorRe = reversed(v128.load(plan.re + mirror))
      const mirrorIm = reversed(v128.load(plan.im + mirror))
      const aRe = f64x2.add(re, mirrorRe)
      const aIm = f64x2.sub(im, mirrorIm)
      const bRe = f64x2.add(im, mirrorIm)
      const bIm = f64x2.sub(re, mirrorRe)
      const to = part * half + m
      v128.store(first + to, f64x2.mul(quarterOne, f64x2.add(f64x2.mul(aRe, aRe), f64x2.mul(aIm, aIm))))
      v128.store(second + to, f64x2.mul(quarterOne, f64x2.add(f64x2.mul(bRe, bRe), f64x2.mul(bIm, bIm))))
    }
  }
  const re = load<f64>(plan.re + half)
  const im = load<f64>(plan.im + half)
  store<f64>(first + 4 * half, re * re)
  store<f64>(second + 4 * half, im * im)
}
