import { expect, test } from 'vitest'
import { isMelodic, melodyOf } from '../../../../../src/main/evaluation/translation/melodic.ts'
import { createRandom } from '../../../../../src/shared/base/random.ts'

const RATE_HZ = 16_000
const soundOf = (sec: number, at: (sec: number) => number) =>
  Float32Array.from({ length: sec * RATE_HZ }, (_, sample) => at(sample / RATE_HZ))
const tone = (hz: number, sec: number) =>
  0.5 * Math.sin(2 * Math.PI * hz * sec) + 0.2 * Math.sin(4 * Math.PI * hz * sec)
const random = createRandom(3)

test.each([
  ['a held tone', true, soundOf(0.5, (sec) => tone(300, sec))],
  ['a tone that soon died away', true, soundOf(1, (sec) => tone(300, sec) * Math.exp(-20 * sec))],
  ['a tone too low to be tracked', false, soundOf(0.5, (sec) => 0.5 * Math.sin(2 * Math.PI * 25 * sec))],
  ['noise', false, soundOf(0.5, () => random.normal() / 4)],
  ['silence', false, soundOf(0.5, () => 0)],
])('%s has a melody: %s', (_, expected, sound) => {
  expect(isMelodic(sound, melodyOf(sound))).toBe(expected)
})
