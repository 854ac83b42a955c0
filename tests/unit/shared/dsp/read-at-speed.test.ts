import { expect, test } from 'vitest'
import { readAtSpeed } from '../../../../src/shared/dsp/read-at-speed.ts'

const sine = (cyclesPerSample: number, length = 800) =>
  Float32Array.from({ length }, (_, at) => Math.sin(2 * Math.PI * cyclesPerSample * at))
const level = (samples: Float32Array) => Math.hypot(...samples) / Math.sqrt(samples.length)

test('a tone becomes the tone of its speed, to a thousandth', () => {
  for (const speed of [0.5, 0.84, 1.26, 2]) {
    const read = readAtSpeed(sine(0.05), 100, speed, 200)
    read.forEach((value, index) =>
      expect(Math.abs(value - Math.sin(2 * Math.PI * 0.05 * (100 + index * speed)))).toBeLessThan(2e-3),
    )
  }
})

test('as fast as it is it stays what it is', () => {
  const read = readAtSpeed(sine(0.13), 40, 1, 100)
  sine(0.13)
    .subarray(40, 140)
    .forEach((value, index) => expect(read[index]).toBeCloseTo(value, 6))
})

test('what would lie above half the rate is silent instead of coming back lower', () => {
  expect(level(readAtSpeed(sine(0.4), 100, 2, 200))).toBeLessThan(0.01)
})

test('beyond the ends there is silence', () => {
  expect([...readAtSpeed(sine(0.05, 100), 400, 1.5, 20)]).toEqual(Array<number>(20).fill(0))
  expect([...readAtSpeed(new Float32Array(0), 0, 1.5, 3)]).toEqual([0, 0, 0])
})
