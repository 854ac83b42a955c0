import { realForward, realPlan, RealPlan } from './real-fft'

/**
 * The Fourier transform of real and even signals, which is real and even itself, in a quarter of the work: of
 * y[0] … y[M] it gives Y[k] = y[0] + (-1)^k y[M] + 2 sum of y[n] cos(pi n k / M), k = 0 … M, by a real transform of
 * size M (type-I cosine transform). Twice applied it multiplies by 2 M.
 */

@unmanaged
export class CosinePlan {
  constructor(
    public last: i32,
    public real: RealPlan,
  ) {
    const quarter = <usize>(last >> 1)
    this.cosines = heap.alloc((quarter + 2) << 3)
    this.sines = heap.alloc((quarter + 2) << 3)
    for (let n = 0; n <= last >> 1; n++) {
      const angle = (Math.PI * <f64>n) / <f64>last
      store<f64>(this.cosines + ((<usize>n) << 3), 2 * Math.cos(angle))
      store<f64>(this.sines + ((<usize>n) << 3), 2 * Math.sin(angle))
    }
    this.work = heap.alloc((<usize>last + 2) << 3)
    this.re = heap.alloc((quarter + 2) << 3)
    this.im = heap.alloc((quarter + 2) << 3)
  }
  /** Twice cos and sin of pi n / M for n = 0 … M / 2. */
  cosines: usize = 0
  sines: usize = 0
  work: usize = 0
  re: usize = 0
  im: usize = 0
}

const plans: usize = memory.data(128)

/** The plan for M = `last`, a power of two from 16 on: made at the first call. */
export function cosinePlan(last: i32): CosinePlan {
  const slot = plans + ((<usize>(31 - clz(last))) << 2)
  const known = load<usize>(slot)
  if (known != 0) return changetype<CosinePlan>(known)
  const plan = new CosinePlan(last, realPlan(last))
  store<usize>(slot, changetype<usize>(plan))
  return plan
}

/** Of `last + 1` values, in place. */
export function cosineTransform(plan: CosinePlan, values: usize): void {
  const end = (<usize>plan.last) << 3
  const middle = end >> 1
  const work = plan.work
  const first = load<f64>(values)
  const final = load<f64>(values + end)
  store<f64>(work, first + final)
  store<f64>(work + middle, 2 * load<f64>(values + middle))
  // Y[1], from which the odd outputs go on.
  let odd = f64x2.splat(0)
  for (let n: usize = 8, j = end - 16; n < middle; n += 16, j -= 16) {
    const low = v128.load(values + n)
    const mirrored = v128.load(values + j)
    const high = v128.shuffle<f64>(mirrored, mirrored, 1, 0)
    const difference = f64x2.sub(low, high)
    const turned = f64x2.mul(difference, v128.load(plan.sines + n))
    const sum = f64x2.add(low, high)
    const down = f64x2.sub(sum, turned)
    const up = f64x2.add(sum, turned)
    // At n = middle - 8 the upper lane is the middle itself, whose difference is 0.
    odd = f64x2.add(odd, f64x2.mul(difference, v128.load(plan.cosines + n)))
    v128.store(work + n, down)
    v128.store(work + j, v128.shuffle<f64>(up, up, 1, 0))
  }
  realForward(plan.real, work, plan.re, plan.im)
  let sum = first - final + f64x2.extract_lane(odd, 0) + f64x2.extract_lane(odd, 1)
  store<f64>(values, load<f64>(plan.re))
  store<f64>(values, sum, 8)
  for (let k: usize = 8, to = values + 16; k < middle; k += 8, to += 16) {
    sum -= load<f64>(plan.im + k)
    store<f64>(to, load<f64>(plan.re + k))
    store<f64>(to, sum, 8)
  }
  store<f64>(values + end, load<f64>(plan.re + middle))
}
