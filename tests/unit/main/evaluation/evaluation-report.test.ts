import { expect, test } from 'vitest'
import { figureMeanings, formatReport } from '../../../../src/main/evaluation/evaluation-report.ts'
import type { PairFigures } from '../../../../src/main/evaluation/measure-pair.ts'
import { summarize } from '../../../../src/main/evaluation/summarize.ts'

const pair: PairFigures = {
  raw: 1,
  cmn: 1,
  mfcc: 1,
  src: 0,
  pcor: 0.7,
  near: 0.8,
  nearChance: 0.25,
  dm: 0.9,
  content: null,
  gv: 0.95,
  pitchMedianCents: 2.5,
  pitchGross: 0.02,
  voicing: 0.06,
  loudnessDb: 0.3,
  roughness: 0.9,
  clicks: 1.1,
  clipped: 0,
  octaveCents: null,
  octaveBreathDb: null,
}
const report = (pairs: readonly PairFigures[]) =>
  formatReport({
    seed: 1,
    preset: 'quick',
    persons: ['Ann', 'Tom'],
    targets: ['Ann'],
    judgeAccuracy: { raw: 1, centered: 1, cepstral: 1, n: 4 },
    systems: [summarize('Understudy', pairs)],
    notes: [],
  })

test('every figure has a column and a line that says what it means', () => {
  const text = report([pair])
  const header = text.split('\n').find((line) => line.startsWith('system')) ?? ''
  for (const [name, meaning] of figureMeanings) {
    expect(header.split(/\s+/)).toContain(name)
    expect(text).toContain(meaning)
  }
})

test('the pitch and breath of octaves are means over the pairs that were moved by one', () => {
  const moved = { ...pair, octaveCents: 3, octaveBreathDb: 1.2 }
  const row = summarize('Understudy', [pair, moved, { ...moved, octaveCents: 5, octaveBreathDb: 1.6 }])
  expect([row.octaveCount, row.octaveCents, row.octaveBreathDb]).toEqual([2, 4, 1.4])
  expect(row.roughness).toBeCloseTo(0.9)
  expect(report([moved])).toContain('3.0 (1)')
  expect(report([pair])).toMatch(/–\s+–\n/)
})
