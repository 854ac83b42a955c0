import fc from 'fast-check'
import { expect, test } from 'vitest'
import { noStatistics, type EmotionStatistics } from '../../../../../src/shared/conversion/emotions/definition.ts'
import { expressPitch } from '../../../../../src/shared/conversion/emotions/express-pitch.ts'
import { noteCenters } from '../../../../../src/shared/conversion/emotions/note-centers.ts'
import { GREATEST_NOTE_MOVE_CENTS } from '../../../../../src/shared/conversion/emotions/prepared-emotion.ts'

const happy: EmotionStatistics = { ...noStatistics('happy'), pitchOffsetOctaves: 0.25, pitchSpreadLogRatio: 0.3 }

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
const asSpoken = (intensity: number | Float32Array) => ({ intensity, isSung: false })
const asSung = { intensity: 1, isSung: true }
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const deviation = (values: readonly number[]) => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)))
const voicedLog = (f0: Float64Array, octaves: Float64Array | null) =>
  Array.from(f0, (hz, frame) => (hz > 0 ? Math.log2(hz) + (octaves?.[frame] ?? 0) : NaN)).filter(Number.isFinite)
const noteOf = (values: Float64Array, note: number) => values.slice(note * 200 + 30, note * 200 + 150)

test('intensity 0, and a table in which nothing differs, ask for nothing', () => {
  expect(expressPitch(spoken, happy, asSpoken(0))).toBeNull()
  expect(expressPitch(spoken, happy, asSpoken(new Float32Array(800)))).toBeNull()
  expect(expressPitch(spoken, noStatistics('none'), asSpoken(1))?.every((value) => value === 0)).toBe(true)
})

test('speech is lifted by seven tenths of the table’s level and its contour is spread, in proportion to the intensity', () => {
  let before = deviation(voicedLog(spoken, null))
  for (const a of [0.5, 1, 1.5]) {
    const moved = voicedLog(spoken, expressPitch(spoken, happy, asSpoken(a)))
    expect(mean(moved) - mean(voicedLog(spoken, null))).toBeCloseTo(0.7 * 0.25 * a, 2)
    expect(deviation(moved)).toBeGreaterThan(1.1 * before)
    before = deviation(moved)
  }
})

test('a slope turns a phrase around its middle and never by more than a fifth of an octave at its ends', () => {
  const flat = new Float64Array(400).fill(200)
  const sloped = (octaves: number) =>
    expressPitch(flat, { ...noStatistics('x'), pitchSlopeOctavesPerSec: octaves }, asSpoken(1)) ?? new Float64Array(1)
  const gentle = sloped(0.1)
  expect(gentle[399] - gentle[0]).toBeCloseTo(0.2, 2)
  expect(Math.abs(mean([...gentle]))).toBeLessThan(1e-3)
  expect(Math.max(...sloped(2))).toBeLessThanOrEqual(0.2)
})

test('vibrato grows by its ratio while the notes stay in tune', () => {
  const deeper = { ...noStatistics('x'), pitchOffsetOctaves: 0.5, tremorLogRatio: 0.5 }
  const octaves = expressPitch(sung, deeper, asSung)
  const moved = sung.map((hz, frame) => hz * 2 ** (octaves?.[frame] ?? 0))
  for (const note of [0, 1, 2, 3]) {
    const [before, after] = [sung, moved].map((values) => voicedLog(noteOf(values, note), null))
    expect(1200 * Math.abs(mean(after) - mean(before))).toBeLessThan(5)
    expect(deviation(after) / deviation(before)).toBeGreaterThan(1.3)
  }
})

test('vibrato keeps its depth where only its rate changes, and turns more often', () => {
  const faster = { ...noStatistics('x'), tremorRateLogRatio: Math.log(1.3) }
  const octaves = expressPitch(sung, faster, asSung)
  const moved = sung.map((hz, frame) => hz * 2 ** (octaves?.[frame] ?? 0))
  const crossings = (values: number[]) =>
    values.filter((value, at) => at > 0 && value > mean(values) !== values[at - 1] > mean(values)).length
  const [before, after] = [sung, moved].map((values) => voicedLog(values.slice(220, 360), null))
  expect(crossings(after)).toBeGreaterThan(crossings(before))
  expect(deviation(after) / deviation(before)).toBeGreaterThan(0.7)
})

test('whatever the table, the median of no sung note leaves its place by more than is allowed', () => {
  const number = (limit: number) => fc.double({ min: -limit, max: limit, noNaN: true })
  fc.assert(
    fc.property(number(1), number(1.5), number(1.5), number(0.3), (offset, spread, tremor, rate) => {
      const table = {
        ...noStatistics('x'),
        pitchOffsetOctaves: offset,
        pitchSpreadLogRatio: spread,
        tremorLogRatio: tremor,
        tremorRateLogRatio: rate,
      }
      const octaves = expressPitch(sung, table, { intensity: 1.5, isSung: true }) ?? new Float64Array(800)
      for (const note of [0, 1, 2, 3]) {
        const [before, after] = [sung, sung.map((hz, frame) => hz * 2 ** octaves[frame])].map(
          (values) => voicedLog(values.slice(note * 200, note * 200 + 180), null).sort((a, b) => a - b)[90],
        )
        expect(1200 * Math.abs(after - before)).toBeLessThan(GREATEST_NOTE_MOVE_CENTS)
      }
    }),
    { numRuns: 40 },
  )
})

test('glides between sung notes do not move, wherever one hears notes begin', () => {
  const gliding = Float64Array.from({ length: 600 }, (_, frame) => {
    const glide = Math.min(Math.max((frame % 200) - 120, 0) / 60, 1)
    return 220 * 2 ** ((4 * (Math.floor(frame / 200) + glide)) / 12)
  })
  const table = { ...noStatistics('x'), pitchSpreadLogRatio: 0.8, tremorLogRatio: 0.8 }
  const octaves = expressPitch(gliding, table, { intensity: 1.5, isSung: true }) ?? new Float64Array(1).fill(NaN)
  for (const at of [130, 150, 170, 330, 350, 370]) expect(Math.abs(octaves[at])).toBe(0)
})

test('voice between two pauses in which no note is held keeps its pitch to the bit', () => {
  const chopped = sung.map((hz, frame) => (frame < 400 || frame % 50 < 40 ? hz : 0))
  const table = { ...noStatistics('x'), pitchSpreadLogRatio: 0.8, tremorLogRatio: 0.8, jitterLogRatio: 0.8 }
  const octaves = expressPitch(chopped, table, { intensity: 1.5, isSung: true }) ?? new Float64Array(1).fill(NaN)
  expect(octaves.subarray(60, 120).some((move) => Math.abs(move) > 0.01)).toBe(true)
  expect(octaves.subarray(400).every((move) => 2 ** move === 1)).toBe(true)
})

test('note centers ignore vibrato', () => {
  expect(1200 * Math.abs(noteCenters(sung)[100] - Math.log2(220))).toBeLessThan(12)
})

test('a curve of intensity acts frame by frame', () => {
  const curve = Float32Array.from({ length: 800 }, (_, frame) => (frame < 400 ? 0 : 1))
  const octaves = expressPitch(spoken, happy, asSpoken(curve))
  expect(octaves?.subarray(0, 400).every((value) => value === 0)).toBe(true)
  expect(octaves?.[450]).not.toBe(0)
})
