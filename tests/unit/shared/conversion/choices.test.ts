import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { applyBandMap, sampleAugmentation } from '../../../../src/shared/conversion/augmentation.ts'
import { automaticSemitones } from '../../../../src/shared/conversion/automatic-transposition.ts'
import { controlToStrength, strengthToControl } from '../../../../src/shared/conversion/strength.ts'

const singing = (medianLog2F0: number | null) => ({ medianLog2F0, isSung: true })
const speaking = (medianLog2F0: number | null) => ({ medianLog2F0, isSung: false })

test('automatic transposition moves a song by whole octaves, to within half an octave of the singer or two octaves', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 6, max: 10, noNaN: true }),
      fc.double({ min: 6, max: 10, noNaN: true }),
      (source, singer) => {
        const semitones = automaticSemitones(singing(source), singing(singer))
        expect(Math.abs(semitones % 12)).toBe(0)
        const left = Math.abs(source + semitones / 12 - singer)
        expect(left <= 0.5 + 1e-9 || Math.abs(semitones) === 24).toBe(true)
      },
    ),
  )
  expect(automaticSemitones(singing(null), singing(7))).toBe(0)
})

test('speech is compared with where the singer speaks, which lies below where the singer sings', () => {
  const man = Math.log2(110)
  const tenor = Math.log2(220)
  expect(automaticSemitones(singing(man), singing(tenor))).toBe(12)
  expect(automaticSemitones(speaking(man), singing(tenor))).toBe(0)
  expect(automaticSemitones(speaking(man), singing(Math.log2(350)))).toBe(12)
  expect(automaticSemitones(singing(Math.log2(230)), speaking(Math.log2(115)))).toBe(-12)
  expect(automaticSemitones(singing(Math.log2(170)), speaking(man))).toBe(0)
})

test('the middle of the strength control is .6, its ends are 0 and 1, and it turns back', () => {
  expect([0, 0.5, 1].map(controlToStrength)).toEqual([0, expect.closeTo(0.6, 12), 1])
  for (const position of [0, 0.1, 0.37, 0.9, 1])
    expect(strengthToControl(controlToStrength(position))).toBeCloseTo(position, 12)
})

test('an augmentation reads every band from its neighbors: a flat shape stays flat', () => {
  const random = createRandom(5)
  let drawn = 0
  for (let draw = 0; draw < 200; draw++) {
    const map = sampleAugmentation(random)
    if (map === null) continue
    drawn++
    const output = new Float64Array(64)
    applyBandMap(map, new Float64Array(64).fill(1.5), output, 1)
    output.forEach((value) => expect(value).toBeCloseTo(1.5, 10))
  }
  expect(drawn).toBeGreaterThan(175) // 95 of 100 are changed
})

test('the same seed draws the same augmentation', () => {
  const draw = () => sampleAugmentation(createRandom(8))?.matrix
  expect(draw()).toEqual(draw())
})
