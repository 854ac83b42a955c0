import type { Numbers } from './numbers.ts'

/** Frequency on the mel scale (O'Shaughnessy 1987). */
export const hzToMel = (hz: number): number => 2595 * Math.log10(1 + hz / 700)
export const melToHz = (mel: number): number => 700 * (10 ** (mel / 2595) - 1)

/** Triangular bands, equally spaced in mel, each summing to 1 over the bins of a power spectrum. */
export interface MelBands {
  readonly bandCount: number
  readonly binCount: number
  readonly centersHz: Float64Array
  /** Band k covers the bins firstBins[k] … firstBins[k] + weights[k].length − 1. */
  readonly firstBins: Int32Array
  readonly weights: readonly Float64Array[]
}

/**
 * Bands between 0 Hz and `highHz` for a power spectrum of `fftSize / 2 + 1` bins at `rateHz`.
 * A band so narrow that no bin falls in it takes the bin nearest to its center.
 */
export function createMelBands(bandCount: number, highHz: number, fftSize: number, rateHz: number): MelBands {
  const edges = Float64Array.from({ length: bandCount + 2 }, (_, index) =>
    melToHz((hzToMel(highHz) * index) / (bandCount + 1)),
  )
  const binCount = fftSize / 2 + 1
  const firstBins = new Int32Array(bandCount)
  const weights: Float64Array[] = []
  for (let band = 0; band < bandCount; band++) {
    const triangle = triangleBins(edges[band], edges[band + 1], edges[band + 2], binCount, rateHz / fftSize)
    firstBins[band] = triangle.firstBin
    weights.push(triangle.weights)
  }
  return { bandCount, binCount, centersHz: edges.slice(1, -1), firstBins, weights }
}

function triangleBins(lowHz: number, centerHz: number, highHz: number, binCount: number, binHz: number) {
  const raw = Float64Array.from({ length: binCount }, (_, bin) =>
    Math.max(0, Math.min((bin * binHz - lowHz) / (centerHz - lowHz), (highHz - bin * binHz) / (highHz - centerHz))),
  )
  const sum = raw.reduce((total, weight) => total + weight, 0)
  if (sum < 1e-9) return { firstBin: nearestBin(centerHz, binCount, binHz), weights: Float64Array.of(1) }
  const firstBin = raw.findIndex((weight) => weight > 0)
  const lastBin = raw.findLastIndex((weight) => weight > 0)
  return { firstBin, weights: raw.slice(firstBin, lastBin + 1).map((weight) => weight / sum) }
}

const nearestBin = (hz: number, binCount: number, binHz: number) => Math.min(binCount - 1, Math.round(hz / binHz))

/** ln(band power + floor) of one power spectrum, written to `output[outputOffset …]`. */
export function logMelPower(
  bands: MelBands,
  power: Numbers,
  floor: number,
  output: Numbers,
  outputOffset: number,
): void {
  for (let band = 0; band < bands.bandCount; band++) {
    const weights = bands.weights[band]
    const firstBin = bands.firstBins[band]
    let sum = 0
    for (let index = 0; index < weights.length; index++) sum += weights[index] * power[firstBin + index]
    output[outputOffset + band] = Math.log(sum + floor)
  }
}
