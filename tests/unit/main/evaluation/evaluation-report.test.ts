import { expect, test } from 'vitest'
import {
  formatReport,
  type EvaluationReport,
  type GroupReport,
} from '../../../../src/main/evaluation/evaluation-report.ts'
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
  timbreDb: 4.5,
  timbreSourceDb: 5.5,
  breathDb: 1.5,
  raspDb: 2,
  pitchCents: 2.5,
  pitchGross: 0.02,
  pitchStray: 0.04,
  voicing: 0.06,
  loudnessDb: 0.3,
  roughness: 0.9,
  clicks: 1.1,
  clipped: 0,
  octaveCents: null,
  octaveBreath: null,
}
const as = (target: string, figures: PairFigures) => ({ target, figures })
type Systems = Readonly<Record<string, readonly PairFigures[]>>
const group = (kind: 'seen' | 'enrolled', systems: Systems): GroupReport => ({
  kind,
  targets: ['Ann'],
  cast: ['Ann', 'Tom'],
  judgeAccuracy: { raw: 1, centered: 0.9, cepstral: 1, n: 4 },
  systems: Object.entries(systems).map(([name, pairs]) =>
    summarize(
      name,
      pairs.map((figures) => as('Ann', figures)),
    ),
  ),
  pairs: [],
})
const report = (groups: readonly GroupReport[], notes: readonly string[] = []) =>
  formatReport({
    seed: 1,
    preset: 'fast, normal',
    persons: ['Ann', 'Tom'],
    groups,
    extras: null,
    notes,
  } satisfies EvaluationReport)
const lineOf = (text: string, label: string) => text.split('\n').find((line) => line.startsWith(`${label} `)) ?? ''

test('every figure has a line in the table and one that says what it means', () => {
  const text = report([group('seen', { seen: [pair] })])
  for (const { label, meaning } of figures) {
    expect(lineOf(text, label)).not.toBe('')
    expect(text).toContain(meaning)
  }
})

test('a figure is the mean over the pairs for which it could be told', () => {
  const row = summarize(
    'seen',
    [pair, { ...pair, octaveCents: 3 }, { ...pair, octaveCents: 5 }].map((figures) => as('Ann', figures)),
  )
  expect(row.figures['octaveCents']).toMatchObject({ mean: 4, error: 1, n: 2 })
  expect(row.figures['content']).toBeNull()
  expect(lineOf(report([group('seen', { seen: [pair] })]), '8ve pitch')).toContain('–')
})

test('the breath of voices that were moved is told of all of a target’s together', () => {
  const breath = (target: string, ...octaveBreath: number[]) => as(target, { ...pair, octaveBreath })
  const row = summarize('seen', [breath('Ann', 3, -1), breath('Ann', -3, 1), breath('Tom', 2, 2), as('Tom', pair)])
  expect(row.figures['octaveBreathDb']).toMatchObject({ mean: 1, n: 2 })
})

test('each system stands beside the bar of its kind and says whether it is met; ceiling and floor have none', () => {
  const floor = [{ ...pair, near: 0.3 }]
  const poor = [{ ...pair, near: 0.4 }]
  const seen = report([group('seen', { floor, seen: [pair] })])
  expect(lineOf(seen, 'near')).toMatch(/0\.30 \(0\.25\) ±0\.00 {2,}0\.80 \(0\.25\) ±0\.00 ✓ +≥ 0\.68/)
  const enrolled = report([group('enrolled', { floor, joint: [{ ...pair, near: 0.6 }], enrolled: poor })])
  expect(lineOf(enrolled, 'near')).toMatch(/0\.60 \(0\.25\) ±0\.00 ✗ +0\.40 \(0\.25\) ±0\.00 ✗ +≥ 0\.5/)
  expect(seen).toMatch(/seen: (\d+) of \1 bars reached\./)
  expect(enrolled).toContain('bars reached; missed: near.')
})

test('the words may be lost by so much less than the unconverted sound’s', () => {
  const bar = { least: 0.4, belowFloor: 0.125 }
  expect(isMet(0.45, bar, 0.56)).toBe(true)
  expect(isMet(0.43, bar, 0.56)).toBe(false)
  expect(isMet(0.39, bar, 0.5)).toBe(false)
  expect(isMet(0.41, bar, null)).toBe(true)
  expect(isMet(null, bar, 0.5)).toBeNull()
})

test('how often judges are right about real recordings stands above the figures that they give', () => {
  const judges =
    'Judges on real recordings they never heard (n = 4, 2 persons, with Tom, chance 0.50): raw 1.00, cmn 0.90'
  expect(report([group('seen', { seen: [pair] })])).toContain(judges)
})

test('what could not be computed stands below in words', () => {
  expect(report([group('seen', { seen: [pair] })], ['No base ships.'])).toContain('No base ships.')
})
