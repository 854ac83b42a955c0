import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RollView } from '../../../../src/renderer/region-editor/RollView.svelte.ts'

test('a sound that is looked at an octave above its source lies on the notes of the source, and is called as it is heard', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -24, max: 24, noNaN: true }),
      fc.double({ min: 40, max: 80, noNaN: true }),
      (by, midi) => {
        const view = new RollView()
        view.raisedBySemitones = by
        expect(view.yOfHeard(view.heard(midi))).toBeCloseTo(view.yOf(midi), 6)
      },
    ),
  )
  const view = new RollView()
  view.raisedBySemitones = 12
  expect(view.heard(57)).toBe(69)
})
