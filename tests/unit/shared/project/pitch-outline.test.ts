import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rangeExcess, secondsPerNote, type PitchOutline } from '../../../../src/shared/project/pitch-outline.ts'

const outline = (notes: readonly number[]): PitchOutline => ({ hopSec: 0.1, notes, medianLog2F0: 8, isSung: true })
/** A second each of C4, of silence, and of G4. */
const tune = outline([...Array<number>(10).fill(60), ...Array<number>(10).fill(0), ...Array<number>(10).fill(67)])

test('a region that stays among the singer’s notes leaves nothing; moved beyond them it says how far and how long', () => {
  const range = { lowest: 55, highest: 65 }
  const excess = (startSec: number, endSec: number, semitones: number) =>
    rangeExcess(tune, { startSec, endSec }, () => semitones, range)
  expect(excess(0, 1, 0)).toBeNull()
  expect(excess(1, 2, 0)).toBeNull()
  const high = excess(0, 3, 0)
  expect(high?.outsideSec).toBeCloseTo(1)
  expect(high?.voicedSec).toBeCloseTo(2)
  expect(high).toMatchObject({ lowest: null, highest: 67 })
  expect(high?.spans).toHaveLength(1)
  expect(high?.spans[0].startSec).toBeCloseTo(2)
  expect(high?.spans[0].endSec).toBeCloseTo(3)
  expect(excess(0, 3, -2)).toBeNull()
  expect(excess(0, 3, -12)).toMatchObject({ lowest: 48, highest: null })
  // A curve that brings the high part down leaves nothing outside.
  expect(rangeExcess(tune, { startSec: 0, endSec: 3 }, (sec) => (sec > 2 ? -5 : 0), range)).toBeNull()
})

test('an ornament or a slip of the tracker marks nothing', () => {
  const slip = outline([...Array<number>(20).fill(60), 84, ...Array<number>(20).fill(60)])
  const all = { startSec: 0, endSec: 5 }
  expect(rangeExcess(slip, all, () => 0, { lowest: 55, highest: 65 })).toBeNull()
})

test('a wider range never leaves more outside, and all seconds of voice are on some note', () => {
  const notes = fc.array(
    fc.oneof(
      fc.constant(0),
      fc.integer({ min: 72, max: 160 }).map((half) => half / 2),
    ),
  )
  fc.assert(
    fc.property(notes, fc.integer({ min: 36, max: 80 }), fc.nat(20), fc.nat(12), (line, lowest, width, more) => {
      const source = outline(line)
      const all = { startSec: 0, endSec: line.length * 0.1 }
      const excess = (by: number) =>
        rangeExcess(source, all, () => 0, { lowest: lowest - by, highest: lowest + width + by })
      const [narrow, wide] = [excess(0), excess(more)]
      expect(wide?.outsideSec ?? 0).toBeLessThanOrEqual(narrow?.outsideSec ?? 0.3)
      const voicedSec = line.filter((note) => note > 0).length * 0.1
      const sum = [...secondsPerNote(source, all).values()].reduce((total, seconds) => total + seconds, 0)
      expect(sum).toBeCloseTo(voicedSec, 6)
    }),
  )
})
