import { expect, test } from 'vitest'
import { integerCrossings, nearestMark } from '../../../../../src/shared/conversion/transposition/marks.ts'
import { median } from '../../../../../src/shared/conversion/transposition/phase.ts'
import { transpose } from '../../../../../src/shared/conversion/transposition/transpose.ts'
import { roughness } from '../../../../../src/shared/evaluation/roughness.ts'
import { harvest } from '../../../../../src/shared/world/index.ts'
import { sungSource } from '../../../../support/singers.ts'

const RATE_HZ = 24_000
const voice = Float64Array.from(sungSource(RATE_HZ, 1.2))
const pitchOf = (x: Float64Array) => harvest(x, RATE_HZ, { f0FloorHz: 65, f0CeilHz: 1000, framePeriodSec: 0.005 })
const f0 = pitchOf(voice)

/** Median distance in cents over frames that are voiced with their neighbors in both. */
function pitchError(found: Float64Array, expected: Float64Array): number {
  const errors: number[] = []
  for (let frame = 4; frame < expected.length - 4; frame++) {
    const near = [-4, -2, 0, 2, 4].map((offset) => frame + offset)
    if (near.every((at) => found[at] > 0 && expected[at] > 0))
      errors.push(Math.abs(1200 * Math.log2(found[frame] / expected[frame])))
  }
  expect(errors.length).toBeGreaterThan(60)
  return median(Float64Array.from(errors))
}

test.each([-12, -5, 3, 7, 12])('moved by %i semitones, the pitch is right to six cents', (semitones) => {
  const ratio = 2 ** (semitones / 12)
  const [moved] = transpose([voice], { rateHz: RATE_HZ, f0, ratio }).channels
  expect(moved.length).toBe(voice.length)
  expect(
    pitchError(
      pitchOf(moved),
      f0.map((hz) => hz * ratio),
    ),
  ).toBeLessThan(6)
})

test('the pitch follows a drawn curve to six cents', () => {
  const curve = f0.map((_, frame) => 2 ** ((3 * Math.sin(frame * 0.03)) / 12))
  const [moved] = transpose([voice], { rateHz: RATE_HZ, f0, ratio: curve }).channels
  expect(
    pitchError(
      pitchOf(moved),
      f0.map((hz, frame) => hz * curve[frame]),
    ),
  ).toBeLessThan(6)
})

test('the loudness of every tenth of a second stays within 1.5 dB', () => {
  const [moved] = transpose([voice], { rateHz: RATE_HZ, f0, ratio: 1.5 }).channels
  const power = (x: Float64Array, start: number) =>
    x.subarray(start, start + 2400).reduce((sum, value) => sum + value * value, 1e-6)
  for (let start = 4800; start < 12_000; start += 2400)
    expect(Math.abs(10 * Math.log10(power(moved, start) / power(voice, start)))).toBeLessThan(1.5)
})

test('sound without pitch comes back as it is, and silence stays exactly silent', () => {
  const noise = Float64Array.from({ length: 9000 }, (_, n) => Math.sin(n * n))
  const unvoiced = new Float64Array(76)
  expect(transpose([noise], { rateHz: RATE_HZ, f0: unvoiced, ratio: 2 }).channels[0]).toEqual(noise)
  const silent = transpose([new Float64Array(9000)], { rateHz: RATE_HZ, f0: unvoiced.map(() => 200), ratio: 2 })
  expect(silent.channels[0].every((value) => value === 0)).toBe(true)
})

test('both channels move alike', () => {
  const half = voice.map((value) => value / 2)
  const [left, right] = transpose([voice, half], { rateHz: RATE_HZ, f0, ratio: 1.3 }).channels
  const gap = Math.max(...left.map((value, index) => Math.abs(value - 2 * right[index])))
  expect(gap).toBeLessThan(1e-4)
})

test('marks stand where a phase crosses integers, once each, also where it falls back', () => {
  const marks = integerCrossings(Float64Array.of(0.5, 1.5, 1.2, 1.4, 3.4))
  expect(Array.from(marks, (mark) => mark.toFixed(4))).toEqual(['0.5000', '3.2632', '3.7895'])
  expect(integerCrossings(new Float64Array(0)).length).toBe(0)
})

test('after a restart the maximum of before is forgotten, and a lead counts as reached', () => {
  const theta = Float64Array.of(0.5, 3.5, 0.6, 0.8, 1.5)
  expect(Array.from(integerCrossings(theta).map((mark) => Math.round(100 * mark)))).toEqual([17, 50, 83])
  expect(
    Array.from(integerCrossings(theta, [2]))
      .slice(3)
      .map((mark) => mark.toFixed(4)),
  ).toEqual(['3.2857'])
  expect(Array.from(integerCrossings(Float64Array.of(0.5, 1.5, 2.5), [], 1)).map((mark) => mark.toFixed(1))).toEqual([
    '1.5',
  ])
})

test('the nearest mark is the earlier of two equally near', () => {
  const marks = Float64Array.of(10, 20, 30)
  expect([0, 14, 15, 16, 99].map((position) => nearestMark(marks, position))).toEqual([0, 0, 1, 1, 2])
})

test('grains between two source grains make an octave up smoother than the nearest twice in a row', () => {
  const higher = f0.map((hz) => 2 * hz)
  const roughnessOf = (grains: 'nearest' | 'between') => {
    const [moved] = transpose([voice], { rateHz: RATE_HZ, f0, ratio: 2, grains, shapeNoise: silenced }).channels
    return roughness(moved, RATE_HZ, higher) ?? expect.unreachable()
  }
  const silenced = (noise: Float64Array) => new Float64Array(noise.length)
  expect(roughnessOf('between')).toBeLessThan(0.7 * roughnessOf('nearest'))
})
