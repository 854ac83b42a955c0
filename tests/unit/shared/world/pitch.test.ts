import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dio, frameCount, framePositionsSec, harvest, stoneMask } from '../../../../src/shared/world/index.ts'

const fs = 24000
const range = { f0FloorHz: 65, f0CeilHz: 1000 }

/** A pulse-like tone of ten harmonics below 4 kHz. */
const tone = (f0: number, seconds: number): Float64Array =>
  Float64Array.from({ length: Math.round(seconds * fs) }, (_, i) => {
    let sum = 0
    for (let h = 1; h <= 10 && h * f0 < 4000; h++) sum += Math.cos((2 * Math.PI * h * f0 * i) / fs) / h
    return 0.1 * sum
  })

const cents = (found: number, expected: number) => 1200 * Math.log2(found / expected)

test('Harvest finds a tone anywhere in its range within three cents', () => {
  const f0 = fc.double({ min: Math.log2(70), max: Math.log2(980), noNaN: true }).map((octave) => 2 ** octave)
  fc.assert(
    fc.property(f0, (expected) => {
      const middle = harvest(tone(expected, 0.4), fs, range).slice(20, -20)
      for (const found of middle) expect(Math.abs(cents(found, expected))).toBeLessThan(3)
    }),
    { numRuns: 25 },
  )
})

test('DIO with StoneMask finds a tone within five cents', () => {
  for (const expected of [90, 147, 220, 331, 523]) {
    const x = tone(expected, 0.4)
    const middle = stoneMask(x, fs, dio(x, fs)).slice(20, -20)
    for (const found of middle) expect(Math.abs(cents(found, expected))).toBeLessThan(5)
  }
})

describe.each([
  ['Harvest', harvest],
  ['DIO', dio],
])('%s', (_name, find) => {
  test('leaves silence unvoiced', () => {
    expect(find(new Float64Array(fs), fs).every((f0) => f0 === 0)).toBe(true)
  })

  test('takes a signal of any length, and gives a value for every frame', () => {
    expect(find(new Float64Array(0), fs)).toHaveLength(0)
    for (const length of [1, 2, 9, 100, 1201, 5000]) {
      const x = tone(200, 1).subarray(0, length)
      expect(find(x, fs)).toHaveLength(frameCount(length, fs))
    }
  })

  test('gives the same numbers every time', () => {
    const x = tone(200, 0.3)
    expect(find(x, fs)).toEqual(find(x, fs))
  })
})

test('a constant offset is not taken for a voice', () => {
  expect(harvest(new Float64Array(fs).fill(0.3), fs).every((f0) => f0 === 0)).toBe(true)
})

test('a signal longer than one span has the pitch of its parts', () => {
  const part = tone(200, 2)
  const x = new Float64Array(11 * part.length)
  for (let i = 0; i < 11; i++) x.set(part, i * part.length)
  const found = harvest(x, fs, range)
  expect(found).toHaveLength(4401)
  // Frames around 20 s, where one span ends and the next begins.
  for (const f0 of found.subarray(3950, 4050)) expect(Math.abs(cents(f0, 200))).toBeLessThan(1)
})

test('frames are one period apart from the first sample on', () => {
  expect(frameCount(fs, fs)).toBe(201)
  expect(frameCount(22050, 22050, 0.005)).toBe(201)
  expect([...framePositionsSec(480, fs, 0.01)]).toEqual([0, 0.01, 0.02])
})
