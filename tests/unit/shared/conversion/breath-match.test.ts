import fc from 'fast-check'
import { expect, test } from 'vitest'
import { breathGainsDb, type MovedBreath } from '../../../../src/shared/conversion/breath-match.ts'
import type { BandRatios } from '../../../../src/shared/conversion/harmonics-to-noise.ts'

const ratios = (harmonic: number, noise: number): BandRatios => ({
  harmonicPower: new Float64Array(5).fill(harmonic),
  noisePower: new Float64Array(5).fill(noise),
})

/** A voice and a noise part that have nothing to do with each other. */
const breath = (residue: number, noise: number): MovedBreath => ({
  voice: ratios(1, residue),
  noise: ratios(0, noise),
  sum: ratios(1, residue + noise),
})

test('the noise part is changed until the share of breath is the singer’s', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -50, max: -32, noNaN: true }),
      fc.double({ min: 14, max: 28, noNaN: true }),
      (db, hnr) => {
        const residue = 10 ** (db / 10)
        const noise = 10 ** -2.2
        const [gainDb] = breathGainsDb(breath(residue, noise), new Float64Array(5).fill(hnr))
        expect(-10 * Math.log10(residue + 10 ** (gainDb / 10) * noise)).toBeCloseTo(hnr, 3)
      },
    ),
  )
})

test('a voice that is noisier than the singer by itself loses its noise part, a clean one gets no more than 12 dB', () => {
  const [cut] = breathGainsDb(breath(10 ** -2, 10 ** -2), new Float64Array(5).fill(25))
  expect(cut).toBeLessThan(-6)
  const [lifted] = breathGainsDb(breath(10 ** -5, 10 ** -5), new Float64Array(5).fill(5))
  expect(lifted).toBeCloseTo(12, 4)
})

test('what goes along with the residue of the voice counts with it', () => {
  const residue = 10 ** -2.5
  const alike = { voice: ratios(1, residue), noise: ratios(0, residue), sum: ratios(1, 4 * residue) }
  const wanted = new Float64Array(5).fill(-10 * Math.log10(4 * residue))
  for (const gainDb of breathGainsDb(alike, wanted)) expect(gainDb).toBeCloseTo(0, 3)
})
