import { describe, expect, test } from 'vitest'
import {
  aperiodicityBandCount,
  cheapTrick,
  createSpectrogram,
  d4c,
  decodeAperiodicity,
  decodeEnvelope,
  encodeAperiodicity,
  encodeEnvelope,
  envelopeF0FloorHz,
  envelopeFftSize,
  melWarping,
  spectrogramRow,
  synthesize,
  synthesizedSampleCount,
} from '../../../../src/shared/world/index.ts'
import { goldenAt, goldenRates, largestDifference, largestRelativeDifference, signalOf } from './golden-signal.ts'

/** Rate, envelope's and LoveTrain's transform sizes, lowest pitch of an envelope, bands, all-pass constant. */
const table = [
  [16000, 1024, 2048, 47.01, 1, 0.41],
  [22050, 1024, 2048, 64.79, 2, 0.455],
  [24000, 1024, 2048, 70.52, 3, 0.466],
  [32000, 2048, 4096, 46.94, 4, 0.504],
  [44100, 2048, 4096, 64.69, 5, 0.544],
  [48000, 2048, 4096, 70.42, 5, 0.554],
] as const

test.each(table)('%i Hz has the published sizes and constants', (fs, size, loveTrainSize, floorHz, bands, warping) => {
  expect(envelopeFftSize(fs)).toBe(size)
  expect(envelopeFftSize(fs, 40)).toBe(loveTrainSize)
  expect(envelopeF0FloorHz(fs, size)).toBeCloseTo(floorHz, 2)
  expect(aperiodicityBandCount(fs)).toBe(bands)
  expect(melWarping(fs)).toBe(warping)
})

test('rates between those of the list take the nearest warping', () => {
  expect([8000, 10000, 12000, 20000, 23000, 96000].map(melWarping)).toEqual([0.312, 0.343, 0.369, 0.441, 0.455, 0.554])
})

describe('the golden signal at 16 kHz', () => {
  const fs = 16000
  const { f0 } = goldenAt('16000')
  const x = signalOf('16000')
  const envelope = cheapTrick(x, fs, f0)
  const rms = (values: Float64Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length)

  test('has the published envelope between the stored bins too', () => {
    const row = spectrogramRow(envelope, 100)
    const bins = [0, 5, 8, 13, 20, 26, 64, 128, 256]
    const published = [
      0.1956938, 0.2077174, 0.2175783, 0.2211182, 0.0994768, 0.04684049, 0.007713694, 0.001945031, 9.422425e-4,
    ]
    expect(
      largestRelativeDifference(
        bins.map((bin) => row[bin]),
        published,
      ),
    ).toBeLessThan(1e-6)
  })

  test('has the published samples and level when it is synthesized', () => {
    const sound = synthesize(f0, envelope, d4c(x, fs, f0), fs, { sampleCount: 16001 })
    expect(synthesizedSampleCount(201, fs)).toBe(16080)
    expect(sound[4000]).toBeCloseTo(-0.05941653, 7)
    expect(sound[8000]).toBeCloseTo(-0.07242671, 7)
    expect([rms(sound), rms(x)].map((value) => value.toFixed(5))).toEqual(['0.08234', '0.07989'])
  })
})

test.each(goldenRates)('36 coefficients keep the golden envelope at %s Hz to the published distance', (rate) => {
  const fs = Number(rate)
  const { f0, fft } = goldenAt(rate)
  const range = { firstFrame: 100, lastFrame: 100 }
  const envelope = cheapTrick(signalOf(rate), fs, f0, range)
  const published = { '16000': '1.13', '22050': '1.15', '44100': '1.26' }[rate]
  for (const worldCompat of [true, false]) {
    const back = decodeEnvelope(encodeEnvelope(envelope, fs, 36, { worldCompat }), 36, fs, fft).values
    const squares = back.map((power, k) => (10 * Math.log10(power / envelope.values[k])) ** 2)
    expect(Math.sqrt(squares.reduce((sum, value) => sum + value, 0) / squares.length).toFixed(2)).toBe(published)
  }
})

describe('coded aperiodicity', () => {
  test('is the level in dB at every third kilohertz', () => {
    for (const rate of goldenRates) {
      const fs = Number(rate)
      const bandCount = aperiodicityBandCount(fs)
      const bins = goldenAt(rate).fft / 2 + 1
      const binHz = fs / 2 / (bins - 1)
      // A level that is straight in dB over frequency lies on the line wherever it is read.
      const values = Float64Array.from({ length: bins }, (_, k) => 10 ** ((-40 + 0.002 * k * binHz) / 20))
      const coded = encodeAperiodicity({ ...createSpectrogram(1, bins), values }, fs)
      const expected = Array.from({ length: bandCount }, (_, band) => -40 + 6 * (band + 1))
      expect(largestDifference(coded, expected)).toBeLessThan(1e-9)
    }
  })

  test('is decoded on lines through -60 dB at 0 Hz and 0 dB at the Nyquist frequency', () => {
    const fs = 22050
    const { values } = decodeAperiodicity(Float64Array.of(-30, -10), fs, 1024)
    const at = (hz: number) => 20 * Math.log10(values[Math.round((hz * 1024) / fs)])
    const line = (hz: number) =>
      hz < 3000 ? -60 + hz / 100 : hz < 6000 ? -30 + (hz - 3000) / 150 : -10 + (10 * (hz - 6000)) / 5025
    const binsHz = [0, 1000, 2500, 4500, 7000, 10000, 11025].map((hz) => (Math.round((hz * 1024) / fs) * fs) / 1024)
    expect(largestDifference(binsHz.map(at), binsHz.map(line))).toBeLessThan(1e-9)
  })

  test('of a mean above -0.5 dB is that of an unvoiced frame', () => {
    const levels = Float64Array.of(-0.9, -0.2, 0, -0.4, -1.1, 0)
    const decoded = decodeAperiodicity(levels, 22050, 1024)
    const isUnvoiced = (frame: number) => spectrogramRow(decoded, frame).every((ratio) => ratio === 1 - 1e-12)
    // The means are -0.55, -0.2 and -0.55 dB.
    expect([0, 1, 2].map(isUnvoiced)).toEqual([false, true, false])
  })
})
