import { realForward, realPlan, RealPlan } from './real-fft'

/**
 * The sine transform beside `cosine-transform`: of y[1] … y[M - 1] it gives S[k] = 2 sum of y[n] sin(pi n k / M),
 * k = 1 … M - 1, by a real transform of size M (type I). The imaginary half of a causal signal's spectrum.
 */

@unmanaged
export class SinePlan {
  constructor(
    public last: i32,
    public real: RealPlan,
  ) {
    const quarter = <usize>(last >> 1)
    this.sines = heap.alloc((quarter + 2) << 3)
    for (let n = 0; n <= last >> 1; n++) {
      store<f64>(this.sines + ((<usize>n) << 3), 2 * Math.sin((Math.PI * <f64>n) / <f64>last))
    }
    this.work = heap.alloc((<usize>last + 2) << 3)
    this.re = heap.alloc((quarter + 2) << 3)
    this.im = heap.alloc((quarter + 2) << 3)
  }
  /** Twice sin of pi n / M for n = 0 … M / 2. */
  sines: usize = 0
  work: usize = 0
  re: usize = 0
  im: usize = 0
}

const plans: usize = memory.data(128)

/** The plan for M = `last`, a power of two from 16 on: made at the first call. */
export function sinePlan(last: i32): SinePlan {
  const slot = plans + ((<usize>(31 - clz(last))) << 2)
  const known = load<usize>(slot)
  if (known != 0) return changetype<SinePlan>(known)
  const plan = new SinePlan(last, realPlan(last))
  store<usize>(slot, changetype<usize>(plan))
  return plan
}

/** Of `last + 1` values, in place; the first and the last count as 0 and become 0. */
export function sineTransform(plan: SinePlan, values: usize): void {
  const end = (<usize>plan.last) << 3
  const middle = end >> 1
  const work = plan.work
  store<f64>(work, 0)
  for (let n: usize = 8, j = end - 16; n < middle; n += 16, j -= 16) {
    const low = v128.load(values + n)
    const mirrored = v128.load(values + j)
    const high = v128.shuffle<f64>(mirrored, mirrored, 1, 0)
    const turned = f64x2.mul(f64x2.add(low, high), v128.load(plan.sines + n))
    const difference = f64x2.sub(low, high)
    const mirror = f64x2.sub(turned, difference)
    v128.store(work + n, f64x2.add(turned, difference))
    v128.store(work + j, v128.shuffle<f64>(mirror, mirror, 1, 0))
  }
  realForward(plan.real, work, plan.re, plan.im)
  let sum = 0.5 * load<f64>(plan.re)
  store<f64>(values, 0)
  store<f64>(values, sum, 8)
  for (let k: usize = 8, to = values + 16; k < middle; k += 8, to += 16) {
    sum += load<f64>(plan.re + k)
    store<f64>(to, -load<f64>(plan.im + k))
    store<f64>(to, sum, 8)
  }
  store<f64>(values + end, 0)
}
