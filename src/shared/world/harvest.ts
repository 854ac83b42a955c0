import { defaultF0CeilHz, defaultF0FloorHz, defaultFramePeriodSec, roundHalfAway } from './constants.ts'
import { frameCount } from './frames.ts'
import type { HarvestSearch, SpanCandidates } from '../kernels/harvest-search.ts'
import type { PitchKernel } from '../kernels/pitch.ts'
import { assertAnalyzable } from './analyzable.ts'
import { basicFramePeriodSec } from './harvest/basic-rate.ts'
import { connectCandidates } from './harvest/contour.ts'
import { dropIsolated } from './harvest/refined-candidates.ts'
import { joinSpans, prepareSearch, searchSpan, searchSpans } from './harvest/search.ts'
import { smoothContour } from './harvest/smooth.ts'

export interface PitchOptions {
  readonly f0FloorHz?: number
  readonly f0CeilHz?: number
  readonly framePeriodSec?: number
}

export interface HarvestOptions extends PitchOptions {
  /**
   * Asks harmonics up to the Nyquist frequency of the decimated signal, as the reference does, not only those that the
   * decimation left (see README: it differs from 533 Hz on).
   */
  readonly worldCompat?: boolean
}

/**
 * Pitch of a monophonic voice in Hz, one value a frame, 0 where unvoiced. `x` are samples at `fs` Hz (16 kHz or more);
 * frames as in `frameCount`. An empty signal has no frames; otherwise refuses what `assertAnalyzable` refuses. Without
 * the kernel its plain twin computes. Source: Morise 2017, "Harvest".
 */
export function harvest(x: Float64Array, fs: number, options: HarvestOptions = {}, kernel?: PitchKernel): Float64Array {
  if (x.length === 0) return new Float64Array(0)
  assertAnalyzable(x, fs)
  const search = prepareHarvest(x, fs, options)
  return connectHarvest(
    x.length,
    fs,
    options,
    searchSpans(search).map((span) => searchSpan(search, span, kernel)),
  )
}

/** First part of `harvest`: the signal as the search takes it. Then every span is searched, here or in other threads. */
export const prepareHarvest = (x: Float64Array, fs: number, options: HarvestOptions = {}): HarvestSearch =>
  prepareSearch(x, fs, {
    f0FloorHz: options.f0FloorHz ?? defaultF0FloorHz,
    f0CeilHz: options.f0CeilHz ?? defaultF0CeilHz,
    worldCompat: options.worldCompat ?? false,
  })

/** Last part of `harvest`: the contour of a signal of so many samples from the candidates of its spans, in order. */
export function connectHarvest(
  sampleCount: number,
  fs: number,
  { framePeriodSec = defaultFramePeriodSec }: PitchOptions,
  parts: readonly SpanCandidates[],
): Float64Array {
  const contour = smoothContour(connectCandidates(dropIsolated(joinSpans(parts))))
  return Float64Array.from({ length: frameCount(sampleCount, fs, framePeriodSec) }, (_, i) => {
    const nearest = roundHalfAway((i * framePeriodSec) / basicFramePeriodSec)
    return contour[Math.min(nearest, contour.length - 1)]
  })
}
