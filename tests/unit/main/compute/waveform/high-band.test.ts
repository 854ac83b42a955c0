import { expect, test } from 'vitest'
import { createAnalysisResampler } from '../../../../../src/main/compute/analysis-resampler.ts'
import { builtKernelsFolder, loadKernels } from '../../../../../src/main/compute/kernels.ts'
import { highBandOf } from '../../../../../src/main/compute/waveform/high-band.ts'

const RATE_HZ = 44_100
const resample = await createAnalysisResampler(loadKernels(builtKernelsFolder(), () => {}))
const tone = (hz: number) =>
  Float32Array.from({ length: RATE_HZ }, (_, at) => Math.sin((2 * Math.PI * hz * at) / RATE_HZ))
/** Away from the ends. */
const power = (samples: Float32Array) => samples.subarray(4000, -4000).reduce((sum, sample) => sum + sample * sample, 0)
const decibels = (hz: number) => 10 * Math.log10(power(highBandOf(tone(hz), RATE_HZ, resample)) / power(tone(hz)))

test.each([100, 1000, 5000, 7000])('of a tone of %i Hz nothing lies in the high band', (hz) => {
  expect(decibels(hz)).toBeLessThan(-60)
})

test.each([8500, 12_000, 16_000])('a tone of %i Hz lies in it whole', (hz) => {
  expect(decibels(hz)).toBeCloseTo(0, 2)
})

test('at the networks’ own rate and below it there is none', () => {
  for (const rateHz of [8000, 16_000])
    expect(highBandOf(tone(3000).subarray(0, 1000), rateHz, resample)).toEqual(new Float32Array(1000))
})
