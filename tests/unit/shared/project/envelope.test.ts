import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  crossfadeShare,
  gainAt,
  gainsOver,
  partEnvelope,
  type EnvelopePart,
} from '../../../../src/shared/project/envelope.ts'

const part = (
  id: string,
  startSamples: number,
  durationSamples: number,
  given: Partial<EnvelopePart> = {},
): EnvelopePart => ({ id, startSamples, durationSamples, gain: 1, fadeInSamples: 0, fadeOutSamples: 0, ...given })

test('the crossfade is linear for equal sounds and of equal power for unrelated ones', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
      expect(crossfadeShare(share, 1)).toBeCloseTo(share, 10)
      expect(crossfadeShare(share, 0) ** 2 + crossfadeShare(1 - share, 0) ** 2).toBeCloseTo(1, 10)
    }),
  )
})

test('whatever the likeness, the power of the sum stays the same over a crossfade', () => {
  const unit = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(unit, unit, (share, correlation) => {
      const [a, b] = [crossfadeShare(share, correlation), crossfadeShare(1 - share, correlation)]
      expect(a * a + b * b + 2 * correlation * a * b).toBeCloseTo(1, 9)
    }),
  )
})

test('a part alone at one level needs no automation', () => {
  expect(partEnvelope(part('a', 100, 1000, { gain: 0.5 }), [])).toEqual([{ atSamples: 100, gain: 0.5 }])
})

test('the earlier of two overlapping parts is gone at its end, the later one silent at its start', () => {
  const early = part('a', 0, 1000)
  const late = part('b', 600, 1000)
  const falling = partEnvelope(early, [{ part: late, correlation: 1 }])
  const rising = partEnvelope(late, [{ part: early, correlation: 1 }])
  expect([0, 600, 800, 1000].map((at) => gainAt(falling, at))).toEqual([1, 1, 0.5, 0])
  expect([600, 800, 1000, 1600].map((at) => gainAt(rising, at))).toEqual([0, 0.5, 1, 1])
})

test('a part inside another takes over within ten milliseconds and gives back before its end', () => {
  const outer = part('a', 0, 100_000)
  const inner = part('b', 40_000, 10_000)
  const around = partEnvelope(outer, [{ part: inner, correlation: 0 }])
  const inside = partEnvelope(inner, [{ part: outer, correlation: 0 }])
  expect([39_999, 40_480, 45_000, 49_520, 50_000, 90_000].map((at) => gainAt(around, at))).toEqual([1, 0, 0, 0, 1, 1])
  expect([40_000, 40_480, 45_000, 49_520, 50_000].map((at) => gainAt(inside, at))).toEqual([0, 1, 1, 1, 0])
})

test('the gains of a span are those of the envelope, rounded once, wherever the span begins', () => {
  const points = [
    { atSamples: 100, gain: 0 },
    { atSamples: 131, gain: 0.7 },
    { atSamples: 400, gain: 0.7 },
    { atSamples: 409, gain: 0.1 },
  ]
  const whole = gainsOver(points, 0, 500)
  for (const [at, gain] of whole.entries()) expect(gain).toBeCloseTo(gainAt(points, at), 7)
  for (const from of [0, 99, 100, 117, 131, 250, 405, 409, 450])
    expect(gainsOver(points, from, 40)).toEqual(
      Float32Array.from({ length: 40 }, (_, at) => whole[from + at] ?? whole[499]),
    )
  expect([...gainsOver([], 7, 2), ...gainsOver([{ atSamples: 50, gain: 0.5 }], 7, 2)]).toEqual([1, 1, 0.5, 0.5])
})
