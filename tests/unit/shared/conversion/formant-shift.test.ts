import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formantChange, shiftFormants } from '../../../../src/shared/conversion/formant-shift.ts'
import { melBands, POWER_FLOOR } from '../../../../src/shared/conversion/features.ts'
import { logMelPower } from '../../../../src/shared/dsp/mel.ts'
import { cheapTrick, harvest } from '../../../../src/shared/world/index.ts'

const RATE_HZ = 24_000
/** The pitch glides, so that harmonics pass everywhere and the mean envelope knows no grid. */
const F0_HZ = [85, 130] as const
const pitchRange = { f0FloorHz: 65, f0CeilHz: 1000, framePeriodSec: 0.005 }

/** A vowel: pulses through resonances. */
function vowel(formantsHz: readonly number[]): Float64Array {
  let phase = 0
  let x = Float64Array.from({ length: RATE_HZ }, (_, n) => {
    const before = Math.floor(phase)
    phase += (F0_HZ[0] + ((F0_HZ[1] - F0_HZ[0]) * n) / RATE_HZ) / RATE_HZ
    return Math.floor(phase) - before
  })
  for (const hz of formantsHz) {
    const radius = Math.exp((-Math.PI * 90) / RATE_HZ)
    const turn = 2 * radius * Math.cos((2 * Math.PI * hz) / RATE_HZ)
    let [y1, y2] = [0, 0]
    x = x.map((value) => {
      const y = value + turn * y1 - radius * radius * y2
      ;[y2, y1] = [y1, y]
      return y
    })
  }
  const peak = x.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  return x.map((value) => (0.5 * value) / peak)
}

const pitchOf = (x: Float64Array) => harvest(x, RATE_HZ, pitchRange)
const envelopesOf = (x: Float64Array) => cheapTrick(x, RATE_HZ, pitchOf(x), { fftSize: 1024 })

function logMelOf(x: Float64Array): Float64Array {
  const { frameCount, binCount, values } = envelopesOf(x)
  const lm = new Float64Array(64 * frameCount)
  for (let frame = 0; frame < frameCount; frame++)
    logMelPower(melBands(), values.subarray(frame * binCount, (frame + 1) * binCount), POWER_FLOOR, lm, frame * 64)
  return lm
}

/** Where the mean envelope of the middle of a sound is highest around a frequency. */
function peakNear(x: Float64Array, hz: number): number {
  const { frameCount, binCount, values } = envelopesOf(x)
  const binHz = RATE_HZ / (2 * (binCount - 1))
  const level = (bin: number) => {
    let sum = 0
    for (let frame = 40; frame < frameCount - 40; frame++) sum += Math.log(values[frame * binCount + bin])
    return sum
  }
  const bins = Array.from({ length: binCount }, (_, bin) => bin).filter((bin) => Math.abs(bin * binHz - hz) < 0.13 * hz)
  const best = bins.reduce((highest, bin) => (level(bin) > level(highest) ? bin : highest))
  const [left, middle, right] = [best - 1, best, best + 1].map(level)
  return (best + (0.5 * (left - right)) / (left - 2 * middle + right)) * binHz
}

const FORMANTS_HZ = [700, 1300, 2600]
/** The higher resonances hold the envelope up, as in any voice. */
const voice = vowel([...FORMANTS_HZ, 3600, 4600, 5700, 6800])
const lm = logMelOf(voice)
const energy = (x: Float64Array) => x.reduce((sum, value) => sum + value * value, 0)

test.each([-6, -4, -2, 2, 4, 6])('moved by %i semitones, every formant moves by the ratio', (semitones) => {
  const [moved] = shiftFormants([voice], RATE_HZ, lm, semitones)
  for (const hz of FORMANTS_HZ) {
    const ratio = peakNear(moved, hz * 2 ** (semitones / 12)) / peakNear(voice, hz)
    expect(Math.abs(12 * Math.log2(ratio) - semitones)).toBeLessThan(0.7)
  }
})

test.each([-6, 6])('moved by %i semitones, a voice keeps its pitch, its length and its level', (semitones) => {
  const [moved] = shiftFormants([voice], RATE_HZ, lm, semitones)
  expect(moved.length).toBe(voice.length)
  const [before, after] = [pitchOf(voice), pitchOf(moved)]
  for (let frame = 20; frame < before.length - 20; frame++)
    expect(Math.abs(1200 * Math.log2(after[frame] / before[frame]))).toBeLessThan(3)
  expect(Math.abs(10 * Math.log10(energy(moved) / energy(voice)))).toBeLessThan(0.5)
})

test('a shift of 0 gives every bit back, and a shift there and back is nearly where it was', () => {
  expect(shiftFormants([voice], RATE_HZ, lm, 0)).toEqual([voice])
  const [there] = shiftFormants([voice], RATE_HZ, lm, 4)
  const [back] = shiftFormants([there], RATE_HZ, logMelOf(there), -4)
  for (const hz of FORMANTS_HZ) expect(Math.abs(peakNear(back, hz) / peakNear(voice, hz) - 1)).toBeLessThan(0.03)
})

test('more than six semitones count as six', () => {
  expect(shiftFormants([voice], RATE_HZ, lm, 9)).toEqual(shiftFormants([voice], RATE_HZ, lm, 6))
})

test('any length and any envelope gives finite samples of that length, silence exactly silent', () => {
  const request = fc.record({
    length: fc.integer({ min: 0, max: 3000 }),
    semitones: fc.double({ min: -6, max: 6, noNaN: true }),
    level: fc.double({ min: -25, max: 10, noNaN: true }),
    gain: fc.constantFrom(0, 1),
  })
  fc.assert(
    fc.property(request, ({ length, semitones, level, gain }) => {
      const x = Float64Array.from({ length }, (_, n) => gain * Math.sin(n * n))
      const envelope = Float64Array.from({ length: 64 * (Math.floor(length / 120) + 1) }, (_, n) => level + Math.sin(n))
      const [moved] = shiftFormants([x], RATE_HZ, envelope, semitones)
      expect(moved.length).toBe(length)
      expect(moved.every(Number.isFinite)).toBe(true)
      if (gain === 0) expect(moved.every((value) => value === 0)).toBe(true)
    }),
    { numRuns: 40 },
  )
})

test('a level that is the same in every band leaves nothing to move', () => {
  const difference = new Float64Array(64)
  formantChange(new Float64Array(128).fill(-3), 5).readDifference(1, difference)
  expect(difference.every((value) => value === 0)).toBe(true)
})
