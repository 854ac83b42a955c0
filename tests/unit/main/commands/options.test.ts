import { InvalidArgumentError } from 'commander'
import { expect, test } from 'vitest'
import {
  readEmotion,
  readFraction,
  readSeconds,
  readSeed,
  readTransposition,
  readWhole,
} from '../../../../src/main/commands/options.ts'

test('an emotion has a name and an intensity', () => {
  expect(readEmotion('sad:0.6')).toEqual({ emotionId: 'sad', intensity: 0.6 })
  expect(readEmotion('happy:.5')).toEqual({ emotionId: 'happy', intensity: 0.5 })
  expect(readEmotion('angry')).toEqual({ emotionId: 'angry', intensity: 0.6 })
})

test('a transposition is automatic or a number of semitones', () => {
  expect(readTransposition('auto')).toEqual({ kind: 'auto' })
  expect(readTransposition('-12')).toEqual({ kind: 'semitones', semitones: -12 })
})

test.each([
  [readEmotion, ['', 'sad:', 'sad:2', 'sad:x', '../x', 'sad:-1']],
  [readTransposition, ['', 'up', '25', '-24.5', 'NaN', ' ']],
  [readFraction, ['', '1.1', '-0.1', 'half']],
  [readSeed, ['', '-1', '4294967296', '1.5', 'x']],
  [readWhole(0, 7), ['', '8', '-1', '1.5']],
  [readSeconds, ['', '-1', 'soon', 'Infinity']],
] as const)('%o refuses what it cannot mean', (read, texts) => {
  for (const text of texts) expect(() => read(text)).toThrow(InvalidArgumentError)
})
