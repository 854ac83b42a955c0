import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { runGatedStack, stackReach, type RunGatedStack } from '../../../../src/shared/dsp/gated-stack.ts'
import { createGatedStackKernel } from '../../../../src/shared/kernels/gated-stack.ts'
import { compiledKernel } from '../../../support/compiled-kernel.ts'
import { drawnStack } from '../../../support/drawn-stack.ts'

const kernel = createGatedStackKernel(await compiledKernel('gated-stack'))
const fused = createGatedStackKernel(await compiledKernel('gated-stack-fused'))

const shapes = fc.record({
  channels: fc.constantFrom(8, 16),
  gated: fc.constantFrom(8, 24),
  isCausal: fc.boolean(),
  inputs: fc.constantFrom(1, 2, 5, 40),
  extras: fc.constantFrom(0, 3),
  told: fc.integer({ min: 1, max: 6 }),
  layers: fc.integer({ min: 1, max: 4 }),
  frontTaps: fc.constantFrom(1, 3),
  rows: fc.integer({ min: 1, max: 300 }),
  firstRow: fc.nat({ max: 100 }),
  isRectified: fc.boolean(),
  seed: fc.nat(),
})

test('the kernel gives the bits of its plain twin, whatever the shape', () => {
  fc.assert(
    fc.property(shapes, (shape) => {
      const { stack, x, condition: whole } = drawnStack(shape, createRandom(shape.seed))
      const condition = { ...whole, firstRow: shape.firstRow }
      const expected = runGatedStack(stack, x, shape.rows, condition)
      expect(expected.some((value) => value !== 0)).toBe(true)
      expect(kernel(stack, x, shape.rows, condition)).toEqual(expected)
    }),
    { numRuns: 25 },
  )
})

/** After four layers and a tail: rounding alone. */
const FUSED_TOLERANCE = 1e-5

test('fused products differ from its twin by their rounding', () => {
  const shape = {
    ...{ channels: 16, inputs: 4, extras: 3, told: 6, layers: 4, frontTaps: 1, rows: 150, isRectified: false },
  }
  const { stack, x, condition } = drawnStack(shape, createRandom(2))
  const expected = runGatedStack(stack, x, shape.rows, condition)
  const found = fused(stack, x, shape.rows, condition)
  const loudest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const error = found.reduce((most, value, index) => Math.max(most, Math.abs(value - expected[index])), 0)
  expect(error).toBeGreaterThan(0)
  expect(error / loudest).toBeLessThan(FUSED_TOLERANCE)
})

test.each([
  ['plain', kernel],
  ['fused', fused],
])('with %s products a stretch with the stack’s reach around it has the bits of the whole', (_, run) => {
  for (const isCausal of [false, true]) expectStretchesOfWhole(run, isCausal)
})

function expectStretchesOfWhole(run: RunGatedStack, isCausal: boolean): void {
  const shape = {
    ...{
      isCausal,
      channels: 8,
      inputs: 3,
      extras: 2,
      told: 4,
      layers: 3,
      frontTaps: 3,
      rows: 120,
      isRectified: true,
      seed: 1,
    },
  }
  const { stack, x, condition } = drawnStack(shape, createRandom(1))
  const whole = run(stack, x, shape.rows, condition)
  const reach = stackReach(stack)
  for (const [from, to] of [
    [30, 31],
    [33, 34],
    [40, 77],
    [17, 90],
  ]) {
    const [first, end] = [from - reach, to + reach]
    const part = run(stack, x.subarray(first * 3, end * 3), end - first, {
      firstRow: first,
      told: condition.told,
      frames: condition.frames.subarray(first, end),
      parts: condition.parts.subarray(first, end),
      extras: condition.extras.subarray(first * 2, end * 2),
    })
    const width = whole.length / shape.rows
    expect(part.subarray(reach * width, (to - first) * width)).toEqual(whole.subarray(from * width, to * width))
  }
}
