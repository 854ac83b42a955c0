const f = Math.fround
/** tanh x = x p(x²) / q(x²), |x| ≤ 7, within 9e-7: from the highest power on. */
const p = [3.930018477316111e-6, 0.0022769904558054407, 0.12302184819512078, 0.9999956873424166].map(f)
const q = [0.00014235099608864155, 0.02107218745989815, 0.4563403331259093, 1].map(f)
const FARTHEST = 7

const power = (coefficients: readonly number[], square: number): number =>
  coefficients.slice(1).reduce((sum, coefficient) => f(f(square * sum) + coefficient), coefficients[0])

function within(x: number): number {
  const above = -FARTHEST < x ? x : -FARTHEST
  return above < FARTHEST ? above : FARTHEST
}

/**
 * tanh(a) σ(2b) of two quotients with one division, every step rounded to f32: the twin of `kernels/assembly/numbers/gate`.
 * @param halved σ(x) = (1 + tanh(x / 2)) / 2
 */
export function gate(tangent: number, halved: number): number {
  const [a, b] = [within(tangent), within(halved)]
  const [a2, b2] = [f(a * a), f(b * b)]
  const [bottom, other] = [power(q, a2), power(q, b2)]
  const top = f(f(a * power(p, a2)) * f(f(b * power(p, b2)) + other))
  return f(top / f(f(bottom + bottom) * other))
}
