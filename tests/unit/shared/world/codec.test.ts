import { expect, test } from 'vitest'
import {
  createSpectrogram,
  decodeEnvelope,
  encodeEnvelope,
  melCepstrumToPower,
  melWarping,
  powerToMelCepstrum,
} from '../../../../src/shared/world/index.ts'
import { largestDifference, largestRelativeDifference } from './golden-signal.ts'

const fs = 22050
const power = Float64Array.from({ length: 513 }, (_, k) =>
  Math.exp(-4 + 2 * Math.sin(0.03 * k) + 0.5 * Math.cos(0.11 * k) - 0.008 * k),
)
const envelope = { ...createSpectrogram(1, 513), values: power }
const everySixtyFourth = (values: Float64Array) => values.filter((_, k) => k % 64 === 0)

/** Published coefficients 0 … 5 and 35, and the decoded values of every 64th bin. */
const expected = {
  reference: {
    code: [-4.718174737, 1.532258589, -0.168269074, -0.437388084, -0.431425195, 0.555433623, 0.063797256],
    decoded: [
      0.03513483, 0.09994743, 0.00200371, 0.00116086, 0.01000735, 0.00088044, 0.00014892, 0.00255633, 0.00104491,
    ],
  },
  true: {
    code: [-4.71817474, 1.53228749, -0.16828159, -0.43746234, -0.4315554, 0.55569481, 0.06529361],
    decoded: [
      0.03515879, 0.0999593, 0.00200687, 0.00115956, 0.00994321, 0.00087902, 0.00014839, 0.00257347, 0.00103514,
    ],
  },
}

test.each(['reference', 'true'] as const)('the %s cosine code has the published numbers', (kind) => {
  const coded = encodeEnvelope(envelope, fs, 36, { worldCompat: kind === 'reference' })
  expect(largestDifference([...coded.subarray(0, 6), coded[35]], expected[kind].code)).toBeLessThan(1e-8)
  const decoded = everySixtyFourth(decodeEnvelope(coded, 36, fs, 1024).values)
  expect(largestDifference(decoded, expected[kind].decoded)).toBeLessThan(1e-8)
})

test('a smooth envelope survives its code', () => {
  const smooth = { ...envelope, values: power.map((_, k) => Math.exp(-4 - 0.008 * k)) }
  const decoded = decodeEnvelope(encodeEnvelope(smooth, fs, 36), 36, fs, 1024)
  expect(largestRelativeDifference(decoded.values.subarray(4, 500), smooth.values.subarray(4, 500))).toBeLessThan(0.05)
})

test('the mel-cepstrum has the published numbers', () => {
  const found = powerToMelCepstrum(power, 24, melWarping(fs))
  const published = [-2.4186715, 1.0906145, 0.0723552, -0.2521989, -0.4722765, 0.2395174, -0.0406718]
  expect(largestDifference([...found.subarray(0, 6), found[24]], published)).toBeLessThan(1e-7)
})

test('the mel-cepstrum gives the envelope back, closer with a higher order', () => {
  const distanceDb = (order: number) => {
    const back = melCepstrumToPower(powerToMelCepstrum(power, order, 0.455), 1024, 0.455)
    return Math.sqrt(back.reduce((sum, value, k) => sum + (10 * Math.log10(value / power[k])) ** 2, 0) / power.length)
  }
  expect(distanceDb(24)).toBeCloseTo(1.207, 3)
  expect(distanceDb(200)).toBeLessThan(0.05)
})
