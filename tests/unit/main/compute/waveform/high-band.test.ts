import { expect, test } from 'vitest'
import { concatenated } from '../../../../../src/shared/base/concatenated.ts'
import { sourceOf } from '../../../../../src/shared/conversion/sound.ts'
import { planSpan } from '../../../../../src/shared/conversion/windows.ts'
import { createAnalysisResampler } from '../../../../../src/main/compute/analysis-resampler.ts'
import { builtKernelsFolder, loadKernels } from '../../../../../src/main/compute/kernels.ts'
import { highBandOf, keepingHighBand } from '../../../../../src/main/compute/waveform/high-band.ts'

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

/** What comes of one sung channel in blocks, above a source with so loud a tone of 12 kHz. */
function keptAbove(sung: Float32Array, amplitude: number, blockSamples: number): Float32Array {
  const source = sourceOf([tone(12_000).map((sample) => amplitude * sample)], RATE_HZ)
  const start = 8820
  const span = planSpan(source, start, RATE_HZ - start)
  const written: Float32Array[] = []
  const sink = keepingHighBand(span, { resample, ceiling: 0.98 }, { write: ([channel]) => void written.push(channel) })
  for (let at = start; at < RATE_HZ; at += blockSamples) sink.write([sung.slice(at, at + blockSamples)])
  sink.finish()
  return concatenated(written)
}

test('what is sung and what is kept are added up sample for sample, whatever the blocks', () => {
  const sung = tone(440).map((sample) => 0.5 * sample)
  const wanted = tone(12_000).map((sample, at) => 0.2 * sample + sung[at])
  for (const blockSamples of [RATE_HZ, 7000]) {
    const kept = keptAbove(sung, 0.2, blockSamples)
    expect(kept).toHaveLength(RATE_HZ - 8820)
    // Away from the end, where the filter hears nothing more.
    const off = kept.subarray(0, -2000).map((sample, at) => Math.abs(sample - wanted[at + 8820]))
    expect(Math.max(...off)).toBeLessThan(1e-3)
  }
})

test('both together stay under the ceiling', () => {
  const kept = keptAbove(
    tone(440).map((sample) => 0.9 * sample),
    0.6,
    RATE_HZ,
  )
  expect(Math.max(...kept.map(Math.abs))).toBeLessThanOrEqual(Math.fround(0.98))
})
