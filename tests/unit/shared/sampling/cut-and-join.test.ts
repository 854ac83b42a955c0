import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutAtQuietPlaces, cutOptionsFor, frameEnergies } from '../../../../src/shared/sampling/cut.ts'
import { joinParts, type SungPart } from '../../../../src/shared/sampling/join.ts'

const HOP = 800
const REACH = 6

test('parts follow one another from the first frame to the last, none longer than it may be', () => {
  const energies = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 4000 })
  fc.assert(
    fc.property(energies, (values) => {
      const options = cutOptionsFor(values.length, 20)
      const parts = cutAtQuietPlaces(values, options, REACH)
      expect(parts[0].fromFrame).toBe(0)
      expect(parts[parts.length - 1].toFrame).toBe(values.length)
      parts.forEach((part, index) => {
        if (index > 0) expect(part.fromFrame).toBe(parts[index - 1].toFrame)
        expect(part.toFrame - part.fromFrame).toBeGreaterThan(0)
        expect(part.toFrame - part.fromFrame).toBeLessThanOrEqual(options.mostFrames)
        expect(part.leadFrame).toBe(Math.max(part.fromFrame - REACH, 0))
        expect(part.tailFrame).toBeLessThanOrEqual(values.length)
      })
    }),
    { numRuns: 50 },
  )
})

test('a sound is cut in its rests', () => {
  const energies = Array.from({ length: 600 }, (_, frame) => (frame % 60 < 3 ? 1e-6 : 0.1))
  const parts = cutAtQuietPlaces(energies, { aimFrames: 60, mostFrames: 120 }, REACH)
  expect(parts.length).toBeGreaterThan(5)
  for (const { fromFrame } of parts.slice(1)) expect([1, 2]).toContain(fromFrame % 60)
})

test('energies are mean squares, with silence behind the end', () => {
  expect([...frameEnergies(Float32Array.of(1, 1, 1, 0, 2), 4)]).toEqual([0.75, 1])
})

/** What a sound of many partials is from `lead` to `tail`, begun at another time. */
function partsOf(sound: (sample: number) => number, frames: readonly number[], delays: readonly number[]): SungPart[] {
  return frames.slice(0, -1).map((fromFrame, index) => {
    const toFrame = frames[index + 1]
    const leadFrame = Math.max(fromFrame - REACH, 0)
    const tailFrame = Math.min(toFrame + 1, frames[frames.length - 1])
    const samples = Float32Array.from({ length: (tailFrame - leadFrame) * HOP }, (_, sample) =>
      sound(leadFrame * HOP + sample + delays[index]),
    )
    return { fromFrame, toFrame, leadFrame, tailFrame, samples }
  })
}

const voice = (sample: number) =>
  [1, 2, 3, 4, 5].reduce(
    (sum, partial) => sum + Math.sin((2 * Math.PI * 196 * partial * sample) / 16_000 + partial),
    0,
  ) / 8

test('parts that agree are joined to what they were', () => {
  const joined = joinParts(partsOf(voice, [0, 20, 45, 60], [0, 0, 0]), HOP)
  expect(joined.length).toBe(60 * HOP)
  for (let sample = 0; sample < joined.length; sample += 7) expect(joined[sample]).toBeCloseTo(voice(sample), 5)
})

test('a held tone whose parts are out of phase goes on without a jump and without a dip', () => {
  const joined = joinParts(partsOf(voice, [0, 20, 45, 60], [0, 37, -22]), HOP)
  const steps = Float64Array.from({ length: joined.length - 1 }, (_, at) => Math.abs(joined[at + 1] - joined[at]))
  const usual = Math.max(...steps.subarray(0, 10 * HOP))
  expect(Math.max(...steps)).toBeLessThan(1.1 * usual)
  const levels = [...frameEnergies(joined, HOP)]
  for (const level of levels) expect(level / levels[5]).toBeGreaterThan(0.85)
})

test('noise keeps its power where parts meet that have nothing in common', () => {
  let state = 1
  const noise = () => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 31 - 1) * 0.3
  const energyAt = (joined: Float32Array, from: number) =>
    joined.subarray(from, from + 320).reduce((sum, value) => sum + value * value, 0)
  let [seams, elsewhere] = [0, 0]
  for (let round = 0; round < 20; round++) {
    const joined = joinParts(partsOf(noise, [0, 12, 24], [0, 0]), HOP)
    seams += energyAt(joined, 12 * HOP)
    elsewhere += energyAt(joined, 5 * HOP)
  }
  expect(seams / elsewhere).toBeGreaterThan(0.85)
  expect(seams / elsewhere).toBeLessThan(1.15)
})
