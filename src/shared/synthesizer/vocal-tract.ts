import { SHAPED_FORMANT_COUNT } from './phonemes.ts'

/**
 * The tract as a cascade of two-pole resonators (Klatt 1980): the shaped formants move, those above stand where a tube
 * of this length has them. Each has gain 1 at 0 Hz, so that levels between formants come out by themselves.
 */
export interface VocalTract {
  /** Sets resonance `index` (0 is the first formant); takes effect from the next sample. */
  shape(index: number, frequencyHz: number, bandwidthHz: number): void
  filter(sample: number): number
}

const SPEED_OF_SOUND_CM_PER_SEC = 35_000
/** The tube picture ends about here: above, real voices only fall. */
const HIGHEST_RESONANCE_HZ = 13_000
/** A resonator this near to the Nyquist frequency is left out. */
const RATE_SHARE = 0.46

export function createVocalTract(tractLengthCm: number, highestShapedHz: number, rateHz: number): VocalTract {
  const fixedHz = fixedResonancesHz(tractLengthCm, highestShapedHz, rateHz)
  const count = SHAPED_FORMANT_COUNT + fixedHz.length
  const input = new Float64Array(count).fill(1)
  const first = new Float64Array(count)
  const second = new Float64Array(count)
  const previous = new Float64Array(count)
  const beforePrevious = new Float64Array(count)

  function shape(index: number, frequencyHz: number, bandwidthHz: number): void {
    const isAudible = frequencyHz < RATE_SHARE * rateHz
    const radius = Math.exp((-Math.PI * bandwidthHz) / rateHz)
    second[index] = isAudible ? -radius * radius : 0
    first[index] = isAudible ? 2 * radius * Math.cos((2 * Math.PI * frequencyHz) / rateHz) : 0
    input[index] = 1 - first[index] - second[index]
  }
  fixedHz.forEach((hz, index) => shape(SHAPED_FORMANT_COUNT + index, hz, fixedBandwidthHz(hz)))

  return {
    shape,
    filter(sample) {
      let value = sample
      for (let index = 0; index < count; index++) {
        value = input[index] * value + first[index] * previous[index] + second[index] * beforePrevious[index]
        beforePrevious[index] = previous[index]
        previous[index] = value
      }
      return value
    },
  }
}

/** Losses grow with frequency (Hawks and Miller 1995, carried on). */
const fixedBandwidthHz = (frequencyHz: number): number => 180 + 0.04 * (frequencyHz - 4000)

function fixedResonancesHz(tractLengthCm: number, highestShapedHz: number, rateHz: number): number[] {
  const spacingHz = SPEED_OF_SOUND_CM_PER_SEC / (2 * tractLengthCm)
  const topHz = Math.min(HIGHEST_RESONANCE_HZ, RATE_SHARE * rateHz)
  const resonances: number[] = []
  for (let hz = highestShapedHz + 0.9 * spacingHz; hz < topHz; hz += spacingHz) resonances.push(hz)
  return resonances
}
