import { addRatios, ratiosDb, type BandRatios } from '../conversion/harmonics-to-noise.ts'

/**
 * How far a voice's share of breath is from a person's, signed: in 80–1,000, 1–2 k, 2–4 k, 4–6 k and 6–9 kHz the
 * difference of their harmonics-to-noise ratios, dB. The ratio is the power of what repeats from period to period over
 * the power of the rest, in voiced frames, over all of a person's recordings together. Null where either is not voiced.
 */
export function breathDifferenceDb(sound: BandRatios, person: readonly BandRatios[]): number[] | null {
  if (![sound, addRatios(person)].every(hasPower)) return null
  const found = ratiosDb(sound)
  const wanted = ratiosDb(addRatios(person))
  return Array.from(found, (db, band) => db - wanted[band])
}

/**
 * The distance of one voice, or of several: the mean over the bands of the difference's absolute value, the voices'
 * mean taken first, so that what only varies from phrase to phrase, as in anybody's singing, is no distance.
 */
export function breathDistanceDb(differences: readonly (readonly number[])[]): number | null {
  if (differences.length === 0) return null
  const [first] = differences
  const bandMean = (band: number) => differences.reduce((sum, bands) => sum + bands[band], 0) / differences.length
  return first.reduce((sum, _, band) => sum + Math.abs(bandMean(band)), 0) / first.length
}

const hasPower = ({ harmonicPower }: BandRatios): boolean => harmonicPower.some((power) => power > 0)
