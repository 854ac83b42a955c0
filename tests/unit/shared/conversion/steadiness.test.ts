import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isMelodic, isSung, measureSteadiness } from '../../../../src/shared/conversion/steadiness.ts'

const FRAMES_PER_SEC = 200
/** Notes of 0.9 s with vibrato of a third of a semitone, and pauses. */
const song = Float64Array.from({ length: 800 }, (_, frame) => {
  const note = [0, 4, 7, 5][Math.floor(frame / 200)]
  const vibrato = 0.3 * Math.sin(2 * Math.PI * 5.5 * frame * 0.005)
  return frame % 200 < 180 ? 220 * 2 ** ((note + vibrato) / 12) : 0
})
/** Glides of more than an octave a second. */
const speech = Float64Array.from({ length: 800 }, (_, frame) =>
  frame % 100 < 70 ? 120 * 2 ** (0.5 * Math.abs(Math.sin(frame * 0.035))) : 0,
)

test('speech is told from singing', () => {
  expect(isSung(measureSteadiness(song, FRAMES_PER_SEC))).toBe(true)
  expect(isMelodic(measureSteadiness(song, FRAMES_PER_SEC))).toBe(true)
  expect(isSung(measureSteadiness(speech, FRAMES_PER_SEC))).toBe(false)
  expect(isMelodic(measureSteadiness(speech, FRAMES_PER_SEC))).toBe(false)
})

test('notes under a wide vibrato are sung, though the pitch never stands still', () => {
  const wide = song.map((hz, frame) => hz * 2 ** ((0.7 * Math.sin(2 * Math.PI * 5.5 * frame * 0.005)) / 12))
  const found = measureSteadiness(wide, FRAMES_PER_SEC)
  expect(found.steadyCount / found.voicedCount).toBeLessThan(0.12)
  expect(isSung(found)).toBe(true)
})

test('the same voice at half the frames is as steady', () => {
  const half = song.filter((_, frame) => frame % 2 === 0)
  const { steadyCount, voicedCount } = measureSteadiness(half, FRAMES_PER_SEC / 2)
  const whole = measureSteadiness(song, FRAMES_PER_SEC)
  expect(steadyCount / voicedCount).toBeCloseTo(whole.steadyCount / whole.voicedCount, 1)
})

test('nothing voiced is neither sung nor melodic', () => {
  const none = measureSteadiness(new Float64Array(500), FRAMES_PER_SEC)
  expect(none).toEqual({ voicedCount: 0, steadyCount: 0, noteCount: 0 })
  expect(isSung(none) || isMelodic(none)).toBe(false)
})

test('no more frames are steady than are voiced, and transposing changes nothing', () => {
  const pitch = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 80, max: 90, noNaN: true })), { maxLength: 300 })
  fc.assert(
    fc.property(pitch, (f0) => {
      const found = measureSteadiness(Float64Array.from(f0), FRAMES_PER_SEC)
      expect(found.steadyCount).toBeLessThanOrEqual(found.noteCount)
      expect(found.noteCount).toBeLessThanOrEqual(found.voicedCount)
      expect(found.voicedCount).toBe(f0.filter((hz) => hz > 0).length)
      expect(
        measureSteadiness(
          Float64Array.from(f0, (hz) => 2 * hz),
          FRAMES_PER_SEC,
        ),
      ).toEqual(found)
    }),
  )
})
