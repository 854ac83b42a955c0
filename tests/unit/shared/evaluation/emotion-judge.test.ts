import { expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import {
  EMOTION_JUDGE_RATE_HZ,
  expressiveStatistics,
  personalStandard,
  trainEmotionJudge,
  type EmotionExample,
} from '../../../../src/shared/evaluation/index.ts'

const emotionIds = ['neutral', 'happy', 'sad']
const random = createRandom(2)

/** People whose voices differ far more than their emotions do. */
function clipsOf(person: string, offset: number, scale: number): EmotionExample[] {
  return emotionIds.flatMap((emotionId, emotion) =>
    Array.from({ length: 8 }, () => ({
      person,
      emotionId,
      values: [
        offset + scale * (emotion === 1 ? 1 : 0) + 0.2 * scale * random.normal(),
        -offset + scale * (emotion === 2 ? 1 : 0) + 0.2 * scale * random.normal(),
        random.normal(),
      ],
    })),
  )
}

test('a judge names the emotions of somebody whom it never heard, whatever their voice', () => {
  const judge = trainEmotionJudge([...clipsOf('ada', 30, 1), ...clipsOf('ben', -50, 3)], emotionIds)
  const own = clipsOf('eve', 200, 0.5)
  const standard = personalStandard(own)
  const right = own.filter(({ emotionId, values }) => {
    const probabilities = judge.probabilities(standard(values))
    expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 9)
    return emotionIds[probabilities.indexOf(Math.max(...probabilities))] === emotionId
  })
  expect(right.length).toBeGreaterThan(0.85 * own.length)
})

test('a person’s middle counts every emotion once, however often it was performed', () => {
  const clip = (emotionId: string, value: number) => ({ person: 'ada', emotionId, values: [value] })
  const standard = personalStandard([clip('neutral', 0), clip('happy', 2), clip('happy', 2), clip('happy', 2)])
  expect(standard([1])[0]).toBe(0)
})

const hiss = createRandom(3)
/** With a little hiss, without which a louder copy reaches further over the floor. */
const tone = (hz: number, seconds: number) =>
  Float32Array.from({ length: seconds * EMOTION_JUDGE_RATE_HZ }, (_, index) => {
    const sec = index / EMOTION_JUDGE_RATE_HZ
    return (
      0.01 * hiss.uniform() +
      0.3 * (0.6 + 0.4 * Math.sin(9 * sec)) * Math.sin(2 * Math.PI * hz * sec + Math.sin(30 * sec))
    )
  })

test('what tells an emotion holds the pitch’s level and range, and is the same for a louder copy', () => {
  const f0 = Float64Array.from({ length: 400 }, (_, frame) => 200 * 2 ** (frame / 400))
  const sound = tone(300, 2)
  const values = expressiveStatistics(sound, f0) ?? []
  expect(values[0]).toBeCloseTo(Math.log2(200) + 0.5, 1)
  expect(values[2]).toBeCloseTo(0.9, 1)
  const louder =
    expressiveStatistics(
      sound.map((value) => 2 * value),
      f0,
    ) ?? []
  values.forEach((value, index) => expect(louder[index]).toBeCloseTo(value, 1))
})

test('silence, and sound without pitch, tell nothing', () => {
  expect(expressiveStatistics(new Float32Array(32_000), new Float64Array(400))).toBeNull()
  expect(expressiveStatistics(tone(300, 2), new Float64Array(400))).toBeNull()
})
