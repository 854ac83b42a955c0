import type { Random } from '../base/random.ts'
import type { Numbers } from '../dsp/numbers.ts'
import { BAND_COUNT } from '../networks/spectral-autoencoder/config.ts'
import { melBands } from './features.ts'

/** How often, and how far, the encoder's input is changed in training (the target stays clean). */
const HARMONIC_PROBABILITY = 0.5
const LOWEST_HARMONIC_HZ = 150
const HIGHEST_HARMONIC_HZ = 700
const WARP_PROBABILITY = 0.9
const WARP_RANGE = 0.25
const WARP_KNOTS = 5
const WARP_KNOT_DEVIATION = 0.04
const HIGHEST_HZ = 12_000

/** A linear map of a frame's 64 bands: band k becomes Σ weight · shape[band] over its few sources. */
export interface BandMap {
  /** [64 × 64], row-major: rows give, columns receive, so that `shape · matrix` maps a row of frames. */
  readonly matrix: Float64Array
}

/** Draws one crop's augmentation: harmonic resampling first, then warping; null where neither was drawn. */
export function sampleAugmentation(random: Random): BandMap | null {
  const harmonic = random.uniform() < HARMONIC_PROBABILITY ? harmonicMatrix(sampleHarmonicHz(random)) : null
  const warp = random.uniform() < WARP_PROBABILITY ? warpMatrix(sampleLogWarp(random)) : null
  if (harmonic && warp) return compose(harmonic, warp)
  return harmonic ?? warp
}

/** f0 between 150 and 700 Hz, uniform in its logarithm. */
export function sampleHarmonicHz(random: Random): number {
  const low = Math.log(LOWEST_HARMONIC_HZ)
  return Math.exp(low + (Math.log(HIGHEST_HARMONIC_HZ) - low) * random.uniform())
}

/** Logarithm of the warping factor per band: one offset and a piecewise-linear curve through five knots. */
export function sampleLogWarp(random: Random): Float64Array {
  const offset = (2 * random.uniform() - 1) * WARP_RANGE
  const knots = Array.from({ length: WARP_KNOTS }, () => WARP_KNOT_DEVIATION * random.normal())
  const knotSpacing = (BAND_COUNT - 1) / (WARP_KNOTS - 1)
  return Float64Array.from({ length: BAND_COUNT }, (_, band) => {
    const left = Math.min(Math.floor(band / knotSpacing), WARP_KNOTS - 2)
    const fraction = band / knotSpacing - left
    return offset + knots[left] * (1 - fraction) + knots[left + 1] * fraction
  })
}

/** Band k reads the shape at its center times exp(logWarp[k]), linear in the band's index, held at the ends. */
export function warpMatrix(logWarp: Numbers): BandMap {
  const { centersHz } = melBands()
  const matrix = new Float64Array(BAND_COUNT * BAND_COUNT)
  for (let band = 0; band < BAND_COUNT; band++) {
    const position = interpolatedIndex(centersHz[band] * Math.exp(logWarp[band]), centersHz)
    spread(position, BAND_COUNT, (source, weight) => (matrix[source * BAND_COUNT + band] += weight))
  }
  return { matrix }
}

/**
 * Samples the shape at the harmonics of `f0Hz` up to 12 kHz and interpolates back to the band centers, linear in Hz:
 * imitates the sparse envelopes of high voices.
 */
export function harmonicMatrix(f0Hz: number): BandMap {
  const { centersHz } = melBands()
  const harmonicCount = Math.floor(HIGHEST_HZ / f0Hz)
  const harmonicsHz = Float64Array.from({ length: harmonicCount }, (_, index) => (index + 1) * f0Hz)
  const matrix = new Float64Array(BAND_COUNT * BAND_COUNT)
  for (let band = 0; band < BAND_COUNT; band++) {
    spread(interpolatedIndex(centersHz[band], harmonicsHz), harmonicCount, (harmonic, weight) =>
      spread(interpolatedIndex(harmonicsHz[harmonic], centersHz), BAND_COUNT, (source, inner) => {
        matrix[source * BAND_COUNT + band] += weight * inner
      }),
    )
  }
  return { matrix }
}

/** Maps `frameCount` frames of 64 numbers from `input` into `output`, which may be the same array. */
export function applyBandMap({ matrix }: BandMap, input: Numbers, output: Numbers, frameCount: number): void {
  const row = new Float64Array(BAND_COUNT)
  for (let frame = 0; frame < frameCount; frame++) {
    const first = frame * BAND_COUNT
    row.fill(0)
    for (let source = 0; source < BAND_COUNT; source++) {
      const value = input[first + source]
      for (let band = 0, at = source * BAND_COUNT; band < BAND_COUNT; band++, at++) row[band] += value * matrix[at]
    }
    for (let band = 0; band < BAND_COUNT; band++) output[first + band] = row[band]
  }
}

function compose(first: BandMap, second: BandMap): BandMap {
  const matrix = new Float64Array(BAND_COUNT * BAND_COUNT)
  applyBandMap(second, first.matrix, matrix, BAND_COUNT)
  return { matrix }
}

/** Where `value` lies among the ascending `points`, as a fractional index, held at the ends. */
function interpolatedIndex(value: number, points: Numbers): number {
  if (value <= points[0]) return 0
  const last = points.length - 1
  if (value >= points[last]) return last
  let index = 0
  while (points[index + 1] <= value) index++
  return index + (value - points[index]) / (points[index + 1] - points[index])
}

function spread(position: number, count: number, give: (index: number, weight: number) => void): void {
  const index = Math.floor(position)
  const fraction = position - index
  give(index, 1 - fraction)
  if (fraction > 0) give(Math.min(index + 1, count - 1), fraction)
}
