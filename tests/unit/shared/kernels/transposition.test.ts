import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { transpose, type Transposition } from '../../../../src/shared/conversion/transposition/transpose.ts'
import { plainSteps } from '../../../../src/shared/conversion/transposition/steps.ts'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { compiledKernel } from '../../../support/compiled-kernel.ts'
import { createTranspositionKernel, type TranspositionSteps } from '../../../../src/shared/kernels/transposition.ts'
import { harvest } from '../../../../src/shared/world/index.ts'
import { sungSource } from '../../../support/singers.ts'

let kernel: TranspositionSteps
beforeAll(async () => {
  kernel = createTranspositionKernel(await compiledKernel('transposition'))
})

const EXACT = 1e-9
/**
 * Where hardly any energy lies in the band that the marks are set by, or a target stands just in the middle between two
 * marks, the last digits of a phase decide, and count ten thousandfold.
 */
const ILL_CONDITIONED = 1e-5
const greatestGap = (a: Float64Array, b: Float64Array): number =>
  a.reduce((greatest, value, index) => Math.max(greatest, Math.abs(value - b[index])), 0)

function sung(rateHz: number) {
  const x = Float64Array.from(sungSource(rateHz, 1.2))
  const slow = Float64Array.from(sungSource(24_000, 1.2))
  return { x, f0: harvest(slow, 24_000, { f0FloorHz: 65, f0CeilHz: 1000, framePeriodSec: 0.005 }) }
}

function bothWays(channels: readonly Float64Array[], request: Transposition): number {
  const plain = transpose(channels, request)
  const fast = transpose(channels, request, kernel)
  expect(fast.channels.map((channel) => channel.length)).toEqual(channels.map((channel) => channel.length))
  expect(fast.channels.flat().every((channel) => channel.every(Number.isFinite))).toBe(true)
  return Math.max(...fast.channels.map((channel, index) => greatestGap(channel, plain.channels[index])))
}

test.each([16_000, 24_000, 44_100, 48_000])('at %i Hz the kernel moves a voice as its twin does, to 1e-9', (rateHz) => {
  const { x, f0 } = sung(rateHz)
  const drawn = f0.map((_, frame) => 2 ** ((4 * Math.sin(frame * 0.03)) / 12))
  for (const ratio of [0.5, 2 ** (-5 / 12), 1, 1.5, 2, drawn])
    expect(bothWays([x, x.map((value) => -0.3 * value)], { rateHz, f0, ratio })).toBeLessThan(EXACT)
})

test('a stretch that resumes another is the same by kernel and twin, and hands on the same', () => {
  const { x, f0 } = sung(24_000)
  const first = { rateHz: 24_000, f0, ratio: 1.3, handOverSamples: 9000 }
  const handed = transpose([x], first).memory
  const byKernel = transpose([x], first, kernel).memory
  if (handed === null || byKernel === null) return expect.fail('a voice hands on what it was')
  expect(byKernel.target).toBeCloseTo(handed.target, 9)
  expect(byKernel.phase.energyRe.state).toBeCloseTo(handed.phase.energyRe.state, 12)
  const rest = { rateHz: 24_000, f0, ratio: 1.3, resume: handed }
  expect(bothWays([x], rest)).toBeLessThan(EXACT)
})

test('any length and any sound gives finite samples of that length, and what the twin gives', () => {
  const random = createRandom(9)
  const sounds: ((n: number) => number)[] = [
    () => 0,
    () => 0.9,
    (n) => Number(n % 400 === 3),
    () => (random.uniform() < 0.5 ? -1 : 1),
    (n) => Math.sin(n / 17),
  ]
  const request = fc.record({
    length: fc.integer({ min: 4, max: 5000 }),
    sound: fc.constantFrom(...sounds),
    hz: fc.constantFrom(70, 210, 990),
    ratio: fc.constantFrom(0.25, 0.7, 1, 1.9, 4),
    gap: fc.integer({ min: 0, max: 30 }),
  })
  fc.assert(
    fc.property(request, ({ length, sound, hz, ratio, gap }) => {
      const x = Float64Array.from({ length }, (_, n) => sound(n))
      const f0 = Float64Array.from({ length: Math.floor(length / 80) + 1 }, (_, frame) =>
        frame > gap && frame < gap + 8 ? 0 : hz,
      )
      expect(bothWays([x], { rateHz: 16_000, f0, ratio })).toBeLessThan(ILL_CONDITIONED)
    }),
    { numRuns: 30 },
  )
})

test('filters run forward and backward are the twin’s to the last bits, also over few samples', () => {
  const section = { b0: 0.02, b1: 0.02, b2: 0, a1: -0.96, a2: 0 }
  const second = { b0: 0.1, b1: 0.2, b2: 0.1, a1: -0.9, a2: 0.3 }
  for (const count of [1, 2, 5, 300]) {
    const x = Float64Array.from({ length: count }, (_, n) => Math.sin(n * n) + 1)
    for (const sections of [[section], [second], [second, second]])
      expect(greatestGap(kernel.zeroPhase(sections, x), plainSteps.zeroPhase(sections, x))).toBeLessThan(1e-13)
  }
})
