import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import {
  hzToSlaneyMel,
  melSpectrogram,
  naturalLogMel,
  normalizedDecibelMel,
  slaneyMelToHz,
  slaneyTriangles,
  type MelConvention,
} from '../../../../src/shared/dsp/mel-spectrogram.ts'

const conventions: readonly (readonly [string, MelConvention])[] = [
  ['normalized decibels', normalizedDecibelMel],
  ['natural logarithm', naturalLogMel],
]
const RATE_HZ = 22_050

test('Slaney’s scale stands at its own corners, and a frequency survives the way there and back', () => {
  expect(hzToSlaneyMel(200 / 3)).toBeCloseTo(1, 12)
  expect(hzToSlaneyMel(1000)).toBeCloseTo(15, 12)
  expect(hzToSlaneyMel(6400)).toBeCloseTo(42, 12)
  fc.assert(
    fc.property(fc.double({ min: 0, max: 11_025, noNaN: true }), (hz) => {
      expect(slaneyMelToHz(hzToSlaneyMel(hz))).toBeCloseTo(hz, 6)
    }),
  )
})

test('a triangle has its peak of 2 / width at its center and area 1 where bins are dense', () => {
  const dense = slaneyTriangles({ ...naturalLogMel, fftSize: 65_536 })
  for (const row of dense) expect(row.reduce((sum, weight) => sum + weight, 0) * (RATE_HZ / 65_536)).toBeCloseTo(1, 4)
  const [low, step] = [hzToSlaneyMel(125), (hzToSlaneyMel(7600) - hzToSlaneyMel(125)) / 81]
  const width = slaneyMelToHz(low + 42 * step) - slaneyMelToHz(low + 40 * step)
  const peak = slaneyTriangles({ ...normalizedDecibelMel, fftSize: 1 << 17 })[40].reduce((a, b) => Math.max(a, b))
  expect(Math.abs(peak * (width / 2) - 1)).toBeLessThan(2e-3)
})

/** The definition itself: reflected signal, periodic Hann, slow Fourier sum, dense triangles. */
function byDefinition(x: Float64Array, frame: number, convention: MelConvention): number[] {
  const at = (index: number): number => {
    if (index < 0) return x[-index]
    return index < x.length ? x[index] : x[2 * (x.length - 1) - index]
  }
  const spectrum = Array.from({ length: 513 }, (_, bin) => {
    let [re, im] = [0, 0]
    for (let n = 0; n < 1024; n++) {
      const value = at(frame * 256 - 512 + n) * (0.5 - 0.5 * Math.cos((2 * Math.PI * n) / 1024))
      re += value * Math.cos((2 * Math.PI * bin * n) / 1024)
      im -= value * Math.sin((2 * Math.PI * bin * n) / 1024)
    }
    return convention.spectrum === 'power' ? re * re + im * im : Math.hypot(re, im)
  })
  return slaneyTriangles(convention).map((row) => row.reduce((sum, weight, bin) => sum + weight * spectrum[bin], 0))
}

test('every band of a noisy tone equals the definition in both conventions', () => {
  const random = createRandom(3)
  const x = Float64Array.from({ length: 1500 }, (_, n) => 0.3 * Math.sin(n / 9) + 0.05 * random.normal())
  for (const frame of [0, 2, 5]) {
    const power = byDefinition(x, frame, normalizedDecibelMel)
    const decibels = melSpectrogram(x, RATE_HZ, normalizedDecibelMel).values.subarray(frame * 80, frame * 80 + 80)
    power.forEach((sum, band) => {
      const db = 20 * Math.log10(Math.max(1e-4, sum)) - 20
      expect(decibels[band]).toBeCloseTo(Math.min(1, Math.max(0, (db + 100) / 100)), 5)
    })
    const magnitude = byDefinition(x, frame, naturalLogMel)
    const logarithms = melSpectrogram(x, RATE_HZ, naturalLogMel).values.subarray(frame * 80, frame * 80 + 80)
    magnitude.forEach((sum, band) => expect(logarithms[band]).toBeCloseTo(Math.log(Math.max(1e-5, sum)), 5))
  }
})

test('silence is the floor: ln 1e-5, and 0', () => {
  const silence = new Float32Array(5000)
  for (const value of melSpectrogram(silence, RATE_HZ, naturalLogMel).values)
    expect(value).toBe(Math.fround(-11.512925464970229))
  for (const value of melSpectrogram(silence, RATE_HZ, normalizedDecibelMel).values) expect(value).toBe(0)
})

test('a tone of full scale under the second convention reads the height of its band: check numbers by hand', () => {
  // A sine on bin 40 has |X| = 256 there and 128 on either side under a Hann window of 1,024.
  const x = Float64Array.from({ length: 8192 }, (_, n) => Math.sin((2 * Math.PI * 40 * n) / 1024))
  const { values } = melSpectrogram(x, RATE_HZ, naturalLogMel)
  slaneyTriangles(naturalLogMel).forEach((row, band) => {
    const sum = 256 * row[40] + 128 * (row[39] + row[41])
    if (sum > 1e-3) expect(values[16 * 80 + band]).toBeCloseTo(Math.log(sum), 5)
  })
})

test.each(conventions)('%s: ten times the amplitude is louder by what the convention says', (name, convention) => {
  const x = Float64Array.from({ length: 4000 }, (_, n) => 0.01 * Math.sin(n / 5))
  const quiet = melSpectrogram(x, RATE_HZ, convention).values
  const loud = melSpectrogram(
    x.map((value) => 10 * value),
    RATE_HZ,
    convention,
  ).values
  const step = name === 'natural logarithm' ? Math.log(10) : 0.4
  const floor = convention.compress(0)
  quiet.forEach((value, index) => {
    if (value > floor + 0.01 && loud[index] < 1) expect(loud[index] - value).toBeCloseTo(step, 4)
  })
})

test.each(conventions)('%s: any length gives one frame per hop and one more, all finite', (_, convention) => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { maxLength: 1200 }), (values) => {
      const { frameCount, values: mel } = melSpectrogram(Float64Array.from(values), RATE_HZ, convention)
      expect(frameCount).toBe(1 + Math.floor(values.length / 256))
      expect(mel.length).toBe(frameCount * 80)
      expect(mel.every(Number.isFinite)).toBe(true)
    }),
    { numRuns: 25 },
  )
})

test('another rate is refused', () => {
  expect(() => melSpectrogram(new Float32Array(10), 16_000, naturalLogMel)).toThrow('22050 Hz')
})
