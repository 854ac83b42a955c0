import { expect, test } from 'vitest'
import { joinOutline, outlinePart } from '../../../../../src/main/compute/clips/pitch-outline.ts'
import { midiToHz } from '../../../../../src/shared/units/pitch.ts'

const frames = (midi: number, count: number) => Array<number>(count).fill(midi === 0 ? 0 : midiToHz(midi))

test('an outline has one note per tenth of a second, none where there is mostly silence, and the voice’s register', () => {
  const first = outlinePart([...frames(60, 200), ...frames(0, 15), ...frames(67.2, 5), ...frames(0, 20)])
  expect(first.notes).toEqual([...Array<number>(10).fill(60), 0, 0])
  const outline = joinOutline([first, outlinePart(frames(67.2, 400))])
  expect(outline.notes.slice(12)).toEqual(Array<number>(20).fill(67))
  expect(outline.medianLog2F0).toBeCloseTo(Math.log2(midiToHz(67)), 5)
  expect(outline).toMatchObject({ hopSec: 0.1, isSung: true })
})

test('silence has no register, and a voice that glides all along speaks', () => {
  expect(joinOutline([outlinePart(frames(0, 400))])).toMatchObject({ medianLog2F0: null, isSung: false })
  const gliding = Array.from({ length: 400 }, (_, frame) => midiToHz(50 + 4 * Math.sin(frame / 12)))
  expect(joinOutline([outlinePart(gliding)]).isSung).toBe(false)
})
