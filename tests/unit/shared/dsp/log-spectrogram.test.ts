import { expect, test } from 'vitest'
import { logSpectrogram } from '../../../../src/shared/dsp/log-spectrogram.ts'

const RATE = 48_000
const options = {
  rateHz: RATE,
  startSample: 12_000,
  samplesPerColumn: 480,
  columnCount: 20,
  lowestMidi: 36,
  highestMidi: 96,
  rowCount: 241,
} as const
const tone = (midi: number, gain: number): Float32Array =>
  Float32Array.from(
    { length: RATE },
    (_, at) => gain * Math.sin((2 * Math.PI * 440 * 2 ** ((midi - 69) / 12) * at) / RATE),
  )

const loudestRow = (picture: Uint8Array, column: number): number => {
  const rows = Array.from({ length: options.rowCount }, (_, row) => picture[row * options.columnCount + column])
  return rows.indexOf(Math.max(...rows))
}

test('a tone stands in the row of its pitch, in every column', () => {
  for (const midi of [48, 60, 72.5, 90]) {
    const picture = logSpectrogram(tone(midi, 0.5), options)
    for (let column = 0; column < options.columnCount; column++)
      expect(Math.abs(96 - loudestRow(picture, column) / 4 - midi)).toBeLessThan(midi < 55 ? 1.5 : 0.75)
  }
})

test('a tone at full scale is white, half of it six decibels less, and silence black', () => {
  const most = (gain: number): number => Math.max(...logSpectrogram(tone(81, gain), options))
  expect(most(1)).toBeGreaterThan(248)
  expect((most(1) - most(0.5)) * (84 / 255)).toBeCloseTo(6, 0)
  expect(most(0)).toBe(0)
})

test('before and behind the sound it is silent, and tiles fit together', () => {
  const sound = tone(69, 0.5)
  expect(Math.max(...logSpectrogram(sound, { ...options, startSample: -9000, columnCount: 3 }))).toBe(0)
  const whole = logSpectrogram(sound, options)
  const right = logSpectrogram(sound, { ...options, startSample: options.startSample + 10 * 480, columnCount: 10 })
  for (let row = 0; row < options.rowCount; row++) expect(right[row * 10]).toBe(whole[row * options.columnCount + 10])
})
