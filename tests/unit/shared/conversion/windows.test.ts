import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FailureError } from '../../../../src/shared/base/errors.ts'
import { silentProgress } from '../../../../src/shared/base/progress.ts'
import { sourceOf, type SampleSource } from '../../../../src/shared/conversion/sound.ts'
import { planSpan, surveySpan } from '../../../../src/shared/conversion/windows.ts'

const silence = (durationSamples: number, rateHz: number): SampleSource => ({
  rateHz,
  channelCount: 1,
  durationSamples,
  read: (_, count) => [new Float32Array(count)],
})

const regions = fc
  .record({
    rateHz: fc.constantFrom(8000, 11_025, 22_050, 44_100, 48_000, 96_000),
    before: fc.nat(100_000),
    duration: fc.integer({ min: 1, max: 400_000 }),
    after: fc.nat(100_000),
  })
  .map(({ rateHz, before, duration, after }) => ({
    source: silence(before + duration + after, rateHz),
    before,
    duration,
  }))

test('a region begins on a frame of its span, with as much of its source around it as there is', () => {
  fc.assert(
    fc.property(regions, ({ source, before, duration }) => {
      const span = planSpan(source, before, duration)
      expect(span.startSamples + span.regionStartSamples).toBe(before)
      expect(Number.isInteger((span.regionStartSamples * 200) / source.rateHz)).toBe(true)
      expect(span.regionStartSamples).toBeLessThanOrEqual(0.25 * source.rateHz)
      expect(span.startSamples + span.durationSamples).toBeLessThanOrEqual(source.durationSamples)
      expect(span.regionStartSamples + duration).toBeLessThanOrEqual(span.durationSamples)
    }),
  )
})

test('windows follow each other without gap or overlap, whole at every rate, and cover the span', () => {
  fc.assert(
    fc.property(regions, ({ source, before, duration }) => {
      const span = planSpan(source, before, duration)
      const { windows } = surveySpan(span, silentProgress, { shortestSec: 0.5, longestSec: 1 })
      let [sample, frame] = [0, 0]
      for (const window of windows) {
        expect([window.startSamples, window.startFrame]).toEqual([sample, frame])
        expect(window.startFrame % 2).toBe(0)
        expect((window.firstFrame * source.rateHz) / 200).toBe(window.firstSamples)
        expect((window.firstSamples * 24_000) / source.rateHz).toBe(window.firstFrame * 120)
        sample = window.endSamples
        frame = window.endFrame
      }
      expect([sample, frame]).toEqual([span.durationSamples, span.frameCount])
    }),
    { numRuns: 50 },
  )
})

test('a window ends where it is quietest', () => {
  const rateHz = 8000
  const loud = new Float32Array(3 * rateHz).fill(0.5)
  loud.fill(0, 1.4 * rateHz, 1.6 * rateHz)
  const span = planSpan(sourceOf([loud], rateHz), 0, loud.length)
  const { windows } = surveySpan(span, silentProgress, { shortestSec: 1, longestSec: 2 })
  expect(windows[0].endSamples / rateHz).toBeGreaterThan(1.4)
  expect(windows[0].endSamples / rateHz).toBeLessThan(1.6)
})

test('a sample that is no number is refused with its place', () => {
  const broken = new Float32Array(16_000)
  broken[12_000] = NaN
  const survey = () => surveySpan(planSpan(sourceOf([broken], 8000), 0, 16_000), silentProgress)
  expect(survey).toThrow(FailureError)
  expect(survey).toThrow('at 1.500 s')
})

test('a region that does not lie in its source is refused', () => {
  expect(() => planSpan(silence(100, 8000), 50, 51)).toThrow('do not lie in its source of 100')
})
