import fc from 'fast-check'
import { expect, test } from 'vitest'
import { curveValue, type Curve } from '../../../../src/shared/project/curve.ts'
import {
  changeNote,
  clearPitch,
  drawPitch,
  isEdited,
  noteChangeAt,
  spanOfEdit,
  unchangedNote,
} from '../../../../src/shared/project/edits/melody.ts'
import { performanceSchema } from '../../../../src/shared/project/performance-schema.ts'
import { defaultPerformance, type Performance } from '../../../../src/shared/project/performance.ts'
import { mira } from '../../../support/documents.ts'

const position = fc.integer({ min: 0, max: 50_000 })
const span = fc
  .tuple(position, fc.integer({ min: 10, max: 8000 }))
  .map(([startSamples, length]) => ({ startSamples, endSamples: startSamples + length }))
const change = fc.record({
  semitones: fc.double({ min: -30, max: 30, noNaN: true }),
  vibrato: fc.double({ min: 0, max: 4, noNaN: true }),
  drift: fc.double({ min: 0, max: 4, noNaN: true }),
})
const drawing: fc.Arbitrary<Curve> = fc
  .uniqueArray(fc.record({ atSamples: position, value: fc.double({ min: 40, max: 80, noNaN: true }) }), {
    minLength: 2,
    maxLength: 6,
    selector: (point) => point.atSamples,
  })
  .map((points) => points.toSorted((a, b) => a.atSamples - b.atSamples))
const act: fc.Arbitrary<(performance: Performance) => Performance> = fc.oneof(
  fc.tuple(span, change).map(
    ([over, to]) =>
      (performance: Performance) =>
        changeNote(performance, over, to),
  ),
  drawing.map((curve) => (performance: Performance) => drawPitch(performance, curve)),
  span.map((over) => (performance: Performance) => clearPitch(performance, over)),
)

test('whatever is edited in whatever order, edits stand in time order, never overlap, and can be saved', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
      const edited = acts.reduce((performance, one) => one(performance), defaultPerformance(mira))
      const spans = edited.pitchEdits.map(spanOfEdit)
      for (const [index, one] of spans.entries()) {
        if (index > 0) expect(one.startSamples).toBeGreaterThanOrEqual(spans[index - 1].endSamples)
        expect(one.endSamples).toBeGreaterThan(one.startSamples)
      }
      expect(performanceSchema.safeParse(edited).success).toBe(true)
    }),
  )
})

test('a note that is changed has the change, and one that is as it was sung again leaves no edit', () => {
  const over = { startSamples: 1000, endSamples: 5000 }
  const moved = changeNote(defaultPerformance(mira), over, { semitones: 2 })
  const flat = changeNote(moved, { startSamples: 1010, endSamples: 5010 }, { vibrato: 0 })
  expect(noteChangeAt(flat, over)).toMatchObject({ semitones: 2, vibrato: 0, drift: 1 })
  expect(flat.pitchEdits).toHaveLength(1)
  expect(changeNote(flat, over, unchangedNote).pitchEdits).toEqual([])
})

test('a drawn melody keeps its values beside what is edited into it', () => {
  const curve = [
    { atSamples: 0, value: 50 },
    { atSamples: 10_000, value: 60 },
  ]
  const edited = changeNote(
    drawPitch(defaultPerformance(mira), curve),
    { startSamples: 4000, endSamples: 6000 },
    { semitones: 1 },
  )
  const [left, note, right] = edited.pitchEdits
  expect([left.kind, note.kind, right.kind]).toEqual(['drawn', 'note', 'drawn'])
  if (left.kind === 'drawn') expect(curveValue(left.curve, 2000)).toBeCloseTo(52, 3)
  if (right.kind === 'drawn') expect(curveValue(right.curve, 8000)).toBeCloseTo(58, 3)
})

test('what is cleared is as it was sung, and clearing what was not edited is no change', () => {
  const over = { startSamples: 1000, endSamples: 5000 }
  const edited = changeNote(defaultPerformance(mira), over, { semitones: 2 })
  expect(isEdited(clearPitch(edited, over), over)).toBe(false)
  expect(clearPitch(edited, { startSamples: 6000, endSamples: 7000 })).toBe(edited)
})
