import { expect, test } from 'vitest'
import { renderReportPage } from '../../../../src/main/report/page.ts'
import type { ReportPage, ReportSound } from '../../../../src/main/report/report-data.ts'
import { parseScore, synthesize, voices } from '../../../../src/shared/synthesizer/index.ts'

function sound(label: string, note: string): ReportSound {
  const { samples, f0Hz } = synthesize(parseScore([`${note}:2:la`], 120), voices.lead, 24_000, 1)
  return { label, samples, rateHz: 24_000, f0Hz }
}
const page: ReportPage = {
  title: 'A <report> & more',
  summary: 'One region.',
  facts: [{ name: 'Samples', value: '24000', bar: 'as many as before', isMet: true }],
  regions: [
    {
      title: 'Chorus',
      subtitle: 'to “Mira”',
      source: sound('source', 'A3'),
      converted: sound('converted', 'A4'),
      semitones: 12,
      figures: [{ name: 'pitch', value: '31 cents', bar: 'under 20 cents', isMet: false }],
    },
  ],
  training: [
    { step: 0, trainLoss: 0.9, heldOutLoss: null, auditionId: null },
    { step: 10, trainLoss: 0.5, heldOutLoss: 0.6, auditionId: null },
  ],
  files: [{ name: 'a b.wav', what: 'the export' }],
}

test('a report loads nothing from anywhere: every picture and sound is inside', () => {
  const html = renderReportPage(page)
  const addresses = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map((match) => match[1])
  expect(addresses.filter((address) => !address.startsWith('data:'))).toEqual(['a%20b.wav'])
  expect(html).not.toMatch(/<script|@import|url\(/)
})

test('text from outside can not become markup', () => {
  expect(renderReportPage(page)).toContain('A &#60;report&#62; &#38; more')
  expect(renderReportPage(page)).not.toContain('<report>')
})

test('a missed bar is said, not hidden', () => {
  const html = renderReportPage(page)
  expect(html).toContain('✕ missed')
  expect(html).toContain('✓ met')
})

test('each region has two players, two waveforms, two spectrograms and one picture of pitches', () => {
  const html = renderReportPage(page)
  expect(html.match(/<audio /g)).toHaveLength(2)
  expect(html.match(/data:image\/png/g)).toHaveLength(2)
  expect(html.match(/class="wave /g)).toHaveLength(2)
  expect(html.match(/class="curve expected"/g)).toHaveLength(1)
})
