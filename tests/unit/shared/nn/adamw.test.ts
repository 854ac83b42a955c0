import fc from 'fast-check'
import { expect, test } from 'vitest'
import { adamWStep, clipNorm, createAdamWState } from '../../../../src/shared/nn/adamw.ts'

const options = { beta1: 0.9, beta2: 0.98, epsilon: 1e-8, decay: 1e-2 }

test('the first step goes one rate against the sign of the gradient, plus the decay', () => {
  const state = createAdamWState(Float32Array.of(1, -2, 3))
  adamWStep(state, Float32Array.of(0.5, -1e-3, 0), 0.1, 1, options)
  const expected = [1 - 0.1 - 1e-3, -2 + 0.1 + 2e-3, 3 - 3e-3]
  state.weights.forEach((weight, index) => expect(weight).toBeCloseTo(expected[index], 5))
})

test('ten steps equal the textbook recursion in double precision', () => {
  const state = createAdamWState(Float32Array.of(0.3))
  let [weight, m, v] = [0.3, 0, 0]
  for (let step = 1; step <= 10; step++) {
    const gradient = Math.sin(step)
    adamWStep(state, Float32Array.of(gradient), 0.01, step, options)
    m = 0.9 * m + 0.1 * gradient
    v = 0.98 * v + 0.02 * gradient ** 2
    const direction = m / (1 - 0.9 ** step) / (Math.sqrt(v / (1 - 0.98 ** step)) + 1e-8)
    weight -= 0.01 * (direction + 1e-2 * weight)
  }
  expect(state.weights[0]).toBeCloseTo(weight, 6)
})

test('clipping keeps the direction, and only shortens what is too long', () => {
  fc.assert(
    fc.property(
      fc.array(fc.float({ min: -100, max: 100, noNaN: true }), { minLength: 1, maxLength: 20 }),
      fc.float({ min: 0.5, max: 50, noNaN: true }),
      (values, limit) => {
        const gradient = Float32Array.from(values)
        const norm = clipNorm(gradient, limit)
        expect(norm).toBeCloseTo(Math.hypot(...values), 2)
        expect(Math.hypot(...gradient)).toBeLessThanOrEqual(Math.min(norm, limit) * (1 + 1e-5))
        if (norm <= limit) expect([...gradient]).toEqual(values)
      },
    ),
  )
})
