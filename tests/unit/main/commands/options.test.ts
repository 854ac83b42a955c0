import { InvalidArgumentError } from 'commander'
import { expect, test } from 'vitest'
import {
  readBetween,
  readBlend,
  readLatentBlend,
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
  expect(readEmotion('angry:1.5')).toEqual({ emotionId: 'angry', intensity: 1.5 })
  expect(readEmotion('angry')).toEqual({ emotionId: 'angry', intensity: 0.6 })
  expect(readEmotion('Mira’s moods: 2/very-sad:0.5')).toEqual({ emotionId: 'Mira’s moods: 2/very-sad', intensity: 0.5 })
})

test('singers of a blend are gathered, with their weights, whatever their names hold', () => {
  expect(readLatentBlend('C:\\a.wav:.5')).toEqual({ path: 'C:\\a.wav', fromShare: 0.5, toShare: 0.5 })
  expect(readLatentBlend('a.wav:0-1')).toEqual({ path: 'a.wav', fromShare: 0, toShare: 1 })
  expect(readBlend('Mira:0.3')).toEqual([{ name: 'Mira', weight: 0.3 }])
  expect(readBlend('Jun: take 2:1', readBlend('Mira:.25'))).toEqual([
    { name: 'Mira', weight: 0.25 },
    { name: 'Jun: take 2', weight: 1 },
  ])
})

test('a transposition is automatic or a number of semitones', () => {
  expect(readTransposition('auto')).toEqual({ kind: 'auto' })
  expect(readTransposition('-12')).toEqual({ kind: 'semitones', semitones: -12 })
})

test.each([
  [readEmotion, ['', 'sad:', 'sad:2', 'sad:x', '../x', 'sad:-1']],
  [readTransposition, ['', 'up', '25', '-24.5', 'NaN', ' ']],
  [readLatentBlend, ['', 'a.wav', 'a.wav:', ':0.5', 'a.wav:1.5', 'a.wav:0-2', 'a.wav:0-', 'a.wav:x']],
  [(text: string) => readBlend(text), ['', 'Mira', ':0.5', ' :0.5', 'Mira:', 'Mira:1.2', 'Mira:x']],
  [readBetween(-6, 6), ['', '6.1', '-7', 'x', 'NaN']],
  [readFraction, ['', '1.1', '-0.1', 'half']],
  [readSeed, ['', '-1', '4294967296', '1.5', 'x']],
  [readWhole(0, 7), ['', '8', '-1', '1.5']],
  [readSeconds, ['', '-1', 'soon', 'Infinity']],
] as const)('%o refuses what it cannot mean', (read, texts) => {
  for (const text of texts) expect(() => read(text)).toThrow(InvalidArgumentError)
})

test('an argument as long as a command line may be is refused as fast as a short one', () => {
  const long = '1'.repeat(200_000)
  expect(() => readEmotion(`sad:${long}x`)).toThrow(/Expected/)
  expect(() => readBlend(`${'a:'.repeat(100_000)}x`)).toThrow(/Expected/)
  expect(() => readBlend(`Mira:${long}x`)).toThrow(/Expected/)
})
