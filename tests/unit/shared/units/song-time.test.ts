import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  barAt,
  barNumbered,
  barStart,
  barUnder,
  formatBars,
  quartersAt,
  samplesAt,
  songTime,
  tempoAt,
} from '../../../../src/shared/units/song-time.ts'
import type { TempoMap } from '../../../../src/shared/units/tempo.ts'
import { songTimes, steadyTime } from '../../../support/tempo-maps.ts'

/** Five hours at 48 kHz and a little more: far past the last change. */
const positions = fc.nat(1e9)

test('every sample survives the way to musical time and back', () => {
  fc.assert(
    fc.property(songTimes, positions, (time, position) => {
      expect(samplesAt(time, quartersAt(time, position))).toBe(position)
    }),
    { numRuns: 500 },
  )
})

test('what comes later in samples comes later in musical time, and the other way round', () => {
  fc.assert(
    fc.property(songTimes, positions, fc.integer({ min: 1, max: 1e6 }), (time, position, by) => {
      const [before, after] = [quartersAt(time, position), quartersAt(time, position + by)]
      expect(after).toBeGreaterThan(before)
      expect(samplesAt(time, after)).toBeGreaterThan(samplesAt(time, before))
    }),
    { numRuns: 500 },
  )
})

test('bars follow each other without gap, and each finds its own number from its first and its last sample', () => {
  fc.assert(
    fc.property(songTimes, fc.integer({ min: 1, max: 80 }), (time, number) => {
      const bar = barNumbered(time, number)
      expect(barNumbered(time, number + 1).startQuarters).toBe(bar.endQuarters)
      expect(barAt(time, bar.startQuarters)).toEqual(bar)
      expect(barUnder(time, barStart(time, number))).toEqual(bar)
      expect(barUnder(time, barStart(time, number + 1) - 1)).toEqual(bar)
    }),
    { numRuns: 500 },
  )
})

test('a bar line reads as the beginning of its bar, wherever rounding put it', () => {
  fc.assert(
    fc.property(songTimes, fc.integer({ min: 1, max: 80 }), (time, number) => {
      expect(formatBars(barStart(time, number), time)).toBe(`${number}.1.1`)
    }),
    { numRuns: 500 },
  )
})

test('a ramp takes as long as the sum of its many small steps', () => {
  const map: TempoMap = {
    tempos: [
      { bar: 1, bpm: 60, isRamp: true },
      { bar: 5, bpm: 180, isRamp: false },
    ],
    meters: [{ bar: 1, beatsPerBar: 4, beatUnit: 4 }],
  }
  const time = songTime(map, 48_000)
  const steps = 100_000
  let sec = 0
  for (let step = 0; step < steps; step++) sec += (16 / steps) * (60 / (60 + (120 * (step + 0.5)) / steps))
  expect(Math.abs(barStart(time, 5) - sec * 48_000)).toBeLessThan(0.51)
  expect(barStart(time, 5)).toBe(Math.round(60 * (16 / 120) * Math.log(3) * 48_000))
  expect(tempoAt(time, samplesAt(time, 8)).bpm).toBeCloseTo(120, 3)
  expect(tempoAt(time, barStart(time, 5)).bpm).toBe(180)
  expect(barStart(time, 6) - barStart(time, 5)).toBe(64_000)
})

test('bars count on across changes of tempo and meter', () => {
  const map: TempoMap = {
    tempos: [
      { bar: 1, bpm: 120, isRamp: false },
      { bar: 3, bpm: 60, isRamp: false },
    ],
    meters: [
      { bar: 1, beatsPerBar: 4, beatUnit: 4 },
      { bar: 2, beatsPerBar: 6, beatUnit: 8 },
    ],
  }
  const time = songTime(map, 48_000)
  expect([1, 2, 3, 4].map((bar) => barStart(time, bar))).toEqual([0, 96_000, 168_000, 312_000])
  expect(tempoAt(time, 168_000)).toEqual({ bpm: 60, beatsPerBar: 6, beatUnit: 8 })
  expect(tempoAt(time, 167_999)).toEqual({ bpm: 120, beatsPerBar: 6, beatUnit: 8 })
  expect([96_000, 108_000, 168_000 + 24_000 * 5].map((position) => formatBars(position, time))).toEqual([
    '2.1.1',
    '2.2.1',
    '3.6.1',
  ])
  expect(formatBars(93_000, time)).toBe('1.4.4')
})

test('a beat is the note of the meter, a tempo counts quarters', () => {
  expect(barStart(steadyTime(120, 4, 4), 2)).toBe(96_000)
  expect(barStart(steadyTime(120, 6, 8), 2)).toBe(72_000)
  expect(barStart(steadyTime(60, 2, 2), 2)).toBe(192_000)
})
