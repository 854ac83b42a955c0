import { expect, test } from 'vitest'
import { plainSteps } from '../../../../../src/shared/conversion/transposition/steps.ts'
import { shapeUneven } from '../../../../../src/shared/conversion/transposition/unevenness.ts'
import { bridgeGaps } from '../../../../../src/shared/conversion/transposition/voice-curves.ts'

const RATE_HZ = 24_000
const FRAMES_PER_SEC = 200
const PITCH_HZ = 200
const tone = (hz: number, amplitude: number) =>
  Float64Array.from({ length: RATE_HZ }, (_, index) => amplitude * Math.sin((2 * Math.PI * hz * index) / RATE_HZ))

function shaped(moved: Float64Array, shape: (uneven: Float64Array) => Float64Array) {
  const f0 = new Float32Array(Math.floor((moved.length * FRAMES_PER_SEC) / RATE_HZ) + 1).fill(PITCH_HZ)
  return shapeUneven(moved, { f0, gapless: bridgeGaps(f0), shape }, { rateHz: RATE_HZ, firstFrame: 0 }, plainSteps)
}

/** Largest difference, ends left out. */
const distance = (a: Float64Array, b: Float64Array) =>
  a.subarray(2400, -2400).reduce((most, value, index) => Math.max(most, Math.abs(value - b[index + 2400])), 0)

test('a tone an octave below the new pitch is uneven, the new pitch and its harmonics are not', () => {
  const [third, below] = [tone(3 * PITCH_HZ, 0.2), tone(PITCH_HZ / 2, 0.1)]
  const voice = tone(PITCH_HZ, 0.4).map((value, index) => value + third[index])
  const found = shaped(
    voice.map((value, index) => value + below[index]),
    (uneven) => new Float64Array(uneven.length),
  )
  expect(distance(found, voice)).toBeLessThan(1e-4)
})

test('a voice whose unevenness stays as it is sounds as before', () => {
  const voice = Float64Array.from({ length: RATE_HZ }, (_, index) => Math.sin(index * index * 1e-4))
  expect(
    distance(
      shaped(voice, (uneven) => uneven),
      voice,
    ),
  ).toBeLessThan(1e-9)
})
