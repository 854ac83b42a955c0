import type { DioCandidates, DioSearch } from '../kernels/dio-search.ts'
import type { PitchKernel } from '../kernels/pitch.ts'
import { assertAnalyzable } from './analyzable.ts'
import { defaultF0CeilHz, defaultF0FloorHz, defaultFramePeriodSec } from './constants.ts'
import { fixDioContour } from './dio/contour.ts'
import { dioSpans, joinDioSpans, prepareDioSearch, searchDioSpan } from './dio/search.ts'
import type { PitchOptions } from './harvest.ts'

/**
 * Pitch in Hz, one value a frame, 0 where unvoiced: a faster, coarser method than Harvest; refine it by `stoneMask`.
 * `x` are samples at `fs` Hz. An empty signal has no frames; otherwise refuses what `assertAnalyzable` refuses. Without
 * the kernel its plain twin computes. Source: Morise, Kawahara and Katayose 2009, "Fast and reliable F0 estimation
 * method based on the period extraction of vocal fold vibration of singing voice and speech".
 */
export function dio(x: Float64Array, fs: number, options: PitchOptions = {}, kernel?: PitchKernel): Float64Array {
  if (x.length === 0) return new Float64Array(0)
  assertAnalyzable(x, fs)
  const search = prepareDio(x, fs, options)
  return connectDio(
    search,
    options,
    dioSpans(search).map((span) => searchDioSpan(search, span, kernel)),
  )
}

/** First part of `dio`: the signal as the search takes it. Then every span is searched, here or in other threads. */
export const prepareDio = (x: Float64Array, fs: number, options: PitchOptions = {}): DioSearch =>
  prepareDioSearch(
    x,
    fs,
    options.framePeriodSec ?? defaultFramePeriodSec,
    options.f0FloorHz ?? defaultF0FloorHz,
    options.f0CeilHz ?? defaultF0CeilHz,
  )

/** Last part of `dio`: the contour from the candidates of the search's spans, in order. */
export function connectDio(
  search: DioSearch,
  { framePeriodSec = defaultFramePeriodSec }: PitchOptions,
  parts: readonly DioCandidates[],
): Float64Array {
  const { candidates, best } = joinDioSpans(search, parts)
  return fixDioContour(best, candidates, framePeriodSec, search.f0FloorHz)
}
