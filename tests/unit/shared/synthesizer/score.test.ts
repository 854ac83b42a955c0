import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { exerciseScore } from '../../../../src/shared/synthesizer/exercises.ts'
import { parseScore, parseSyllable } from '../../../../src/shared/synthesizer/score.ts'
import { demoHarmonyScore, demoLeadScore } from '../../../../src/shared/synthesizer/tunes.ts'

test('a written phrase becomes notes with times, pitches and words', () => {
  const { notes, durationSec } = parseScore(['A3:1:la!', '-:.5 A#3:1.5:min'], 60)
  expect(durationSec).toBe(3)
  expect(notes).toEqual([
    { startSec: 0, durationSec: 1, midi: 57, loudness: 0.9, syllable: { onset: 'l', vowel: 'a', coda: null } },
    { startSec: 1.5, durationSec: 1.5, midi: 58, loudness: 0.62, syllable: { onset: 'm', vowel: 'i', coda: 'n' } },
  ])
})

test('syllables are consonant, vowel, consonant; anything else is a bug', () => {
  expect(parseSyllable('sh@n')).toEqual({ onset: 'sh', vowel: 'neutral', coda: 'n' })
  expect(parseSyllable('o')).toEqual({ onset: null, vowel: 'o', coda: null })
  expect(() => parseSyllable('qa')).toThrow('a syllable is expected, found "qa"')
})

test('notes of tunes and exercises follow each other and never overlap or outlast the score', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 5, max: 40 }), (seed, durationSec) => {
      for (const score of [exerciseScore(durationSec, createRandom(seed)), demoLeadScore, demoHarmonyScore]) {
        let endSec = 0
        for (const note of score.notes) {
          expect(note.startSec).toBeGreaterThanOrEqual(endSec - 1e-9)
          endSec = note.startSec + note.durationSec
        }
        expect(endSec).toBeLessThanOrEqual(score.durationSec + 1e-9)
        expect(score.notes.length).toBeGreaterThan(3)
      }
    }),
    { numRuns: 50 },
  )
})

test('both stems of the demo song last equally long', () => {
  expect(demoHarmonyScore.durationSec).toBe(demoLeadScore.durationSec)
  expect(demoLeadScore.durationSec).toBeGreaterThan(30)
  expect(demoLeadScore.durationSec).toBeLessThan(45)
})
