import { expect, test } from 'vitest'
import { createPitchCourse, phaseRows, pulseTrain } from '../../../../src/shared/vocoder/pitch-source.ts'
import { measureFundamental, withTruePhase } from '../../../../src/shared/vocoder/true-phase.ts'

const RATE_HZ = 16_000
const f0 = Float64Array.from({ length: 60 }, (_, frame) => (frame < 8 || frame > 50 ? 0 : 180 + 3 * frame))
const COUNT = 60 * 80

test('the phase is the sum of the pitch, and stands still where there is none', () => {
  const { hz, cycles } = createPitchCourse(f0)(0, COUNT)
  let sum = 0
  for (let n = 0; n < COUNT; n++) {
    expect(Math.abs(cycles[n] - sum)).toBeLessThan(1e-9)
    sum += hz[n] / RATE_HZ
  }
  expect(hz.subarray(0, 7 * 80).every((value) => value === 0)).toBe(true)
})

test('a course read in pieces has the bits of the whole', () => {
  const read = createPitchCourse(f0)
  const whole = read(0, COUNT)
  for (const [start, count] of [
    [0, 5],
    [713, 900],
    [4001, 799],
  ]) {
    const part = read(start, count)
    expect(part.hz).toEqual(whole.hz.slice(start, start + count))
    expect(part.cycles).toEqual(whole.cycles.slice(start, start + count))
  }
})

test('pulses are the sum of all harmonics to 7.6 kHz, of power 1, and silent where unvoiced', () => {
  const course = createPitchCourse(new Float64Array(60).fill(200))(0, COUNT)
  const pulses = pulseTrain(course)
  for (const n of [0, 1, 17, 40, 79, 80, 1234]) {
    let sum = 0
    for (let k = 1; k <= 38; k++) sum += Math.cos(2 * Math.PI * k * course.cycles[n])
    expect(pulses[n]).toBeCloseTo(sum * Math.sqrt(2 / 38), 4)
  }
  expect(pulses.reduce((sum, value) => sum + value * value, 0) / COUNT).toBeCloseTo(1, 2)
  expect(pulseTrain(createPitchCourse(new Float64Array(9))(0, 80))).toEqual(new Float32Array(80))
})

test('phase rows are the sine and cosine of 1, 2, 3 and 5 times the phase in the middle of a group', () => {
  const course = createPitchCourse(new Float64Array(9).fill(310))(0, 160)
  const rows = phaseRows(course)
  const angle = 2 * Math.PI * course.cycles[3 * 8 + 4]
  const expected = [1, 2, 3, 5].flatMap((m) => [Math.sin(m * angle), Math.cos(m * angle)])
  expected.forEach((value, index) => expect(rows[3 * 8 + index]).toBeCloseTo(value, 5))
})

test('the true phase is found again in a sound that began elsewhere in its period', () => {
  const course = createPitchCourse(new Float64Array(60).fill(220))(0, COUNT)
  const x = Float32Array.from(
    course.cycles,
    (turns) => Math.cos(2 * Math.PI * (turns + 0.3)) + 0.5 * Math.cos(4 * Math.PI * turns),
  )
  const moved = withTruePhase(course, measureFundamental(x, course), 0)
  for (const n of [500, 1999, 4000]) {
    const turned = moved.cycles[n] - course.cycles[n]
    expect(Math.abs(turned - Math.round(turned - 0.3) - 0.3)).toBeLessThan(0.02)
  }
})
