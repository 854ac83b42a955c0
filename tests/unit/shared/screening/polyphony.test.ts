import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { detectPolyphony } from '../../../../src/shared/screening/polyphony.ts'
import {
  demoHarmonyScore,
  demoLeadScore,
  exerciseScore,
  synthesize,
  transposeScore,
  voices,
} from '../../../../src/shared/synthesizer/index.ts'

const RATE_HZ = 24_000
const solo = (voice: keyof typeof voices, seed: number, semitones = 0) =>
  synthesize(transposeScore(exerciseScore(8, createRandom(seed)), semitones), voices[voice], RATE_HZ, seed).samples
const sum = (a: Float32Array, b: Float32Array) =>
  Float32Array.from({ length: Math.min(a.length, b.length) }, (_, index) => a[index] + b[index])

test('every voice of the synthesizer alone is a solo voice, at any loudness', () => {
  for (const voice of ['lead', 'low', 'high', 'harmony'] as const) {
    const samples = solo(voice, 4)
    expect(detectPolyphony(samples, RATE_HZ).isPolyphonic).toBe(false)
    const quiet = samples.map((value) => value / 256)
    expect(detectPolyphony(quiet, RATE_HZ).secondPitchShare).toBe(detectPolyphony(samples, RATE_HZ).secondPitchShare)
  }
})

test.each([3, 4, 5, 9])('two voices %i semitones apart are more than a solo voice', (interval) => {
  const both = sum(solo('lead', 7), solo('high', 7, interval))
  expect(detectPolyphony(both, RATE_HZ).isPolyphonic).toBe(true)
})

test('the demo song’s lead and harmony are solo voices, and their sum is not', () => {
  const part = (samples: Float32Array) => samples.slice(5 * RATE_HZ, 17 * RATE_HZ)
  const lead = part(synthesize(demoLeadScore, voices.lead, RATE_HZ, 84).samples)
  const harmony = part(synthesize(demoHarmonyScore, voices.harmony, RATE_HZ, 85).samples)
  const verdicts = [lead, harmony, sum(lead, harmony)].map((samples) => detectPolyphony(samples, RATE_HZ).isPolyphonic)
  expect(verdicts).toEqual([false, false, true])
})

test('a chord of three tones is more than one voice, and one tone with vibrato is one', () => {
  const tone = (hz: number, vibrato: number) => {
    let phase = 0
    return Float32Array.from({ length: 4 * RATE_HZ }, (_, n) => {
      phase += (hz * 2 ** ((vibrato * Math.sin((2 * Math.PI * 5.5 * n) / RATE_HZ)) / 12)) / RATE_HZ
      return [1, 2, 3, 4, 5, 6].reduce((total, k) => total + Math.sin(2 * Math.PI * k * phase) / k, 0) * 0.1
    })
  }
  const chord = sum(sum(tone(220, 0.2), tone(277.2, 0.2)), tone(329.6, 0.2))
  expect(detectPolyphony(chord, RATE_HZ).isPolyphonic).toBe(true)
  expect(detectPolyphony(tone(220, 0.8), RATE_HZ).isPolyphonic).toBe(false)
})

test('noise, silence and too little sound are no second voice', () => {
  const random = createRandom(2)
  const noise = Float32Array.from({ length: 5 * RATE_HZ }, () => 0.2 * random.normal())
  expect(detectPolyphony(noise, RATE_HZ).isPolyphonic).toBe(false)
  expect(detectPolyphony(new Float32Array(RATE_HZ), RATE_HZ)).toEqual({
    secondPitchShare: 0,
    score: 0,
    activeSec: 0,
    isPolyphonic: false,
  })
  expect(detectPolyphony(new Float32Array(0), RATE_HZ).isPolyphonic).toBe(false)
})

test('any finite sound at any rate gives a share from 0 to 1', () => {
  const sound = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { maxLength: 3000 })
  fc.assert(
    fc.property(sound, fc.constantFrom(8000, 16_000, 48_000, 96_000), (values, rateHz) => {
      const { secondPitchShare } = detectPolyphony(Float64Array.from(values), rateHz)
      expect(secondPitchShare).toBeGreaterThanOrEqual(0)
      expect(secondPitchShare).toBeLessThanOrEqual(1)
    }),
    { numRuns: 30 },
  )
})
