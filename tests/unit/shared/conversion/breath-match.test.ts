import fc from 'fast-check'
import { expect, test } from 'vitest'
import { breathGainsDb, type MovedBreath } from '../../../../src/shared/conversion/breath-match.ts'
import type { BandRatios } from '../../../../src/shared/conversion/harmonics-to-noise.ts'

const ratios = (harmonic: number, noise: number): BandRatios => ({
  harmonicPower: new Float64Array(5).fill(harmonic),
  noisePower: new Float64Array(5).fill(noise),
})

/** A voice with unevenness of its own and a noise part that has nothing to do with it. */
const breath = (uneven: number, noise: number): MovedBreath => ({
  even: ratios(1, 0),
  voice: ratios(1, uneven),
  noise: ratios(0, noise),
  rest: ratios(0, uneven + noise),
  sum: ratios(1, uneven + noise),
})

test('the noise part, and with it what is uneven in the voice, gets softer until the share of breath is the singer’s', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -50, max: -20, noNaN: true }),
      fc.double({ min: 24, max: 35, noNaN: true }),
      (db, hnr) => {
        const uneven = 10 ** (db / 10)
        const noise = 10 ** -2.2
        const [gainDb] = breathGainsDb(breath(uneven, noise), new Float64Array(5).fill(hnr))
        expect(gainDb - 10 * Math.log10(1 / (uneven + noise))).toBeCloseTo(-hnr, 3)
      },
    ),
  )
})

test('louder gets the noise part alone', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -50, max: -32, noNaN: true }),
      fc.double({ min: 8, max: 20, noNaN: true }),
      (db, hnr) => {
        const uneven = 10 ** (db / 10)
        const noise = 10 ** -2.2
        const [gainDb] = breathGainsDb(breath(uneven, noise), new Float64Array(5).fill(hnr))
        expect(-10 * Math.log10(uneven + 10 ** (gainDb / 10) * noise)).toBeCloseTo(hnr, 3)
      },
    ),
  )
})

test('noise gets no louder than by 16 dB, over 1 kHz 24 dB, and no softer than by 20 dB', () => {
  const lifted = breathGainsDb(breath(10 ** -5, 10 ** -5), new Float64Array(5).fill(5))
  for (const [band, gainDb] of lifted.entries()) expect(gainDb).toBeCloseTo(band === 0 ? 16 : 24, 4)
  const cut = breathGainsDb(breath(10 ** -2, 10 ** -2), new Float64Array(5).fill(60))
  for (const gainDb of cut) expect(gainDb).toBeCloseTo(-20, 4)
})

test('what goes along with the unevenness of the voice counts with it', () => {
  const uneven = 10 ** -2.5
  const alike = {
    even: ratios(1, 0),
    voice: ratios(1, uneven),
    noise: ratios(0, uneven),
    rest: ratios(0, 4 * uneven),
    sum: ratios(1, 4 * uneven),
  }
  const wanted = new Float64Array(5).fill(-10 * Math.log10(4 * uneven))
  for (const gainDb of breathGainsDb(alike, wanted)) expect(gainDb).toBeCloseTo(0, 3)
})
