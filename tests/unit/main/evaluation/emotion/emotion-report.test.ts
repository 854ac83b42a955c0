import { expect, test } from 'vitest'
import { emotionFigures } from '../../../../../src/main/evaluation/emotion/emotion-report.ts'
import { formatEmotionFigures } from '../../../../../src/main/evaluation/emotion/emotion-words.ts'
import {
  INTENSITIES,
  type EmotionMeasurement,
  type EmotionTrial,
} from '../../../../../src/main/evaluation/emotion/measure-emotions.ts'

const emotionIds = ['neutral', 'happy']

/** Two recordings that get happier by `wanted` at each intensity. */
function measurement(wanted: readonly number[], change: Partial<EmotionTrial> = {}): EmotionMeasurement {
  const trials = ['a', 'b'].flatMap((path) =>
    INTENSITIES.map((intensity, index) => ({
      person: 'ada',
      path,
      emotionId: 'happy',
      intensity,
      probabilities: [1 - wanted[index], wanted[index]],
      acoustics: [intensity, 0, -intensity, intensity === 0.5 ? 1 : 0],
      heardPerson: 'ada',
      noteMovesCents: [],
      isSource: intensity === 0,
      ...change,
    })),
  )
  const real = [
    { person: 'ada', emotionId: 'neutral', probabilities: [0.9, 0.1], acoustics: [0, 0, 0, 0], heardPerson: 'ada' },
    { person: 'ada', emotionId: 'happy', probabilities: [0.8, 0.2], acoustics: [2, 1, 1, 0], heardPerson: 'ben' },
    { person: 'ada', emotionId: 'happy', probabilities: [0.1, 0.9], acoustics: [2, 1, 1, 0], heardPerson: 'ada' },
  ]
  return { delivery: 'spoken', people: ['ada'], isParted: true, trials, real, singers: [] }
}

test('probability that rises is told apart from one that falls back, with the tolerance that was agreed', () => {
  const rising = emotionFigures(measurement([0.1, 0.2, 0.195, 0.4, 0.6, 0.5]), emotionIds)
  expect(rising.emotions[0].isNonDecreasing).toBe(true)
  expect(rising.emotions[0].gain).toBeCloseTo(0.5, 9)
  const falling = emotionFigures(measurement([0.1, 0.2, 0.18, 0.4, 0.6, 0.5]), emotionIds)
  expect(falling.emotions[0].isNonDecreasing).toBe(false)
})

test('hits are counted at 1 and beyond, and the ceiling is that of real recordings', () => {
  const figures = emotionFigures(measurement([0.1, 0.2, 0.3, 0.4, 0.6, 0.4]), emotionIds)
  expect([figures.hitAt1, figures.hitBeyond]).toEqual([1, 0])
  expect(figures.ceiling).toEqual({ neutral: 1, happy: 0.5 })
})

test('acoustics that turn are told, and so is one that goes against real people', () => {
  const [row] = emotionFigures(measurement([0.1, 0.2, 0.3, 0.4, 0.6, 0.4]), emotionIds).emotions
  expect(row.areMonotonic).toEqual([true, true, true, false])
  expect(row.realDifferences).toEqual([2, 1, 1, 0])
  const text = formatEmotionFigures(emotionFigures(measurement([0.1, 0.2, 0.3, 0.4, 0.6, 0.4]), emotionIds))
  expect(text).toMatch(/happy loudness range, dB.*against real people/)
  expect(text).toMatch(/happy pitch level, st.*one way, as real people/)
})

test('what moves by less than can be heard claims nothing, and is counted apart', () => {
  const moves = (acoustics: readonly number[]) =>
    emotionFigures(measurement([0.1, 0.2, 0.3, 0.4, 0.6, 0.4], { acoustics: [...acoustics] }), emotionIds).emotions[0]
  expect(moves([87, 9, 25, -12]).areHeard).toEqual([false, false, false, false])
  const figures = emotionFigures(measurement([0.1, 0.2, 0.3, 0.4, 0.6, 0.4]), emotionIds)
  expect(figures.emotions[0].areHeard).toEqual([true, false, true, true])
  expect(formatEmotionFigures(figures)).toMatch(
    /move by what can be heard \(pitch level 0\.5 st, pitch range 1 st, .*\): 2 of 3\./,
  )
})

test('a voice that is another’s, a note out of tune and a bit that changed are found and marked', () => {
  const wanted = [0.1, 0.2, 0.3, 0.4, 0.6, 0.6]
  const figures = emotionFigures(
    measurement(wanted, { heardPerson: 'ben', noteMovesCents: [3, -25], isSource: false }),
    emotionIds,
  )
  expect(figures).toMatchObject({ samePerson: 0, worstNoteCents: 25, notesKept: 0.5, identical: 0 })
  const text = formatEmotionFigures(figures)
  expect(text).toMatch(/same person at 1: 0.00 .* ✗/)
  expect(text).toMatch(/50\.0 % of 20 .* ✗, the worst 25 cents/)
})

test('who was named wrong before an emotion is not counted against it a second time', () => {
  const both = measurement([0.1, 0.2, 0.3, 0.4, 0.6, 0.6])
  const trials = both.trials.map((trial) => (trial.path === 'b' ? { ...trial, heardPerson: 'ben' } : trial))
  const figures = emotionFigures({ ...both, trials }, emotionIds)
  expect(figures).toMatchObject({ samePerson: 0.5, stillSamePerson: 1 })
  expect(formatEmotionFigures(figures)).toMatch(/same person at 1: 0.50 .* ✗; .*named right themselves 1.00/)
})

test('who performs an emotion for real is named less surely, and conversions can be measured by it', () => {
  const figures = emotionFigures(measurement([0.1, 0.2, 0.3, 0.4, 0.6, 0.6]), emotionIds)
  expect(figures).toMatchObject({ samePersonReal: 1, samePersonPerformed: 0.5 })
  expect(formatEmotionFigures(figures)).toMatch(/neutral recordings: 1.00, on real emotional ones: 0.50/)
})

test('a singer who survives an emotion is told by every judge, beside the same render without one', () => {
  const named = (is: boolean) => ({ raw: true, centered: is, cepstral: is, cepstralCentered: true })
  const singers = [
    { emotionId: 'neutral', named: named(true) },
    { emotionId: 'happy', named: named(true) },
    { emotionId: 'happy', named: named(false) },
  ]
  const figures = emotionFigures({ ...measurement([0.1, 0.2, 0.3, 0.4, 0.6, 0.4]), singers }, emotionIds)
  expect(figures.singers?.without).toMatchObject({ n: 1, named: { centered: 1 } })
  expect(figures.singers?.withEmotion).toMatchObject({ n: 2, named: { raw: 1, centered: 0.5 } })
  expect(formatEmotionFigures(figures)).toMatch(
    /without an emotion raw 1.00.*\(n 1\); with one at 1 raw 1.00, cmn 0.50/,
  )
})
