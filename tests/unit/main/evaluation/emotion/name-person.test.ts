import { expect, test } from 'vitest'
import type { HeardPerformance } from '../../../../../src/main/evaluation/emotion/hear-performances.ts'
import { createPersonJudge } from '../../../../../src/main/evaluation/emotion/name-person.ts'

const heard = (person: string, take: number, voice: readonly number[] | null): HeardPerformance => ({
  path: `${person}-${take}`,
  person,
  emotionId: 'neutral',
  delivery: 'spoken',
  f0: new Float64Array(0),
  values: [],
  voice,
  measure: null,
})
const people = ['ada', 'ben'].flatMap((person, at) =>
  [0, 1, 2, 3].map((take) => heard(person, take, [at + 0.1 * Math.sin(3 * take), 0.1 * Math.cos(5 * take)])),
)

test('a person is known by the other recordings of theirs', () => {
  const name = createPersonJudge(people)
  for (const one of people) expect(name(one, one.path)).toBe(one.person)
})

test('a recording does not vouch for itself: one that sounds like another person is named so', () => {
  const disguised = heard('ada', 9, [1, 0])
  expect(createPersonJudge([...people, disguised])(disguised, disguised.path)).toBe('ben')
})

test('of silence nobody is named', () => {
  expect(createPersonJudge(people)({ ...people[0], voice: null }, 'x')).toBeNull()
})
