import { complexForwardOfPairs, complexInverseToPairs, complexPlan, ComplexPlan } from './complex-fft'

/**
 * The Fourier transform of real f64 signals of one power-of-two size, 16 or more; the twin is `dsp/fft.ts`.
 *
 * Layout: a signal is `size` f64; a half spectrum is two arrays `re` and `im` of size / 2 + 1 f64 each, in order,
 * X[k] = sum of x[n] exp(-2 pi i k n / size). All arguments are byte offsets. Arrays need no alignment, but 16 bytes
 * (what `heap.alloc` gives) are faster. A plan owns its work space: signal and spectrum may overlap one another.
 *
 *     const plan = realPlan(1024)                     // made once per size, then looked up
 *     realForward(plan, signal, re, im)
 *     realInverse(plan, re, im, signal)               // scaled by 1 / size; leaves re and im as they are
 */

@unmanaged
export class RealPlan {
  constructor(
    public size: i32,
    public half: ComplexPlan,
  ) {}
  /** cos and sin of 2 pi k / size for k = 0 … size / 4. */
  cosines: usize = 0
  sines: usize = 0
  /** The half-size transform's spectrum. */
  re: usize = 0
  im: usize = 0
}

const plans: usize = memory.data(128)

/** The plan of one size: made at the first call, the same from then on. */
export function realPlan(size: i32): RealPlan {
  const log2 = 31 - clz(size)
  assert(size >= 16 && size == 1 << log2)
  const known = load<usize>(plans + ((<usize>log2) << 2))
  if (known != 0) return changetype<RealPlan>(known)
  const plan = new RealPlan(size, complexPlan(size >> 1))
  const quarter = size >> 2
  plan.cosines = heap.alloc((<usize>(quarter + 1)) << 3)
  plan.sines = heap.alloc((<usize>(quarter + 1)) << 3)
  for (let k = 0; k <= quarter; k++) {
    const angle = (2 * Math.PI * <f64>k) / <f64>size
    store<f64>(plan.cosines + ((<usize>k) << 3), Math.cos(angle))
    store<f64>(plan.sines + ((<usize>k) << 3), Math.sin(angle))
  }
  plan.re = heap.alloc((<usize>size) << 2)
  plan.im = heap.alloc((<usize>size) << 2)
  store<usize>(plans + ((<usize>log2) << 2), changetype<usize>(plan))
  return plan
}

function reversed(a: v128): v128 {
  return v128.shuffle<f64>(a, a, 1, 0)
}

/** Even samples have spectrum (Z[k] + Z*[-k]) / 2, odd ones (Z[k] - Z*[-k]) / 2i, with Z of both as one complex signal. */
export function realForward(plan: RealPlan, signal: usize, re: usize, im: usize): void {
  complexForwardOfPairs(plan.half, signal, plan.re, plan.im)
  const workRe = plan.re
  const workIm = plan.im
  const end = (<usize>(plan.size >> 1)) << 3
  const firstRe = load<f64>(workRe)
  const firstIm = load<f64>(workIm)
  store<f64>(re, firstRe + firstIm)
  store<f64>(im, 0)
  store<f64>(re + end, firstRe - firstIm)
  store<f64>(im + end, 0)
  const half = f64x2.splat(0.5)
  // Bins k, k + 1 and their mirror images; the last pair meets itself in the middle.
  for (let k: usize = 8, j = end - 16; k <= end >> 1; k += 16, j -= 16) {
    const lowRe = v128.load(workRe + k)
    const lowIm = v128.load(workIm + k)
    const highRe = reversed(v128.load(workRe + j))
    const highIm = reversed(v128.load(workIm + j))
    const evenRe = f64x2.mul(half, f64x2.add(lowRe, highRe))
    const evenIm = f64x2.mul(half, f64x2.sub(lowIm, highIm))
    const oddRe = f64x2.mul(half, f64x2.add(lowIm, highIm))
    const oddIm = f64x2.mul(half, f64x2.sub(highRe, lowRe))
    const cosine = v128.load(plan.cosines + k)
    const sine = v128.load(plan.sines + k)
    const turnedRe = f64x2.add(f64x2.mul(oddRe, cosine), f64x2.mul(oddIm, sine))
    const turnedIm = f64x2.sub(f64x2.mul(oddIm, cosine), f64x2.mul(oddRe, sine))
    v128.store(re + k, f64x2.add(evenRe, turnedRe))
    v128.store(im + k, f64x2.add(evenIm, turnedIm))
    v128.store(re + j, reversed(f64x2.sub(evenRe, turnedRe)))
    v128.store(im + j, reversed(f64x2.sub(turnedIm, evenIm)))
  }
}

/** Scaled by 1 / size. The imaginary parts of the first and the last bin count as 0. */
export function realInverse(plan: RealPlan, re: usize, im: usize, signal: usize): void {
  const workRe = plan.re
  const workIm = plan.im
  const end = (<usize>(plan.size >> 1)) << 3
  const scale = 1 / <f64>plan.size
  const scales = f64x2.splat(scale)
  const first = load<f64>(re)
  const last = load<f64>(re + end)
  store<f64>(workRe, (first + last) * scale)
  store<f64>(workIm, (first - last) * scale)
  for (let k: usize = 8, j = end - 16; k <= end >> 1; k += 16, j -= 16) {
    const lowRe = v128.load(re + k)
    const lowIm = v128.load(im + k)
    const highRe = reversed(v128.load(re + j))
    const highIm = reversed(v128.load(im + j))
    const evenRe = f64x2.mul(scales, f64x2.add(lowRe, highRe))
    const evenIm = f64x2.mul(scales, f64x2.sub(lowIm, highIm))
    const turnedRe = f64x2.mul(scales, f64x2.sub(lowRe, highRe))
    const turnedIm = f64x2.mul(scales, f64x2.add(lowIm, highIm))
    const cosine = v128.load(plan.cosines + k)
    const sine = v128.load(plan.sines + k)
    const oddRe = f64x2.sub(f64x2.mul(turnedRe, cosine), f64x2.mul(turnedIm, sine))
    const oddIm = f64x2.add(f64x2.mul(turnedRe, sine), f64x2.mul(turnedIm, cosine))
    v128.store(workRe + k, f64x2.sub(evenRe, oddIm))
    v128.store(workIm + k, f64x2.add(evenIm, oddRe))
    v128.store(workRe + j, reversed(f64x2.add(evenRe, oddIm)))
    v128.store(workIm + j, reversed(f64x2.sub(oddRe, evenIm)))
  }
  complexInverseToPairs(plan.half, workRe, workIm, signal)
}
