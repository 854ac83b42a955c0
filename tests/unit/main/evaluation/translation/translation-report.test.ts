import { expect, test } from 'vitest'
import type { TranslationFigures } from '../../../../../src/main/evaluation/translation/measure-translation.ts'
import {
  formatTranslationReport,
  summarize,
} from '../../../../../src/main/evaluation/translation/translation-report.ts'

const figures: TranslationFigures = {
  clips: [
    {
      from: 'Flute',
      to: 'Fiddle',
      hasMelody: true,
      medianCents: 12,
      strayShare: 0.1,
      voicingDisagreement: 0.2,
      heardAs: 'Fiddle',
    },
    {
      from: 'Flute',
      to: 'Fiddle',
      hasMelody: true,
      medianCents: 80,
      strayShare: 0.7,
      voicingDisagreement: 0.4,
      heardAs: 'Fiddle',
    },
    {
      from: 'Fiddle',
      to: 'Flute',
      hasMelody: true,
      medianCents: null,
      strayShare: 0,
      voicingDisagreement: 0.5,
      heardAs: 'Fiddle',
    },
    {
      from: 'Fiddle',
      to: 'Flute',
      hasMelody: false,
      medianCents: 20,
      strayShare: 0,
      voicingDisagreement: 0.5,
      heardAs: 'Flute',
    },
  ],
  ceiling: { told: 3, of: 4 },
  floorCents: 310.24,
}

test('melodies within half a semitone and clips that moved are counted; one that lost its melody did not keep it, and one that had none counts as neither', () => {
  expect(summarize(figures)).toEqual({
    count: 4,
    melodies: 3,
    kept: 1,
    moved: 3,
    voicingDisagreement: 0.4,
    medianCents: 46,
  })
})

test('the report has a line for each pair, for all of them, and the ceiling and floor that they lie between', () => {
  const lines = formatTranslationReport(figures).split('\n')
  expect(lines[0]).toBe(
    'Flute → Fiddle: melody within 50 cents in 1 of 2, median 46.0 cents, voiced otherwise for 30 % of the time; heard as the target in 2 of 2',
  )
  expect(lines[1]).toContain(
    'Fiddle → Flute: melody within 50 cents in 0 of 1, median no cents, voiced otherwise for 50 % of the time; heard as the target in 1 of 2',
  )
  expect(lines[2]).toContain('all: melody within 50 cents in 1 of 3')
  expect(lines[3]).toContain('ceiling: the recordings themselves are heard rightly in 3 of 4')
  expect(lines[4]).toContain('floor: untranslated, 1 of 4 are heard as another domain; unlike melodies lie 310.2 cents')
})
