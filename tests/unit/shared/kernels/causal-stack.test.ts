import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom, type Random } from '../../../../src/shared/base/random.ts'
import { openCausalStack, type CausalStack, type OpenCausalStack } from '../../../../src/shared/dsp/causal-stack.ts'
import { packRows } from '../../../../src/shared/dsp/packed-rows.ts'
import { createCausalStackKernel } from '../../../../src/shared/kernels/causal-stack.ts'
import { compiledKernel } from '../../../support/compiled-kernel.ts'

const openKernel = createCausalStackKernel(await compiledKernel('causal-stack'))

const shapes = fc.record({
  channels: fc.constantFrom(8, 16, 24),
  skip: fc.constantFrom(8, 32, 40),
  inputs: fc.integer({ min: 1, max: 9 }),
  told: fc.integer({ min: 1, max: 6 }),
  dilations: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }),
  outputs: fc.integer({ min: 1, max: 9 }),
  seed: fc.nat(),
})

interface Shape {
  readonly channels: number
  readonly skip: number
  readonly inputs: number
  readonly told: number
  readonly dilations: readonly number[]
  readonly outputs: number
}

function drawnStack({ channels, skip, inputs, told, dilations, outputs }: Shape, random: Random): CausalStack {
  const draw = (count: number) => Float32Array.from({ length: count }, () => 0.5 * random.normal())
  const rows = (out: number, wide: number) => packRows({ shape: [out, wide, 1], values: draw(out * wide) }, draw(out))
  return {
    channels,
    skip,
    front: rows(channels, inputs),
    layers: dilations.map((dilation) => ({
      dilation,
      gates: rows(2 * channels, 2 * channels).weights,
      condition: rows(2 * channels, told),
      mix: rows(channels + skip, channels),
    })),
    residualGain: Math.fround(Math.SQRT1_2),
    tail: [rows(skip, skip), rows(outputs, skip)],
  }
}

/** Twelve samples, told something new after each four. */
function sung(open: OpenCausalStack, stack: CausalStack, random: Random): number[] {
  const stream = open(stack)
  const draw = (count: number) => Float32Array.from({ length: count }, () => random.normal())
  stream.tell(draw(stack.layers[0].condition.inputs))
  return Array.from({ length: 12 }, (_, at) => {
    if (at % 4 === 0) stream.tell(draw(stack.layers[0].condition.inputs))
    return [...stream.next(draw(stack.front.inputs), ((at % 4) + 0.5) / 4)]
  }).flat()
}

test('the kernel gives the bits of its plain twin, whatever the shape', () => {
  fc.assert(
    fc.property(shapes, (shape) => {
      const stack = drawnStack(shape, createRandom(shape.seed))
      const expected = sung(openCausalStack, stack, createRandom(1))
      expect(expected.some((value) => value !== 0)).toBe(true)
      expect(sung(openKernel, stack, createRandom(1))).toEqual(expected)
    }),
    { numRuns: 25 },
  )
})

test('two streams of one stack know nothing of each other', () => {
  const shape = { channels: 8, skip: 8, inputs: 2, told: 2, dilations: [1, 2], outputs: 2 }
  const stack = drawnStack(shape, createRandom(3))
  const alone = sung(openKernel, stack, createRandom(2))
  const [one, other] = [openKernel(stack), openKernel(stack)]
  other.tell(Float32Array.of(3, -3))
  other.next(Float32Array.of(2, 2), 0.5)
  expect([...one.next(Float32Array.of(0, 0), 0)]).not.toEqual([...other.next(Float32Array.of(0, 0), 0)])
  expect(sung(openKernel, stack, createRandom(2))).toEqual(alone)
})
