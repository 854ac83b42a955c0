import type { SpectralPeak } from './spectral-peaks.ts'

/** A fundamental and the peaks that are its partials. */
export interface HarmonicSeries {
  readonly hz: number
  readonly partials: readonly SpectralPeak[]
}

export interface SeriesLimits {
  readonly lowestHz: number
  readonly highestHz: number
  /** Places of partials are known to this. */
  readonly binHz: number
}

/** Partials are looked for up to here: beyond, vibrato smears them. */
const HIGHEST_PARTIAL_HZ = 3000
/** A partial may stand off its place by this share of its frequency, or by a bin's share, but never by a quarter of the pitch. */
const TOLERANCE = 0.015
const TOLERANCE_BINS = 0.8
const GREATEST_SHARE_OF_PITCH = 0.22
/** Candidates are the strongest peaks, each as one of so many partials. */
const STRONGEST_PEAKS = 8
const HIGHEST_CANDIDATE_PARTIAL = 6
/** What a partial that is missing takes from a candidate, against a partial as strong as the strongest. */
const MISSING_COST = 0.12

/** Peaks count by the square root of their magnitude over this, so that weak partials speak too. */
const weightOf = (peak: SpectralPeak, strongest: number): number => Math.sqrt(peak.magnitude / strongest)

/** The series that explains the peaks best, or null where there are none. `excludes` rules fundamentals out. */
export function bestSeries(
  peaks: readonly SpectralPeak[],
  limits: SeriesLimits,
  excludes: (hz: number) => boolean = () => false,
): HarmonicSeries | null {
  const strongest = peaks.reduce((most, { magnitude }) => Math.max(most, magnitude), 0)
  let best: HarmonicSeries | null = null
  let bestScore = -Infinity
  const loud = [...peaks].sort((a, b) => b.magnitude - a.magnitude).slice(0, STRONGEST_PEAKS)
  for (const { hz } of loud) {
    for (let partial = 1; partial <= HIGHEST_CANDIDATE_PARTIAL; partial++) {
      const fundamental = hz / partial
      if (fundamental < limits.lowestHz || fundamental > limits.highestHz || excludes(fundamental)) continue
      const { series, missing } = collect(peaks, fundamental, limits.binHz)
      const score = series.partials.reduce((sum, peak) => sum + weightOf(peak, strongest), 0) - MISSING_COST * missing
      if (score > bestScore) [best, bestScore] = [series, score]
    }
  }
  return best
}

/** Whether a peak stands at a multiple of a fundamental. */
export function isPartial({ hz }: SpectralPeak, fundamental: number, binHz: number): boolean {
  const multiple = Math.max(1, Math.round(hz / fundamental))
  return Math.abs(hz - multiple * fundamental) < toleranceHz(multiple * fundamental, fundamental, binHz)
}

const toleranceHz = (hz: number, fundamental: number, binHz: number): number =>
  Math.min(Math.max(TOLERANCE * hz, TOLERANCE_BINS * binHz), GREATEST_SHARE_OF_PITCH * fundamental)

function collect(peaks: readonly SpectralPeak[], fundamental: number, binHz: number) {
  const partials: SpectralPeak[] = []
  let missing = 0
  for (let multiple = 1; multiple * fundamental < HIGHEST_PARTIAL_HZ; multiple++) {
    const hz = multiple * fundamental
    const tolerance = toleranceHz(hz, fundamental, binHz)
    let found: SpectralPeak | null = null
    for (const peak of peaks)
      if (Math.abs(peak.hz - hz) < tolerance && (found === null || peak.magnitude > found.magnitude)) found = peak
    if (found === null) missing++
    else partials.push(found)
  }
  return { series: { hz: refined(partials, fundamental), partials }, missing }
}

/** Mean of what the partials say of their fundamental, the strong ones more. */
function refined(partials: readonly SpectralPeak[], fundamental: number): number {
  let [sum, weights] = [0, 0]
  for (const { hz, magnitude } of partials) {
    sum += (magnitude * hz) / Math.max(1, Math.round(hz / fundamental))
    weights += magnitude
  }
  return weights > 0 ? sum / weights : fundamental
}
