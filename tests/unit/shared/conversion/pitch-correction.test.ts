import { expect, test } from 'vitest'
import { correctedRatio } from '../../../../src/shared/conversion/pitch-correction.ts'

const FRAMES = 40
const wanted = new Float32Array(FRAMES).fill(220)
const cents = (ratio: number) => 1200 * Math.log2(ratio)
const off = (byCents: number) => wanted.map((hz) => hz * 2 ** (byCents / 1200))

test('a voice that was heard flat is moved further by what was missing', () => {
  expect(cents(correctedRatio(2, wanted, off(-20))[20])).toBeCloseTo(1220, 6)
  expect(cents(correctedRatio(new Float64Array(FRAMES).fill(0.5), wanted, off(12))[20])).toBeCloseTo(-1212, 6)
})

test('another harmonic than the first corrects nothing, and far off is corrected a little', () => {
  expect(correctedRatio(2, wanted, off(1200))[20]).toBe(2)
  expect(cents(correctedRatio(2, wanted, off(-300))[20])).toBeCloseTo(1350, 6)
})

test('where either has no pitch, the voice is moved as it was', () => {
  expect(Array.from(correctedRatio(2, wanted, new Float32Array(FRAMES)))).toEqual(new Array(FRAMES).fill(2))
  expect(Array.from(correctedRatio(2, new Float32Array(FRAMES), wanted))).toEqual(new Array(FRAMES).fill(2))
})
