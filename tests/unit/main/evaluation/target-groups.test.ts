import { expect, test } from 'vitest'
import { chooseSpeakers } from '../../../../src/main/evaluation/choose-speakers.ts'
import type { Heard } from '../../../../src/main/evaluation/listening.ts'
import type { Person } from '../../../../src/main/evaluation/persons.ts'
import { targetGroups } from '../../../../src/main/evaluation/target-groups.ts'
import { createRandom } from '../../../../src/shared/base/random.ts'

const RATE_HZ = 1000
const filesOf = (name: string, sentences: readonly string[]) =>
  sentences.map((sentence) => ({ path: `${name}/${sentence}`, sentence, reading: sentence }))

function person(name: string, seconds: number, sentences: readonly string[]): Person {
  const learned = { sound: { samples: new Float32Array(seconds * RATE_HZ), rateHz: RATE_HZ } } as Heard // no more is read
  return { name, training: [], test: filesOf(name, sentences), learned: [learned], register: null }
}
const options = { known: ['base-a', 'base-b'], targetCount: 2, pairCount: 3, enrolSec: 30 }

test('people of the base are one group, people it never heard another; who has much too little is no target', () => {
  const persons = [
    person('base-a', 12, ['x']),
    person('base-b', 9, ['x']),
    person('new-a', 40, ['x']),
    person('new-b', 20, ['x']),
  ]
  const groups = targetGroups(persons, options, createRandom(1))
  expect(groups.map(({ kind, targets }) => [kind, targets.map(({ name }) => name)])).toEqual([
    ['seen', ['base-a']],
    ['enrolled', ['new-a']],
  ])
  expect(groups.every(({ pairs }) => pairs.length === 3)).toBe(true)
})

test('targets whose words two others read come before those of whom there is more', () => {
  const persons = [
    person('alone', 90, ['y']),
    person('new-a', 40, ['x']),
    person('new-b', 30, ['x']),
    person('new-c', 30, ['x']),
  ]
  const [{ targets }] = targetGroups(persons, options, createRandom(1))
  expect(targets.map(({ name }) => name)).toEqual(['new-a', 'new-b'])
})

test('the cast are the targets and, where they are few, those who read the same; only its recordings are converted', () => {
  const names = ['new-a', 'new-b', 'far-a', 'near-a', 'near-b', 'far-b']
  const persons = names.map((name) =>
    person(name, name.startsWith('new') ? 40 : 5, name.startsWith('far') ? ['y', 'z'] : ['x', 'w']),
  )
  const [{ cast, pairs }] = targetGroups(persons, { ...options, pairCount: 9 }, createRandom(1))
  expect(cast.map(({ name }) => name)).toEqual(['new-a', 'new-b', 'near-a', 'near-b'])
  expect(pairs.every(({ source }) => cast.includes(source))).toBe(true)
})

test('where there is nobody for a group, there is none', () => {
  expect(targetGroups([person('base-a', 5, ['x'])], options, createRandom(1))).toEqual([])
})

test('of a large folder those are heard with whom most can be compared, of both kinds, and the rest is told', () => {
  const speaker = (name: string, ...sentences: string[]) => ({ name, files: filesOf(name, sentences) })
  const all = [
    speaker('base-a', 'x'),
    speaker('base-b', 'q', 'r', 's'),
    speaker('new-a', 'x'),
    speaker('new-b', 'x'),
    speaker('new-c', 't', 'u'),
  ]
  const { speakers, leftOut } = chooseSpeakers(all, ['base-a', 'base-b'], 3)
  expect(speakers.map(({ name }) => name)).toEqual(['base-a', 'new-a', 'new-b'])
  expect(leftOut).toEqual(['2 of 5 persons: 3 are heard (--persons).'])
  expect(chooseSpeakers(all, [], 5).speakers).toEqual(all)
})
