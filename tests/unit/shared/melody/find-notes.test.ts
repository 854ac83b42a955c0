import { expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { silentProgress } from '../../../../src/shared/base/progress.ts'
import { analyzePitch } from '../../../../src/shared/conversion/analyze.ts'
import { sourceOf } from '../../../../src/shared/conversion/sound.ts'
import { planSpan, surveySpan } from '../../../../src/shared/conversion/windows.ts'
import { findNotes } from '../../../../src/shared/melody/index.ts'
import { exerciseScore, synthesize, transposeScore, voices } from '../../../../src/shared/synthesizer/index.ts'
import { midiToHz } from '../../../../src/shared/units/pitch.ts'
import { sincResample } from '../../../support/sinc-resample.ts'
import { sung, type MadeNote } from './made-melody.ts'

const centersOf = (notes: readonly MadeNote[]) => findNotes(sung(notes)).map(({ center }) => center)

test('a step of a semitone is a new note, told from where it was sung', () => {
  const notes = findNotes(sung([{ midi: 60 }, { midi: 61 }, { midi: 60 }, { midi: 67 }]))
  expect(notes.map(({ center }) => Math.round(center))).toEqual([60, 61, 60, 67])
  notes.forEach(({ startFrame }, index) => expect(Math.abs(startFrame - 60 * index)).toBeLessThan(5))
})

test.each([0.4, 1, 1.6])('a vibrato of %d semitones is one note around its center', (extent) => {
  const [center, ...rest] = centersOf([{ midi: 64, frames: 300, vibrato: extent }])
  expect(rest).toEqual([])
  expect(center).toBeCloseTo(64, 1)
})

test('a pause parts two notes of one pitch, a slip of the tracker does not', () => {
  expect(centersOf([{ midi: 60 }, { midi: null, frames: 20 }, { midi: 60 }]).length).toBe(2)
  expect(centersOf([{ midi: 60 }, { midi: null, frames: 4 }, { midi: 60 }]).length).toBe(1)
})

test('an octave leap of the tracker for a few frames is no note', () => {
  expect(centersOf([{ midi: 60 }, { midi: 72, frames: 6 }, { midi: 60 }]).map(Math.round)).toEqual([60])
})

test('vibrato is measured, and a held or a short note has none', () => {
  const [wide, held, short] = findNotes(
    sung([
      { midi: 60, frames: 260, vibrato: 0.6 },
      { midi: 65, frames: 200 },
      { midi: 60, frames: 40, vibrato: 0.6 },
    ]),
  )
  expect(wide.vibrato?.rateHz).toBeCloseTo(5.5, 0)
  expect(wide.vibrato?.extentCents).toBeGreaterThan(50)
  expect(wide.vibrato?.extentCents).toBeLessThan(70)
  expect(held.vibrato).toBe(null)
  expect(short.vibrato).toBe(null)
})

test('silence has no notes', () => {
  expect(findNotes(new Float32Array(500))).toEqual([])
})

test('of what a synthetic voice sings nine of ten notes are found where they were written, by their own pitch', () => {
  const rateHz = 24_000
  let written = 0
  let found = 0
  for (const [voice, semitones] of [
    [voices.lead, 0],
    [voices.high, 9],
    [voices.low, -11],
  ] as const) {
    const score = transposeScore(exerciseScore(12, createRandom(41)), semitones)
    const source = sourceOf([synthesize(score, voice, rateHz, 5).samples], rateHz)
    const span = planSpan(source, 0, source.durationSamples)
    const f0 = analyzePitch(span, surveySpan(span, silentProgress), sincResample, silentProgress)
    const notes = findNotes(f0)
    for (const { startSec, durationSec, midi } of score.notes) {
      written++
      const isFound = notes.some((note) => {
        const start = Math.max(note.startFrame / 200, startSec)
        const shared = Math.min(note.endFrame / 200, startSec + durationSec) - start
        const all = (note.endFrame - note.startFrame) / 200 + durationSec - shared
        return shared > 0.7 * all && Math.abs(note.center - midi) < 0.3
      })
      if (isFound) found++
    }
  }
  expect(written).toBeGreaterThan(40)
  expect(found / written).toBeGreaterThan(0.9)
  expect(midiToHz(69)).toBe(440)
}, 60_000)
