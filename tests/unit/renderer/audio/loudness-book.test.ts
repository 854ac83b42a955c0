import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Part } from '../../../../src/renderer/audio/arrangement.ts'
import { LoudnessBook } from '../../../../src/renderer/audio/loudness-book.ts'
import { integratedLoudness } from '../../../../src/shared/dsp/loudness.ts'

const RATE = 48_000
const tone = (gain: number, hz: number): Float32Array<ArrayBuffer> =>
  Float32Array.from({ length: 2 * RATE }, (_, index) => gain * Math.sin((2 * Math.PI * hz * index) / RATE))

const part: Part = {
  id: 'a',
  stripId: 'lane',
  startSamples: 0,
  durationSamples: RATE,
  original: { mediaId: 'source', startSamples: RATE / 2 },
  converted: { mediaId: 'render', startSamples: 0 },
  takes: [],
  gain: 1,
  fadeInSamples: 0,
  fadeOutSamples: 0,
  heard: 'converted',
}
const bookOf = (media: Readonly<Record<string, Float32Array<ArrayBuffer>>>): LoudnessBook =>
  new LoudnessBook(
    {
      read: ({ mediaId, startSamples, endSamples }) =>
        Promise.resolve(
          media[mediaId] ? { rateHz: RATE, channels: [media[mediaId].slice(startSamples, endSamples)] } : null,
        ),
    },
    () => Promise.resolve(),
  )

test('the original is brought to within half a unit of loudness of the converted', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.double({ min: 0.1, max: 0.9, noNaN: true }),
      fc.double({ min: 0.1, max: 0.9, noNaN: true }),
      async (sourceGain, renderGain) => {
        const [source, render] = [tone(sourceGain, 220), tone(renderGain, 440)]
        const book = bookOf({ source, render })
        await book.measure([part])
        const gain = book.originalGainOf(part)
        const matched = source.subarray(RATE / 2, RATE * 1.5).map((sample) => sample * gain)
        const [heard, wanted] = [
          integratedLoudness([matched], RATE) ?? -Infinity,
          integratedLoudness([render.subarray(0, RATE)], RATE) ?? -Infinity,
        ]
        if (gain > 0.26 && gain < 3.9) expect(Math.abs(heard - wanted)).toBeLessThan(0.5)
      },
    ),
    { numRuns: 12 },
  )
})

test('what is not measured, silent, or has no conversion stays as it is', async () => {
  const book = bookOf({ source: tone(0.5, 220), render: new Float32Array(2 * RATE) })
  expect(book.originalGainOf(part)).toBe(1)
  expect(await book.measure([part])).toBe(true)
  expect(await book.measure([part])).toBe(false)
  expect(book.originalGainOf(part)).toBe(1)
  expect(book.originalGainOf({ ...part, converted: null })).toBe(1)
})

test('nothing is blown up by more than twelve decibels', async () => {
  const book = bookOf({ source: tone(0.01, 220), render: tone(0.9, 220) })
  await book.measure([part])
  expect(20 * Math.log10(book.originalGainOf(part))).toBeCloseTo(12, 6)
})
