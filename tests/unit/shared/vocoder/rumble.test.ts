import { expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { withoutRumble } from '../../../../src/shared/vocoder/rumble.ts'

const RATE_HZ = 16_000
const tone = (hz: number) =>
  Float32Array.from({ length: RATE_HZ }, (_, at) => Math.sin((2 * Math.PI * hz * at) / RATE_HZ))
const through = (sound: Float32Array) => [...withoutRumble([sound])][0]
/** Root mean square of its second half. */
const levelOf = (sound: Float32Array) =>
  Math.sqrt(sound.subarray(RATE_HZ / 2).reduce((sum, x) => sum + x * x, 0) * (2 / RATE_HZ))
const gainDb = (hz: number) => 20 * Math.log10(levelOf(through(tone(hz))) / levelOf(tone(hz)))

test('an offset and a rumble are gone, and the lowest voice is as loud as it was', () => {
  expect(levelOf(through(new Float32Array(RATE_HZ).fill(1)))).toBeLessThan(1e-6)
  expect(gainDb(10)).toBeLessThan(-20)
  expect(gainDb(40)).toBeCloseTo(-3, 1)
  for (const hz of [80, 200, 1000, 7000]) expect(Math.abs(gainDb(hz)), `${hz} Hz`).toBeLessThan(0.3)
})

test('pieces do not change the numbers', () => {
  const random = createRandom(3)
  const sound = Float32Array.from({ length: 4000 }, () => 1 + random.normal())
  const pieces = [0, 1, 7, 1000, 1003, 4000].map((end, index, ends) => sound.subarray(ends[index - 1] ?? 0, end))
  expect(Float32Array.from([...withoutRumble(pieces)].flatMap((piece) => [...piece]))).toEqual(through(sound))
})
