import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { EmotionStatistics } from '../../../../../src/shared/conversion/emotions/definition.ts'
import { expressLevel, expressPitch } from '../../../../../src/shared/conversion/emotions/express.ts'
import { noteCenters } from '../../../../../src/shared/conversion/emotions/note-centers.ts'

const statistics: EmotionStatistics = {
  emotionId: 'happy',
  pitchOffsetOctaves: 0.25,
  pitchSpreadLogRatio: 0.5,
  shapeOffset: new Float32Array(64),
  energySpreadLogRatio: 0.3,
}

/** Four notes of a second with vibrato of a third of a semitone, and pauses between. */
const sung = Float64Array.from({ length: 800 }, (_, frame) => {
  const note = [0, 4, 7, 5][Math.floor(frame / 200)]
  const vibrato = 0.3 * Math.sin(2 * Math.PI * 5.5 * frame * 0.005)
  return frame % 200 < 180 ? 220 * 2 ** ((note + vibrato) / 12) : 0
})
/** Glides of an octave and a half a second. */
const spoken = Float64Array.from({ length: 800 }, (_, frame) =>
  frame % 100 < 70 ? 120 * 2 ** (0.5 * Math.abs(Math.sin(frame * 0.035))) : 0,
)
const deviation = (values: readonly number[]) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
}
const voicedLog = (f0: Float64Array, octaves: Float64Array | null) =>
  Array.from(f0, (hz, frame) => (hz > 0 ? Math.log2(hz) + (octaves?.[frame] ?? 0) : NaN)).filter(Number.isFinite)

test('intensity 0 asks for nothing at all', () => {
  expect(expressPitch(spoken, statistics, 0, false)).toBeNull()
  expect(expressPitch(spoken, statistics, new Float32Array(800), false)).toBeNull()
  expect(expressLevel(spoken, statistics, 0)).toBeNull()
})

test('speech is lifted and spread as the table says, in proportion to the intensity', () => {
  for (const a of [0.5, 1, 1.5]) {
    const moved = voicedLog(spoken, expressPitch(spoken, statistics, a, false))
    const plain = voicedLog(spoken, null)
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
    expect(mean(moved) - mean(plain)).toBeCloseTo(0.25 * a, 6)
    expect(deviation(moved) / deviation(plain)).toBeCloseTo(Math.exp(0.5 * a), 6)
  }
})

test('sung notes stay in tune while their vibrato grows', () => {
  const octaves = expressPitch(sung, statistics, 1, true)
  const moved = sung.map((hz, frame) => hz * 2 ** (octaves?.[frame] ?? 0))
  for (const note of [0, 1, 2, 3]) {
    const middle = (values: Float64Array) => voicedLog(values.slice(note * 200 + 40, note * 200 + 140), null)
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
    expect(1200 * Math.abs(mean(middle(moved)) - mean(middle(sung)))).toBeLessThan(5)
    expect(deviation(middle(moved)) / deviation(middle(sung))).toBeGreaterThan(1.3)
  }
})

test('note centers ignore vibrato', () => {
  const centers = noteCenters(sung)
  expect(1200 * Math.abs(centers[100] - Math.log2(220))).toBeLessThan(12)
})

test('a curve of intensity acts frame by frame', () => {
  const curve = Float32Array.from({ length: 800 }, (_, frame) => (frame < 400 ? 0 : 1))
  const octaves = expressPitch(spoken, statistics, curve, false)
  expect(octaves?.subarray(0, 400).every((value) => value === 0)).toBe(true)
  expect(octaves?.[450]).not.toBe(0)
})

test('a level never changes by more than −26 and +13 dB, whatever the table', () => {
  const energies = Float64Array.from({ length: 200 }, (_, frame) => -8 * Math.abs(Math.sin(frame)))
  fc.assert(
    fc.property(
      fc.double({ min: -3, max: 3, noNaN: true }),
      fc.double({ min: 0.01, max: 1.5, noNaN: true }),
      (de, a) => {
        const change =
          expressLevel(energies, { ...statistics, energySpreadLogRatio: de }, a) ?? new Float64Array(1).fill(NaN)
        expect(Math.min(...change)).toBeGreaterThanOrEqual(-6)
        expect(Math.max(...change)).toBeLessThanOrEqual(3)
      },
    ),
  )
})
