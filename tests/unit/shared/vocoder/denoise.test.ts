import fc from 'fast-check'
import { expect, test } from 'vitest'
import { concatenated } from '../../../../src/shared/base/concatenated.ts'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { denoised, steadySpectrum } from '../../../../src/shared/vocoder/denoise.ts'

const noiseOf = (count: number, seed = 1) => {
  const random = createRandom(seed)
  return Float32Array.from({ length: count }, () => random.normal())
}
/** A line at an eighth of the rate, as a flow hums that has eight samples beside each other. */
const humOf = (count: number) => Float32Array.from({ length: count }, (_, n) => 0.3 * Math.cos((Math.PI * n) / 4))
const nothing = new Float64Array(513)
const powerOf = (sound: Float32Array) => sound.reduce((sum, value) => sum + value * value, 0) / sound.length

test('without anything to take off a sound of any length comes back, in pieces of any length', () => {
  const lengths = fc.array(fc.integer({ min: 0, max: 1500 }), { maxLength: 6 })
  fc.assert(
    fc.property(lengths, (pieces) => {
      const sound = noiseOf(pieces.reduce((sum, length) => sum + length, 0))
      let from = 0
      const cut = pieces.map((length) => sound.subarray(from, (from += length)))
      const back = concatenated([...denoised(cut, nothing)])
      expect(back).toHaveLength(sound.length)
      expect(back).toEqual(concatenated([...denoised([sound], nothing)]))
      back.forEach((value, index) => expect(Math.abs(value - sound[index])).toBeLessThan(1e-5))
    }),
    { numRuns: 15 },
  )
})

test('a hum is gone where it sounds alone, and noise around it stays', () => {
  const hum = steadySpectrum(humOf(16_000))
  const still = concatenated([
    ...denoised(
      [humOf(8000)],
      hum.map((magnitude) => 1.01 * magnitude),
    ),
  ])
  expect(powerOf(still.subarray(1024, 7000))).toBeLessThan(1e-4 * powerOf(humOf(8000)))
  const noise = noiseOf(8000, 4)
  const line = humOf(8000)
  const kept = concatenated([...denoised([noise.map((value, n) => value + line[n])], hum)])
  expect(powerOf(kept)).toBeGreaterThan(0.9 * powerOf(noise))
  expect(powerOf(kept)).toBeLessThan(1.02 * powerOf(noise))
})
