import { plusProduct } from './plus-product'

/** tanh x = x p(x²) / q(x²), |x| ≤ 7, within 9e-7: coefficients from the highest power on, then q's. */
// prettier-ignore
const rational = memory.data<f32>([
  3.930018477316111e-06, 3.930018477316111e-06, 3.930018477316111e-06, 3.930018477316111e-06,
  0.0022769904558054407, 0.0022769904558054407, 0.0022769904558054407, 0.0022769904558054407,
  0.12302184819512078, 0.12302184819512078, 0.12302184819512078, 0.12302184819512078,
  0.9999956873424166, 0.9999956873424166, 0.9999956873424166, 0.9999956873424166,
  0.00014235099608864155, 0.00014235099608864155, 0.00014235099608864155, 0.00014235099608864155,
  0.02107218745989815, 0.02107218745989815, 0.02107218745989815, 0.02107218745989815,
  0.4563403331259093, 0.4563403331259093, 0.4563403331259093, 0.4563403331259093,
  1, 1, 1, 1,
  7, 7, 7, 7,
  -7, -7, -7, -7,
], 16)

function numerator(x: v128, square: v128): v128 {
  let p = plusProduct(square, v128.load(rational), v128.load(rational, 16))
  p = plusProduct(square, p, v128.load(rational, 32))
  p = plusProduct(square, p, v128.load(rational, 48))
  return f32x4.mul(x, p)
}

function denominator(square: v128): v128 {
  let q = plusProduct(square, v128.load(rational, 64), v128.load(rational, 80))
  q = plusProduct(square, q, v128.load(rational, 96))
  return plusProduct(square, q, v128.load(rational, 112))
}

function within(x: v128): v128 {
  return f32x4.pmin(v128.load(rational, 128), f32x4.pmax(v128.load(rational, 144), x))
}

/** tanh(a) σ(2b) of two quotients with one division. */
export function gate(a: v128, b: v128): v128 {
  a = within(a)
  b = within(b)
  const a2 = f32x4.mul(a, a)
  const b2 = f32x4.mul(b, b)
  const q = denominator(a2)
  const s = denominator(b2)
  return f32x4.div(f32x4.mul(numerator(a, a2), f32x4.add(numerator(b, b2), s)), f32x4.mul(f32x4.add(q, q), s))
}
