import { expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { compareCopy, type HeardSound } from '../../../../src/shared/evaluation/index.ts'
import { plainKernels } from '../../../../src/shared/kernels/kernels.ts'
import { analyzeSpectra } from '../../../../src/shared/vocoder/features.ts'

const COUNT = 4800

/** A sung tone of 200 Hz with a formant, and as much noise as is asked for. */
function tone(noise: number, { hz = 200, gain = 1 } = {}): Float64Array {
  const random = createRandom(3)
  const white = Float64Array.from({ length: COUNT }, () => random.normal())
  return white.map((value, n) => {
    let sum = noise * value
    for (let k = 1; k * hz < 7000; k++)
      sum += (0.1 / (1 + ((k * hz - 700) / 900) ** 2)) * Math.sin((2 * Math.PI * k * hz * n) / 16_000)
    return gain * sum
  })
}
const heard = (samples: Float64Array): HeardSound => ({ samples, spectra: analyzeSpectra(samples, plainKernels) })
const recording = heard(tone(0.003))

test('a copy that is the recording itself is nowhere away from it', () => {
  const figures = compareCopy(recording, recording)
  for (const value of Object.values(figures)) expect(value).toBeCloseTo(0, 9)
})

test('a copy 6 dB too loud is half its own magnitude off: in convergence, magnitudes, bands and envelopes', () => {
  const { sc, lm, mel, lsd, f0Cents } = compareCopy(recording, heard(tone(0.003, { gain: 2 })))
  expect(sc).toBeCloseTo(1, 2)
  expect(mel).toBeCloseTo(6.02, 0)
  expect(lm).toBeGreaterThan(3)
  expect(lsd).toBeCloseTo(6.02, 0)
  expect(f0Cents).toBeLessThan(1)
})

test('a copy with more noise is told by a harmonicity below the recording’s and by its aperiodicity', () => {
  const { hnr, bap } = compareCopy(recording, heard(tone(0.03)))
  expect(hnr).toBeLessThan(-5)
  expect(bap).toBeGreaterThan(3)
})

test('a copy a tenth of a semitone higher is 10 cents off, one a whole tone higher is grossly off', () => {
  const near = compareCopy(recording, heard(tone(0.003, { hz: 200 * 2 ** (0.1 / 12) })))
  expect(Math.abs(near.f0Cents - 10)).toBeLessThan(2)
  expect(compareCopy(recording, heard(tone(0.003, { hz: 200 * 2 ** (2 / 12) }))).f0Gross).toBeGreaterThan(90)
})
