import { expect, test } from 'vitest'
import { noStatistics } from '../../../../../src/shared/conversion/emotions/definition.ts'
import { emotionColors } from '../../../../../src/shared/conversion/emotions/emotion-colors.ts'

const colored = (emotionId: string, low: number) => ({
  ...noStatistics(emotionId),
  shapeOffset: Float32Array.from({ length: 64 }, (_, band) => (band < 32 ? low : 0.3)),
})

test('speech gets less of an emotion’s own color and more of what all share, singing what parts them', () => {
  const [happy, angry] = emotionColors([colored('happy', 0.1), colored('angry', 0.5)])
  for (const { spoken, sung } of [happy, angry]) {
    expect(spoken[40]).toBeCloseTo(0.75 * 0.3 + 0.2, 6)
    expect(sung[40]).toBeCloseTo(1.5 * 0.3 - 0.5 * 0.2, 6)
  }
  expect([happy, angry].map(({ spoken }) => spoken[10])).toEqual([expect.closeTo(0.275, 6), expect.closeTo(0.575, 6)])
  expect([happy, angry].map(({ sung }) => sung[10])).toEqual([expect.closeTo(0.05, 6), expect.closeTo(0.65, 6)])
})

test('a table in which nothing differs has no color, whoever else shares it', () => {
  const [none] = emotionColors([noStatistics('none')])
  expect([...none.spoken, ...none.sung].every((value) => value === 0)).toBe(true)
})
