import { expect, test } from 'vitest'
import type { VocoderKind } from '../../../../../src/shared/networks/vocoder-kinds.ts'
import { formatVocoderReport, missedBars } from '../../../../../src/main/evaluation/vocoders/vocoder-report.ts'

const coded = {
  sc: 0.27,
  lm: 3.16,
  mel: 2.52,
  f0Cents: 14,
  f0Gross: 7,
  voicing: 3.2,
  hnr: 2.9,
  bap: 3.11,
  lsd: 4.4,
  texture: 1.49,
}
const world = { ...coded, sc: 0.29 }
const good = { ...coded, mel: 4, hnr: -3.9, bap: 2.3, lsd: 4.5 }
const row = (renderer: string, figures: typeof coded, trained: VocoderKind | null = null) => ({
  renderer,
  meaning: '',
  trained,
  figures,
  realTimeFactor: 0.1,
})
const report = (trained: typeof coded) => ({
  people: ['eve'],
  recordingCount: 1,
  recordedSec: 4,
  rows: [row('WORLD', world), row('WORLD coded', coded), row('mine', trained, 'source-filter')],
})

test('a trained vocoder is held to bars beside coded WORLD, and its noisiness counts on either side', () => {
  const missed = (trained: typeof coded) => missedBars(row('mine', trained, 'source-filter'), report(trained))
  expect(missed(good)).toEqual({ floor: [], goal: ['mel', 'HNR', 'LSD'] })
  expect(missed({ ...good, mel: 4.03, hnr: -4.1 })?.floor).toEqual(['mel', 'HNR'])
  expect(missed({ ...good, sc: 0.33 })?.floor).toEqual(['SC'])
})

test('a flow has a floor of its own, and nothing that it aims for', () => {
  const noisy = { ...good, sc: 0.79, lm: 5.7, mel: 7.1, f0Gross: 44, voicing: 80, hnr: -13 }
  const missed = (figures: typeof coded) => missedBars(row('flow', figures, 'flow'), report(figures))
  expect(missed(noisy)).toEqual({ floor: [], goal: null })
  expect(missed({ ...noisy, mel: 7.2, hnr: -15 })?.floor).toEqual(['mel', 'HNR'])
  const rows = [...report(noisy).rows.slice(0, 2), row('hissing', noisy, 'flow')]
  expect(formatVocoderReport({ ...report(noisy), rows })).toContain('hissing: reaches the floor.\n')
})

test('a student is held to the floor of its teacher’s kind, in every column', () => {
  for (const figures of [good, { ...good, sc: 0.9, hnr: -5.6 }, { ...good, sc: 0.7, mel: 9 }]) {
    const [student, teacher] = (['parallel-wavenet', 'wavenet'] as const).map((kind) =>
      missedBars(row('student', figures, kind), report(figures)),
    )
    expect(student).not.toBeNull()
    expect(student).toEqual(teacher)
  }
  const rows = [...report(good).rows.slice(0, 2), row('student', good, 'parallel-wavenet')]
  expect(formatVocoderReport({ ...report(good), rows })).toContain('student: reaches the floor')
})

test('the table has a line for each renderer and says what is missed', () => {
  const text = formatVocoderReport(report(good))
  expect(text).toContain('mine: reaches the floor; misses the goal in mel, HNR, LSD.')
  expect(text).toMatch(/WORLD coded +0\.27 +3\.16 +2\.52/)
})
