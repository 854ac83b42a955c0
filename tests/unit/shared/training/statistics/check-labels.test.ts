import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkStatisticsLabels, clipsThatCount } from '../../../../../src/shared/training/statistics/check-labels.ts'

/** "Ada neutral 2" is two neutral clips of Ada's. */
const labelsOf = (...told: readonly string[]) =>
  told.flatMap((words) => {
    const [person, emotion, count] = words.split(' ')
    return Array.from({ length: Number(count) }, (_, index) => ({ path: `${person}-${index}.wav`, emotion, person }))
  })
const checked = (told: readonly string[], wanted: readonly string[] | null = null) => {
  const found = checkStatisticsLabels(labelsOf(...told), wanted)
  return found.ok ? found.value : `${found.failure.code}: ${found.failure.message}`
}

test('neutral and one other emotion of one person are enough, two clips of each', () => {
  expect(checked(['Ada sad 2', 'Ada neutral 2'])).toEqual(['neutral', 'sad'])
  expect(checked(['Ada sad 2', 'Ada neutral 2'], ['sad', 'neutral'])).toEqual(['sad', 'neutral'])
})

test.each([
  [['Ada sad 3', 'Ada angry 3', 'Ada happy 3'], /clips-too-few: .*neutral clips.*only angry, happy, sad/],
  [['Ada neutral 3'], /at least one other emotion.*only neutral/],
  [['Ada neutral 2', 'Ada sad 1'], /“sad” has only “Ada-0.wav”/],
  [['Ada neutral 1', 'Ada sad 2'], /“neutral” has only/],
  [['Ada neutral 2', 'Ben sad 2'], /Nobody has 2 clips of sad and 2 neutral ones/],
  [['Ada neutral 2', 'Ada happy 2', 'Ada sad 1', 'Ben sad 1'], /Nobody has 2 clips of sad/],
])('%j are refused with a reason', (told, reason) => {
  expect(checked(told)).toMatch(reason)
})

test('a label that was not asked for is refused as mislabeled', () => {
  expect(checked(['Ada neutral 2', 'Ada sad 2', 'Ada bored 2'], ['neutral', 'sad'])).toMatch(/labeled bored/)
})

test('only clips of people who show an emotion and neutral count, whatever else lies beside them', () => {
  const some = fc.record({
    person: fc.constantFrom('Ada', 'Ben', ''),
    emotion: fc.constantFrom('neutral', 'sad', 'angry'),
  })
  fc.assert(
    fc.property(fc.array(some, { maxLength: 30 }), (clips) => {
      const kept = clipsThatCount(clips, (clip) => clip)
      const count = (of: readonly (typeof clips)[number][], person: string, emotion: string) =>
        of.filter((clip) => clip.person === person && clip.emotion === emotion).length
      for (const { person, emotion } of kept) {
        expect(count(kept, person, 'neutral')).toBeGreaterThanOrEqual(2)
        expect(count(kept, person, emotion)).toBeGreaterThanOrEqual(2)
      }
      for (const person of ['Ada', 'Ben', ''])
        for (const emotion of ['sad', 'angry']) {
          const isShown = count(clips, person, emotion) >= 2 && count(clips, person, 'neutral') >= 2
          expect(count(kept, person, emotion)).toBe(isShown ? count(clips, person, emotion) : 0)
        }
    }),
  )
})
