import fc from 'fast-check'
import { expect, test } from 'vitest'
import { silentProgress } from '../../../../src/shared/base/progress.ts'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { measureHarmonicsToNoise } from '../../../../src/shared/conversion/harmonics-to-noise.ts'
import { sourceOf } from '../../../../src/shared/conversion/sound.ts'
import { planSpan, surveySpan } from '../../../../src/shared/conversion/windows.ts'
import { breathDifferenceDb, breathDistanceDb } from '../../../../src/shared/evaluation/breath-figures.ts'
import { raspDistanceDb, roughness, roughnessRatio } from '../../../../src/shared/evaluation/roughness.ts'

const RATE_HZ = 24_000
const PERIOD = 100
const f0 = new Float32Array(401).fill(RATE_HZ / PERIOD)

/** Pulses with a ring, each period times what `gainOf` says, over noise. */
function voice(gainOf: (period: number) => number, noise = 0): Float32Array {
  const random = createRandom(3)
  return Float32Array.from({ length: 2 * RATE_HZ }, (_, n) => {
    const within = n % PERIOD
    const ring = Math.exp(-within / 15) * Math.sin(within * 0.4)
    return 0.4 * gainOf(Math.floor(n / PERIOD)) * ring + noise * random.normal()
  })
}

test('a voice that repeats itself is smooth, noise under it is rough by its share', () => {
  expect(
    roughness(
      voice(() => 1),
      RATE_HZ,
      f0,
    ),
  ).toBeLessThan(1e-3)
  const power = voice(() => 1).reduce((sum, value) => sum + value * value, 0) / (2 * RATE_HZ)
  const noise = 0.02
  const share = (noise * noise) / (power + noise * noise)
  expect(
    roughness(
      voice(() => 1, noise),
      RATE_HZ,
      f0,
    ),
  ).toBeCloseTo(Math.sqrt(share), 2)
})

test('periods that are turned over and periods from elsewhere are rough', () => {
  const turned = voice((period) => (period % 2 === 0 ? 1 : -1))
  expect(roughness(turned, RATE_HZ, f0)).toBe(1)
  const even = voice(() => 1, 0.005)
  const jumping = even.map((value, n) => (Math.floor(n / PERIOD) % 3 === 0 ? (even[n + 37] ?? 0) : value))
  const ratio = roughnessRatio({ samples: jumping, f0 }, { samples: even, f0 }, RATE_HZ)
  expect(ratio).toBeGreaterThan(2)
})

test('a sound is as rough as itself at any gain, and without a voice nothing is told', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 10, noNaN: true }), (gain) => {
      const samples = voice(() => 1, 0.01)
      const louder = samples.map((value) => gain * value)
      expect(roughnessRatio({ samples: louder, f0 }, { samples, f0 }, RATE_HZ)).toBeCloseTo(1, 3)
    }),
    { numRuns: 5 },
  )
  expect(roughness(new Float32Array(RATE_HZ), RATE_HZ, f0)).toBeNull()
  expect(
    roughness(
      voice(() => 1),
      RATE_HZ,
      new Float32Array(401),
    ),
  ).toBeNull()
})

test('breath is no distance from itself, and ten times the noise is some 20 dB where it is all there is', () => {
  const measured = (noise: number) => {
    const samples = voice(() => 1, noise)
    const span = planSpan(sourceOf([samples], RATE_HZ), 0, samples.length)
    return measureHarmonicsToNoise(span, surveySpan(span, silentProgress), f0, silentProgress)
  }
  const distance = (noise: number, own: number) =>
    breathDistanceDb([breathDifferenceDb(measured(noise), [measured(own)]) ?? []])
  expect(distance(0.01, 0.01)).toBeCloseTo(0, 6)
  expect(distance(0.01, 0.001)).toBeGreaterThan(8)
  expect(distance(0.01, 0.001)).toBeLessThan(22)
  const nothing = { harmonicPower: new Float64Array(5), noisePower: new Float64Array(5) }
  expect(breathDifferenceDb(nothing, [measured(0.01)])).toBeNull()
})

test('breath that only varies around a person’s own is no distance', () => {
  expect(breathDistanceDb([[3, -1]])).toBe(2)
  expect(
    breathDistanceDb([
      [3, -1],
      [-3, 1],
    ]),
  ).toBe(0)
  expect(breathDistanceDb([])).toBeNull()
})

test('a voice is as raspy as the median of a person’s recordings, and what cannot be told is left out', () => {
  expect(raspDistanceDb(0.2, [0.2, null, 0.1, 0.4])).toBeCloseTo(0, 9)
  expect(raspDistanceDb(0.4, [0.2])).toBeCloseTo(20 * Math.log10(2), 9)
  expect(raspDistanceDb(null, [0.2])).toBeNull()
  expect(raspDistanceDb(0.2, [null])).toBeNull()
})
