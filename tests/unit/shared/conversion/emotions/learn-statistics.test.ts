import { expect, test } from 'vitest'
import { createRandom } from '../../../../../src/shared/base/random.ts'
import { learnStatistics, type EmotionClip } from '../../../../../src/shared/conversion/emotions/learn-statistics.ts'
import { measureClip, type ClipMeasure } from '../../../../../src/shared/conversion/emotions/measure-clip.ts'
import { tremorRateHz } from '../../../../../src/shared/conversion/emotions/tremor-rate.ts'
import { emotions, NEUTRAL_ID } from '../../../../../src/shared/conversion/emotions/registry.ts'

const measure = (change: Partial<ClipMeasure> = {}): ClipMeasure => ({
  meanLog2F0: 7.5,
  pitchSlopeOctavesPerSec: 0,
  pitchDeviation: 0.1,
  tremorDeviation: 0.02,
  tremorRateHz: null,
  jitterDeviation: 0.005,
  energyDeviation: 2,
  energyModulation: 0.5,
  breathDb: -12,
  meanShape: new Float64Array(64),
  articulation: new Float64Array(64).fill(1),
  ...change,
})
const clip = (speakerId: string, emotionId: string, change: Partial<ClipMeasure> = {}): EmotionClip => ({
  speakerId,
  emotionId,
  measure: measure(change),
})

test('a table holds what differs from neutral, averaged over speakers', () => {
  const tables = learnStatistics([
    clip('ada', 'neutral'),
    clip('ada', 'neutral'),
    clip('ada', 'happy', { meanLog2F0: 7.9, pitchDeviation: 0.2 }),
    clip('ada', 'happy', { meanLog2F0: 7.9, pitchDeviation: 0.2 }),
    clip('ben', 'neutral', { meanLog2F0: 6.5 }),
    clip('ben', 'neutral', { meanLog2F0: 6.5 }),
    clip('ben', 'happy', { meanLog2F0: 6.7, energyDeviation: 4, meanShape: new Float64Array(64).fill(0.5) }),
    clip('ben', 'happy', { meanLog2F0: 6.7, energyDeviation: 4, meanShape: new Float64Array(64).fill(0.5) }),
  ])
  expect(tables.map((table) => table.emotionId)).toEqual(['happy'])
  expect(tables[0].pitchOffsetOctaves).toBeCloseTo(0.3, 10)
  expect(tables[0].pitchSpreadLogRatio).toBeCloseTo(Math.log(2) / 2, 10)
  expect(tables[0].energySpreadLogRatio).toBeCloseTo(Math.log(2) / 2, 10)
  expect(tables[0].shapeOffset[10]).toBeCloseTo(0.25, 6)
})

test('a speaker with fewer than two clips of either kind does not count', () => {
  const few = [clip('ada', 'neutral'), clip('ada', 'neutral'), clip('ada', 'sad', { meanLog2F0: 7 })]
  expect(learnStatistics(few)).toEqual([])
  expect(learnStatistics([...few.slice(1), clip('ada', 'sad'), clip('ada', 'sad')])).toEqual([])
})

test('a clip is measured by its active and voiced frames alone', () => {
  const random = createRandom(3)
  const frames = 300
  const isVoice = (frame: number) => frame >= 100 && frame < 200
  const lm = Float64Array.from({ length: frames * 64 }, (_, at) =>
    isVoice(Math.floor(at / 64)) ? 0.02 * (at % 64) + 0.1 * random.normal() : -20,
  )
  const f0 = Float64Array.from({ length: frames }, (_, frame) => (isVoice(frame) ? 256 : 0))
  const breathy = { harmonicPower: new Float64Array(5).fill(1), noisePower: new Float64Array(5).fill(0.1) }
  const found = measureClip({ lm: Float32Array.from(lm), f0: Float32Array.from(f0), harmonicsToNoise: breathy })
  expect(found?.breathDb).toBeCloseTo(-10, 3)
  expect(found?.meanLog2F0).toBeCloseTo(8, 10)
  expect((found?.meanShape[60] ?? 0) - (found?.meanShape[10] ?? 0)).toBeCloseTo(1, 1)
  expect(measureClip({ lm: Float32Array.from(lm), f0: new Float32Array(frames), harmonicsToNoise: breathy })).toBeNull()
})

test('over 7 kHz a table goes on as beside it, and under the lowest harmonics it holds what was measured', () => {
  const meanShape = Float64Array.from({ length: 64 }, (_, band) => (band < 3 ? -2 : band > 60 ? 9 : 0.5))
  const neutral = [clip('ada', 'neutral'), clip('ada', 'neutral')]
  const [table] = learnStatistics([...neutral, clip('ada', 'sad', { meanShape }), clip('ada', 'sad', { meanShape })])
  table.shapeOffset.forEach((value, band) => expect(value).toBeCloseTo(band < 3 ? -2 : 0.5, 6))
})

test('a rate of vibrato is claimed only where both ways of singing have one', () => {
  const neutral = [5, 5].map((tremorRateHz) => clip('ada', 'neutral', { tremorRateHz }))
  const sad = (tremorRateHz: number | null) => [6, 6].map(() => clip('ada', 'sad', { tremorRateHz }))
  expect(learnStatistics([...neutral, ...sad(6)])[0].tremorRateLogRatio).toBeCloseTo(Math.log(1.2), 6)
  expect(learnStatistics([...neutral, ...sad(null)])[0].tremorRateLogRatio).toBe(0)
})

test('the rate of a vibrato is found, and none where the pitch only wanders', () => {
  const random = createRandom(9)
  const vibrato = Float64Array.from(
    { length: 300 },
    (_, frame) => 220 * 2 ** (0.02 * Math.sin(frame * 0.03 * Math.PI * 2)),
  )
  expect(tremorRateHz(vibrato)).toBeCloseTo(6, 0)
  let octaves = 0
  const wandering = Float64Array.from({ length: 300 }, () => 220 * 2 ** (octaves += 0.0005 * random.normal()))
  expect(tremorRateHz(wandering)).toBeNull()
})

test('every emotion has its own id and label, and neutral is among them', () => {
  expect(new Set(emotions.map((emotion) => emotion.id)).size).toBe(emotions.length)
  expect(new Set(emotions.map((emotion) => emotion.label)).size).toBe(emotions.length)
  expect(emotions.map((emotion) => emotion.id)).toContain(NEUTRAL_ID)
})
