import { expect, test } from 'vitest'
import { formatReport, type EvaluationReport } from '../../../../src/main/evaluation/evaluation-report.ts'
import { figures, isMet } from '../../../../src/main/evaluation/figures.ts'
import type { PairFigures } from '../../../../src/main/evaluation/measure-pair.ts'
import { summarize } from '../../../../src/main/evaluation/summarize.ts'

const pair: PairFigures = {
  raw: 1,
  cmn: 1,
  mfcc: 1,
  mfccCmn: 1,
  src: 0,
  pcor: 0.7,
  near: 0.8,
  nearChance: 0.25,
  dm: 0.9,
  content: null,
  gv: 0.95,
  breathDb: 1.5,
  raspDb: 2,
  pitchCents: 2.5,
  pitchGross: 0.02,
  voicing: 0.06,
  loudnessDb: 0.3,
  roughness: 0.9,
  clicks: 1.1,
  clipped: 0,
  octaveCents: null,
  octaveBreathDb: null,
}
const report = (systems: Readonly<Record<string, readonly PairFigures[]>>, notes: readonly string[] = []) =>
  formatReport({
    seed: 1,
    preset: 'fast, normal',
    persons: ['Ann', 'Tom'],
    targets: ['Ann'],
    judgeAccuracy: { raw: 1, centered: 1, cepstral: 1, n: 4 },
    systems: Object.entries(systems).map(([name, pairs]) => summarize(name, pairs)),
    extras: null,
    notes,
  } satisfies EvaluationReport)
const lineOf = (text: string, label: string) => text.split('\n').find((line) => line.startsWith(`${label} `)) ?? ''

test('every figure has a line in the table and one that says what it means', () => {
  const text = report({ seen: [pair] })
  for (const { label, meaning } of figures) {
    expect(lineOf(text, label)).not.toBe('')
    expect(text).toContain(meaning)
  }
})

test('a figure is the mean over the pairs for which it could be told', () => {
  const moved = { ...pair, octaveCents: 3, octaveBreathDb: 1.2 }
  const row = summarize('seen', [pair, moved, { ...moved, octaveCents: 5, octaveBreathDb: 1.6 }])
  expect(row.figures['octaveCents']).toMatchObject({ mean: 4, error: 1, n: 2 })
  expect(row.figures['content']).toBeNull()
  expect(lineOf(report({ seen: [pair] }), '8ve pitch')).toContain('–')
})

test('each system stands beside its bar and says whether it is met; ceiling and floor have none', () => {
  const near = lineOf(
    report({ floor: [{ ...pair, near: 0.3 }], seen: [pair], enrolled: [{ ...pair, near: 0.4 }] }),
    'near',
  )
  expect(near).toMatch(/0\.30 \(0\.25\) ±0\.00 {2,}0\.80 \(0\.25\) ±0\.00 ✓ +0\.40 \(0\.25\) ±0\.00 ✗ +≥ 0\.68 +≥ 0\.5/)
})

test('the words may be lost by so much less than the unconverted sound’s', () => {
  const bar = { least: 0.4, belowFloor: 0.125 }
  expect(isMet(0.45, bar, 0.56)).toBe(true)
  expect(isMet(0.43, bar, 0.56)).toBe(false)
  expect(isMet(0.39, bar, 0.5)).toBe(false)
  expect(isMet(0.41, bar, null)).toBe(true)
  expect(isMet(null, bar, 0.5)).toBeNull()
})

test('what could not be computed stands below in words', () => {
  expect(report({ seen: [pair] }, ['No base ships.'])).toContain('No base ships.')
})
