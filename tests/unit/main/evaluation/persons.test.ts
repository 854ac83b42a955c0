import { expect, test } from 'vitest'
import type { Heard, Listener } from '../../../../src/main/evaluation/listening.ts'
import { choosePairs, readingBy } from '../../../../src/main/evaluation/pairs.ts'
import { hearPersons, totalSec, upTo } from '../../../../src/main/evaluation/persons.ts'
import { createRandom } from '../../../../src/shared/base/random.ts'

const RATE = 24_000
const heard = (seconds: number): Heard => ({
  sound: { samples: new Float32Array(seconds * RATE), rateHz: RATE },
  f0: new Float32Array(seconds * 200).fill(220),
  features: null,
  clip: {
    envelope: {
      shapes: new Float32Array(64),
      centered: new Float32Array(64),
      frameCount: 1,
      places: new Int32Array(1),
    },
    samples: new Float32Array(0),
  },
})
/** A file is as many seconds long as its name says; "broken" can't be read. */
const listener: Listener = {
  hearFile: (path) =>
    path.includes('broken')
      ? Promise.reject(new Error('not audio'))
      : Promise.resolve(heard(Number(/(\d+)s/.exec(path)?.[1]))),
  hearSound: () => heard(1),
  trackPitch: () => new Float64Array(0),
}
const speaker = (name: string, ...files: readonly string[]) => ({
  name,
  files: files.map((sentence) => ({ path: `${name}/${sentence}`, sentence, reading: sentence })),
})
const hear = (...speakers: readonly ReturnType<typeof speaker>[]) => hearPersons(speakers, 10, listener, () => {})

test('a file that can’t be read and a person with too little are left out by name, and the rest goes on', async () => {
  const { persons, leftOut } = await hear(
    speaker('ann', 'a 6s', 'b 6s', 'broken', 'c 6s'),
    speaker('tom', 'a 6s', 'b 6s', 'broken', 'c 6s'),
    speaker('sue', 'only 9s'),
    speaker('jim', 'a 1s', 'b 1s', 'c 1s'),
  )
  expect(persons.map(({ name }) => name)).toEqual(['ann', 'tom'])
  expect(persons.every(({ register }) => register === Math.log2(220))).toBe(true)
  expect(leftOut.some((why) => why.startsWith('sue: 1 recording'))).toBe(true)
  expect(leftOut.some((why) => why.startsWith('jim: '))).toBe(true)
})

test('fewer than two persons are refused in words that say who is missing what', async () => {
  await expect(hear(speaker('ann', 'a 6s', 'b 6s'), speaker('sue', 'only 9s'))).rejects.toThrow(/sue: 1 recording/)
})

test('as many recordings are taken as last long enough, and no more', () => {
  expect(totalSec(upTo([heard(4), heard(4), heard(4)], 8))).toBe(8)
  expect(upTo([], 8)).toEqual([])
})

test('pairs come from everybody else in turn, what the target reads too first, and the same for a seed', async () => {
  const { persons } = await hear(
    speaker('ann', 'a 6s', 'b 6s', 'c 6s', 'd 6s'),
    speaker('tom', 'a 6s', 'b 6s', 'c 6s', 'd 6s'),
    speaker('zoe', 'a 6s', 'b 6s', 'c 6s', 'd 6s'),
  )
  const [ann] = persons
  const pairs = choosePairs(ann, persons, 3, createRandom(1))
  expect(
    pairs
      .map(({ source }) => source.name)
      .slice(0, 2)
      .sort(),
  ).toEqual(['tom', 'zoe'])
  expect(pairs.every(({ source, file }) => source !== ann && readingBy(ann, file) !== undefined)).toBe(true)
  expect(choosePairs(ann, persons, 3, createRandom(1))).toEqual(pairs)
})

test('recordings that the target reads too come before all others', async () => {
  const { persons } = await hear(
    speaker('ann', 'a 6s', 'b 6s', 'c 6s', 'd 6s'),
    speaker('tom', 'a 6s', 'b 6s', 'c 6s', 'd 6s'),
    speaker('zoe', 'e 6s', 'f 6s', 'g 6s', 'h 6s'),
  )
  const [ann] = persons
  const sources = choosePairs(ann, persons, 9, createRandom(1)).map(({ source, file }) => ({
    name: source.name,
    isRead: readingBy(ann, file) !== undefined,
  }))
  const firstOther = sources.findIndex(({ isRead }) => !isRead)
  expect(firstOther).toBeGreaterThan(0)
  expect(sources.slice(firstOther).every(({ isRead }) => !isRead)).toBe(true)
  expect(sources.some(({ name }) => name === 'zoe')).toBe(true)
})

test('the reading whose manner is named most alike is the one to compare with', () => {
  const own = ['sung La sad 1', 'sung La sad 2', 'sung La glad 1'].map((reading, index) => ({
    path: `${index}`,
    sentence: 'sung La',
    reading,
  }))
  const person = { name: 'ann', training: [], test: own, learned: [], register: null }
  const at = (reading: string, path = 'other') => readingBy(person, { path, sentence: 'sung La', reading })?.reading
  expect(at('sung La glad 1')).toBe('sung La glad 1')
  expect(at('sung La sad 1', '0')).toBe('sung La sad 2')
  expect(readingBy(person, { path: 'x', sentence: 'sung Lo', reading: 'sung Lo' })).toBeUndefined()
})
