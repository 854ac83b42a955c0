import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareCoverage, medianLog2F0, noteRuns } from '../../../../src/shared/screening/note-coverage.ts'

const notes = (from: number, to: number, sec: number) =>
  new Map(Array.from({ length: to - from + 1 }, (_, index) => [from + index, sec]))

test('a song that goes higher than the clips says how far, and how long it is there', () => {
  const gap = compareCoverage(notes(48, 74, 10), notes(60, 79, 4), 'your song')
  expect(gap.missing).toEqual([75, 76, 77, 78, 79])
  expect(gap.words).toBe(
    'Your song goes to G5; the clips stop at D5. Your song holds those notes for 20 s, the clips for 0.0 s.',
  )
})

test('lower notes and gaps between are told too', () => {
  const covered = notes(50, 70, 5)
  covered.delete(60)
  covered.set(61, 0.4)
  const { words } = compareCoverage(covered, notes(47, 70, 2), 'the stem')
  expect(words).toContain('The stem goes down to B2; the clips begin at D3.')
  expect(words).toContain('C4 to C♯4 are thin in the clips.')
})

test('what is covered is said to be, and ornaments ask for nothing', () => {
  const asked = notes(60, 64, 3).set(90, 0.1)
  expect(compareCoverage(notes(55, 70, 2), asked, 'the song')).toMatchObject({
    missing: [],
    words: 'The clips hold every note of the song.',
  })
})

test('nothing missing is covered, and everything missing is asked for', () => {
  const seconds = fc
    .array(fc.tuple(fc.integer({ min: 30, max: 90 }), fc.double({ min: 0, max: 30, noNaN: true })))
    .map((entries) => new Map(entries))
  fc.assert(
    fc.property(seconds, seconds, (covered, asked) => {
      for (const note of compareCoverage(covered, asked, 'it').missing) {
        expect(covered.get(note) ?? 0).toBeLessThan(1)
        expect(asked.get(note)).toBeGreaterThan(0)
      }
    }),
  )
})

test('neighboring notes are told as one run, and the middle of a voice is where half of it is lower', () => {
  expect(noteRuns([60, 61, 62, 65])).toEqual(['C4 to D4', 'F4'])
  expect(medianLog2F0(notes(57, 81, 2))).toBeCloseTo(Math.log2(440), 5)
  expect(medianLog2F0(new Map())).toBeNull()
})
