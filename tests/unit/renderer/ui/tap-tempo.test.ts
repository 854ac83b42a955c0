import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TapTempo } from '../../../../src/renderer/ui/tap-tempo.ts'
import { bpmWords, keptBpm, parseBpm } from '../../../../src/renderer/ui/tempo-words.ts'
import { parseMeter } from '../../../../src/shared/units/tempo.ts'

const tapAll = (timesMs: readonly number[]): number | null => {
  const taps = new TapTempo()
  return timesMs.map((at) => taps.tap(at)).at(-1) ?? null
}

test('even taps give their tempo, from the third on', () => {
  expect(tapAll([0, 500])).toBeNull()
  expect(tapAll([0, 500, 1000])).toBeCloseTo(120, 9)
})

test('one tap that comes 40 ms late moves the tempo of eight by no more than two percent', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 7 }), (late) => {
      const times = Array.from({ length: 8 }, (_, index) => index * 500 + (index === late ? 40 : 0))
      expect(Math.abs((tapAll(times) ?? 0) - 120)).toBeLessThan(120 * 0.02)
    }),
  )
})

test('a pause begins anew, and old taps are forgotten', () => {
  expect(tapAll([0, 500, 1000, 9000, 9400])).toBeNull()
  const slowThenFast = [...Array.from({ length: 20 }, (_, index) => index * 1000)]
  const fast = Array.from({ length: 16 }, (_, index) => 19_000 + (index + 1) * 400)
  expect(tapAll([...slowThenFast, ...fast])).toBeCloseTo(150, 9)
})

test('tempos and meters are read as people type them', () => {
  expect(['92,5', ' 120 ', '5', '1000', 'fast', ''].map(parseBpm)).toEqual([92.5, 120, 20, 400, null, null])
  expect(['3/4', ' 6 / 8 ', '0/4', '4/3', '33/4', ''].map(parseMeter)).toEqual([
    { beatsPerBar: 3, beatUnit: 4 },
    { beatsPerBar: 6, beatUnit: 8 },
    null,
    null,
    null,
    null,
  ])
  expect([keptBpm(92.456), bpmWords(92.5), bpmWords(120)]).toEqual([92.46, '92.5', '120'])
})
