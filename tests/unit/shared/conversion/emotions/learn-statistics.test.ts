import { expect, test } from 'vitest'
import { createRandom } from '../../../../../src/shared/base/random.ts'
import {
  learnStatistics,
  measureClip,
  type ClipMeasure,
  type EmotionClip,
} from '../../../../../src/shared/conversion/emotions/learn-statistics.ts'
import { emotions, NEUTRAL_ID } from '../../../../../src/shared/conversion/emotions/registry.ts'

const measure = (change: Partial<ClipMeasure> = {}): ClipMeasure => ({
  meanLog2F0: 7.5,
  pitchDeviation: 0.1,
  meanShape: new Float64Array(64),
  energyDeviation: 2,
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
  const found = measureClip(lm, f0)
  expect(found?.meanLog2F0).toBeCloseTo(8, 10)
  expect((found?.meanShape[60] ?? 0) - (found?.meanShape[10] ?? 0)).toBeCloseTo(1, 1)
  expect(measureClip(lm, new Float64Array(frames))).toBeNull()
})

test('every emotion has its own id and label, and neutral is among them', () => {
  expect(new Set(emotions.map((emotion) => emotion.id)).size).toBe(emotions.length)
  expect(new Set(emotions.map((emotion) => emotion.label)).size).toBe(emotions.length)
  expect(emotions.map((emotion) => emotion.id)).toContain(NEUTRAL_ID)
})
