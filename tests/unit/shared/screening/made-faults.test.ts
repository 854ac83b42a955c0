import { expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { createClipExaminer, type ClipFacts } from '../../../../src/shared/screening/clip-facts.ts'
import { createClippingMeter } from '../../../../src/shared/screening/clipping.ts'
import { findSameAudio } from '../../../../src/shared/screening/same-audio.ts'
import { exerciseScore, synthesize, voices } from '../../../../src/shared/synthesizer/index.ts'
import { findRoom } from '../../../../src/main/compute/clips/room-finding.ts'
import { atPeak } from '../../../support/doctor-cases.ts'
import { clipped, inRoom, lowPassed, rounded, withNoise } from '../../../support/made-faults.ts'

const RATE_HZ = 24_000
const names = ['lead', 'low', 'high', 'harmony'] as const
const sung = new Map(
  names.map((name, index) => [
    name,
    atPeak(synthesize(exerciseScore(7, createRandom(index)), voices[name], RATE_HZ, index).samples),
  ]),
)
const clean = [...sung.values()]

function factsOf(samples: Float32Array, rateHz = RATE_HZ): ClipFacts {
  const examiner = createClipExaminer(rateHz, samples.length / rateHz, null)
  const kept = rounded(samples)
  // In blocks of any length: what is found does not depend on them.
  for (let start = 0; start < kept.length; start += 7919) examiner.push(kept.subarray(start, start + 7919))
  return examiner.finish()
}
const roomFaults = (samples: Float32Array) => findRoom(factsOf(samples)).map(({ fault }) => fault)

test('dry voices without noise are found dry and without noise', () => {
  for (const samples of clean) expect(roomFaults(samples)).toEqual([])
})

test('noise 20 dB under a voice is found, white or pink, and is not taken for a room', () => {
  for (const samples of clean)
    for (const color of ['white', 'pink'] as const)
      expect(roomFaults(withNoise(samples, RATE_HZ, 20, color, 3))).toEqual(['noisy'])
})

test('the level of noise is told to 4 dB', () => {
  for (const underDb of [10, 20])
    for (const samples of clean) {
      const { voiceOverNoiseDb } = factsOf(withNoise(samples, RATE_HZ, underDb, 'white', 5))
      expect(Math.abs((voiceOverNoiseDb ?? 0) - underDb)).toBeLessThan(4)
    }
})

test.each([
  [0.6, 3],
  [1.2, 6],
  [2, 6],
])('a room of %d s whose direct sound is %d dB over it is found', (decaySec, directDb) => {
  for (const samples of clean)
    expect(roomFaults(atPeak(inRoom(samples, RATE_HZ, decaySec, directDb, 7)))).toEqual(['reverberant'])
})

test('flat tops are found at any level, and no clean voice has them', () => {
  const topsOf = (samples: Float32Array) => {
    const meter = createClippingMeter()
    for (let start = 0; start < samples.length; start += 5000) meter.push([samples.subarray(start, start + 5000)])
    return meter.finish()
  }
  for (const samples of clean) {
    expect(topsOf(rounded(samples)).flatTopCount).toBeLessThan(2)
    for (const levelDb of [0, -11])
      expect(topsOf(rounded(clipped(samples, 6, levelDb))).flatTopCount).toBeGreaterThan(9)
  }
})

test('an edge that a coder left is found within a kilohertz, and a voice that fades has none', () => {
  const wide = synthesize(exerciseScore(4, createRandom(1)), voices.lead, 48_000, 1).samples
  const random = createRandom(9)
  const microphone = wide.map((value) => value + 3e-5 * random.normal())
  expect(factsOf(microphone, 48_000).cutoffHz).toBeNull()
  for (const cutoffHz of [7000, 11_000, 16_000]) {
    const found = factsOf(lowPassed(microphone, 48_000, cutoffHz), 48_000).cutoffHz ?? 0
    expect(Math.abs(found - cutoffHz)).toBeLessThan(1000)
  }
})

test('white noise under a voice is no edge of the spectrum', () => {
  for (const samples of clean) expect(factsOf(withNoise(samples, RATE_HZ, 20, 'white', 1)).cutoffHz).toBeNull()
})

test('the same audio is found at another level and trim, with its place, and two songs of one voice are not the same', () => {
  const prints = clean.map((samples) => factsOf(samples).fingerprint)
  clean.forEach((samples, index) => {
    const copy = factsOf(samples.subarray(RATE_HZ).map((value) => value / 5)).fingerprint
    const found = findSameAudio(prints[index], copy)
    expect(found?.share).toBeGreaterThan(0.9)
    expect(found?.offsetSec).toBeCloseTo(1, 1)
    expect(findSameAudio(copy, prints[index])?.offsetSec).toBeCloseTo(-1, 1)
    const other = synthesize(exerciseScore(7, createRandom(50 + index)), voices[names[index]], RATE_HZ, 1).samples
    expect(findSameAudio(prints[index], factsOf(atPeak(other)).fingerprint)).toBeNull()
  })
})

test('silence, one sample and nothing are examined without a finding', () => {
  for (const length of [0, 1, 3000]) {
    const facts = factsOf(new Float32Array(length))
    expect(facts).toMatchObject({ voiceOverNoiseDb: null, steepestFallDb: null, cutoffHz: null, slices: [] })
    expect(findRoom(facts)).toEqual([])
  }
})
