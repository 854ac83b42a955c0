import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { detectOnsets, onsetStrength } from '../../../../src/shared/dsp/onsets.ts'
import {
  demoHarmonyScore,
  demoLeadScore,
  synthesize,
  voices,
  type Score,
} from '../../../../src/shared/synthesizer/index.ts'

const RATE_HZ = 24_000
const TOLERANCE_SEC = 0.05
/** The longest consonant of the synthesizer: its own beginning, before the note's, is an onset too. */
const CONSONANT_SEC = 0.17

interface Trial {
  readonly score: Score
  readonly onsets: readonly number[]
}
let trials: readonly Trial[]
beforeAll(() => {
  trials = [
    { score: demoLeadScore, voice: voices.lead },
    { score: demoHarmonyScore, voice: voices.harmony },
  ].map(({ score, voice }) => ({ score, onsets: detectOnsets(synthesize(score, voice, RATE_HZ, 3).samples, RATE_HZ) }))
})

test('of the notes that the synthesizer sings at least 85 % have an onset within 50 ms of their start', () => {
  const notes = trials.flatMap(({ score, onsets }) =>
    score.notes.map(({ startSec }) => onsets.some((onset) => Math.abs(onset - startSec) <= TOLERANCE_SEC)),
  )
  expect(notes.length).toBeGreaterThan(60)
  expect(notes.filter(Boolean).length / notes.length).toBeGreaterThan(0.85)
})

test('of the onsets at least 85 % begin a note or one of its consonants', () => {
  const verdicts = trials.flatMap(({ score, onsets }) =>
    onsets.map((onset) =>
      score.notes.some(({ startSec, durationSec, syllable }) => {
        const beforeSec = syllable.onset === null ? TOLERANCE_SEC : CONSONANT_SEC
        const isBeginning = onset > startSec - beforeSec && onset < startSec + TOLERANCE_SEC
        const endSec = startSec + durationSec
        return isBeginning || (syllable.coda !== null && Math.abs(onset - endSec) < CONSONANT_SEC)
      }),
    ),
  )
  expect(verdicts.filter(Boolean).length / verdicts.length).toBeGreaterThan(0.85)
})

test('a vibrato of a semitone is no onset, and a jump by a fourth is', () => {
  let phase = 0
  const tone = Float32Array.from({ length: 3 * RATE_HZ }, (_, n) => {
    const seconds = n / RATE_HZ
    const hz = (seconds < 2 ? 220 : 293.66) * 2 ** (Math.sin(2 * Math.PI * 5.5 * seconds) / 24)
    phase += hz / RATE_HZ
    return [1, 2, 3, 4, 5, 6].reduce((sum, k) => sum + Math.sin(2 * Math.PI * k * phase) / k, 0) * 0.2
  })
  const inside = detectOnsets(tone, RATE_HZ).filter((onset) => onset > 0.2 && onset < 2.8)
  expect(inside.length).toBe(1)
  expect(Math.abs(inside[0] - 2)).toBeLessThan(TOLERANCE_SEC)
})

test('noise begins once, with at most one doubt in two seconds, and silence never', () => {
  const random = createRandom(1)
  const noise = Float32Array.from({ length: 20 * RATE_HZ }, (_, n) => (n < RATE_HZ ? 0 : 0.1 * random.normal()))
  const onsets = detectOnsets(noise, RATE_HZ)
  expect(onsets.some((onset) => Math.abs(onset - 1) < TOLERANCE_SEC)).toBe(true)
  expect(onsets.length).toBeLessThan(10)
  expect(detectOnsets(new Float32Array(RATE_HZ), RATE_HZ)).toEqual([])
  expect(detectOnsets(new Float32Array(0), RATE_HZ)).toEqual([])
})

test('loudness changes no onset, and any sound at any rate gives a finite strength per 5 ms', () => {
  const sung = synthesize(demoLeadScore, voices.lead, RATE_HZ, 3).samples.slice(0, 6 * RATE_HZ)
  expect(
    detectOnsets(
      sung.map((value) => value / 64),
      RATE_HZ,
    ),
  ).toEqual(detectOnsets(sung, RATE_HZ))
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { maxLength: 600 }),
      fc.constantFrom(8000, 22_050, 96_000),
      (values, rateHz) => {
        const strength = onsetStrength(Float64Array.from(values), rateHz)
        expect(strength.values.length).toBe(Math.floor((values.length * 200) / rateHz) + 1)
        expect(strength.values.every((value) => Number.isFinite(value) && value >= 0)).toBe(true)
      },
    ),
    { numRuns: 30 },
  )
})
