import { expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { playedAgreement } from '../../../../src/shared/conversion/played-agreement.ts'
import { sourceOf } from '../../../../src/shared/conversion/sound.ts'
import { instruments, play } from '../../../support/instruments.ts'

const RATE_HZ = 16_000
const FRAMES_PER_SEC = 200
/** Eight notes, each plainly apart from its neighbors. */
const notes = [60, 64, 67, 72, 65, 60, 69, 62].map((midi) => ({ midi, durationSec: 0.4 }))

function played(instrument: keyof typeof instruments, bySemitones = 0, lateSec = 0) {
  const moved = notes.map(({ midi, durationSec }) => ({ midi: midi + bySemitones, durationSec }))
  const { samples, f0Hz } = play(instruments[instrument], moved, RATE_HZ, createRandom(2))
  const late = Math.round(lateSec * RATE_HZ)
  const sound = new Float32Array(samples.length)
  sound.set(samples.subarray(0, samples.length - late), late)
  const f0 = Float32Array.from({ length: (f0Hz.length * FRAMES_PER_SEC) / RATE_HZ }, (_, frame) =>
    late > 0 ? 0 : f0Hz[(frame * RATE_HZ) / FRAMES_PER_SEC],
  )
  return { sound: sourceOf([sound], RATE_HZ), f0 }
}

const agreement = (asked: ReturnType<typeof played>, answer: ReturnType<typeof played>) =>
  playedAgreement(asked.sound, answer.sound, { expectedF0: asked.f0, renderF0: answer.f0 }, (samples) => samples)

const flute = played('flute')

test('the same notes on another instrument keep the whole melody and their beginnings', () => {
  const found = agreement(flute, played('fiddle'))
  expect(found.withinShare).toBe(1)
  expect(found.medianCents).toBeLessThan(20)
  expect(found.onsetCount).toBeGreaterThanOrEqual(notes.length - 1)
  expect(found.foundOnsetCount).toBeGreaterThanOrEqual(found.onsetCount - 1)
})

test('a melody that is a semitone off is none, though everything begins in time', () => {
  const found = agreement(flute, played('flute', 1))
  expect(found.withinShare).toBe(0)
  expect(found.medianCents).toBeCloseTo(100, 0)
  expect(found.foundOnsetCount).toBe(found.onsetCount)
})

test('what begins a tenth of a second late is not found, and without a pitch nothing is said of the melody', () => {
  const found = agreement(flute, played('flute', 0, 0.1))
  expect(found).toMatchObject({ withinShare: null, medianCents: null })
  expect(found.renderOnsetCount).toBeGreaterThan(0)
  expect(found.foundOnsetCount).toBeLessThan(found.onsetCount / 4)
})

test('a sound longer than the pieces it is heard in has each of its beginnings once', () => {
  const { samples } = play(instruments.fiddle, notes, RATE_HZ, createRandom(2))
  const long = new Float32Array(22 * RATE_HZ)
  long.set(samples, 18.5 * RATE_HZ)
  const sound = sourceOf([long], RATE_HZ)
  const none = { expectedF0: new Float32Array(1), renderF0: new Float32Array(1) }
  const found = playedAgreement(sound, sound, none, (heard) => heard)
  const alone = playedAgreement(sourceOf([samples], RATE_HZ), sourceOf([samples], RATE_HZ), none, (heard) => heard)
  expect(found.foundOnsetCount).toBe(found.onsetCount)
  expect(Math.abs(found.onsetCount - alone.onsetCount)).toBeLessThanOrEqual(1)
})
