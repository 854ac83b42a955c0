import { expect, test } from 'vitest'
import { compareFrames } from '../../../../src/shared/conversion/compared-frames.ts'
import { courseOf } from '../../../../src/shared/conversion/report-course.ts'

const FRAMES_PER_SEC = 200
const STEPS_PER_SEC = 1000

/** A second of one tone, then a second of `then` times its pitch at `level` times its power, then half a second of nothing. */
function courseWhere({ then, level }: { readonly then: number; readonly level: number }) {
  const along = (perSec: number, first: number, second: number) =>
    Float32Array.from({ length: 2.5 * perSec }, (_, at) => (at < perSec ? first : at < 2 * perSec ? second : 0))
  const sourceF0 = along(FRAMES_PER_SEC, 220, 220)
  const sourcePowers = along(STEPS_PER_SEC, 0.01, 0.01)
  const frames = compareFrames({
    sourceF0,
    expectedF0: sourceF0,
    renderF0: along(FRAMES_PER_SEC, 220, 220 * then),
    sourcePowers,
    stepsPerSec: STEPS_PER_SEC,
  })
  return courseOf({
    ...frames,
    durationSec: 2.5,
    sourcePowers,
    renderPowers: along(STEPS_PER_SEC, 0.01, 0.01 * level),
    stepsPerSec: STEPS_PER_SEC,
  })
}
/** The values of the spans that lie whole between the two times. */
const between = (values: readonly (number | null)[], fromSec: number, toSec: number, spanSec: number) =>
  values.filter((_, span) => span * spanSec >= fromSec && (span + 1) * spanSec <= toSec)

test('where a render goes off by a semitone and 6 dB is seen along the region, and silence says nothing', () => {
  const { spanSec, pitchErrorCents, voicingDisagreement, levelChangeDb } = courseWhere({
    then: 2 ** (1 / 12),
    level: 4,
  })
  expect(spanSec * pitchErrorCents.length).toBeCloseTo(2.5, 9)
  expect(new Set(between(pitchErrorCents, 0.1, 0.9, spanSec))).toEqual(new Set([0]))
  expect(new Set(between(pitchErrorCents, 1.1, 1.9, spanSec))).toEqual(new Set([100]))
  expect(new Set(between(levelChangeDb, 0.1, 0.9, spanSec))).toEqual(new Set([0]))
  expect(new Set(between(levelChangeDb, 1.1, 1.9, spanSec))).toEqual(new Set([6]))
  expect(new Set(between(voicingDisagreement, 0.1, 1.9, spanSec))).toEqual(new Set([0]))
  for (const values of [pitchErrorCents, voicingDisagreement, levelChangeDb])
    expect(new Set(between(values, 2.1, 2.5, spanSec))).toEqual(new Set([null]))
})

test('where the render has no voice the voicing differs, and the pitch is not told', () => {
  const { spanSec, pitchErrorCents, voicingDisagreement } = courseWhere({ then: 0, level: 1 })
  expect(new Set(between(voicingDisagreement, 1.1, 1.9, spanSec))).toEqual(new Set([1]))
  expect(new Set(between(pitchErrorCents, 1.1, 1.9, spanSec))).toEqual(new Set([null]))
})

test.each([0.02, 1, 3600])('a region of %d s has between one span and 120', (durationSec) => {
  const none = new Float32Array(0)
  const frames = { pitchErrorsCents: none, voicingDiffers: none }
  const powers = { sourcePowers: none, renderPowers: none, stepsPerSec: STEPS_PER_SEC }
  const { spanSec, pitchErrorCents } = courseOf({ ...frames, ...powers, durationSec })
  expect(pitchErrorCents.length).toBeGreaterThanOrEqual(1)
  expect(pitchErrorCents.length).toBeLessThanOrEqual(120)
  expect(spanSec * pitchErrorCents.length).toBeCloseTo(durationSec, 6)
})
