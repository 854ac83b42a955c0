import type { DioCandidates, DioSearch, DioSpan } from '../../kernels/dio-search.ts'
import type { PitchKernel } from '../../kernels/pitch.ts'
import { safeguard } from '../constants.ts'
import { frameCount } from '../frames.ts'
import { dioBands } from './bands.ts'
import { findDioCandidates } from './candidates.ts'

/** Score of a band that knows nothing. */
const worstScore = 1e5
/** Long signals are searched in spans of this length, each with a margin of context on both sides. */
const spanSec = 20
const marginSec = 1

/** Prepares `x` (samples at `fs` Hz) for a search between two frequencies in Hz. */
export function prepareDioSearch(
  x: Float64Array,
  fs: number,
  framePeriodSec: number,
  f0FloorHz: number,
  f0CeilHz: number,
): DioSearch {
  // As in the reference there is one sample more than the signal has, and the mean is taken over it too.
  const signal = new Float64Array(x.length + 1)
  signal.set(x)
  let sum = 0
  for (const value of x) sum += value
  const mean = sum / signal.length
  for (let i = 0; i < signal.length; i++) signal[i] -= mean
  return {
    signal,
    rateHz: fs,
    frames: frameCount(x.length, fs, framePeriodSec),
    spacingSamples: fs * framePeriodSec,
    bands: dioBands(fs, f0FloorHz, f0CeilHz),
    f0FloorHz,
    f0CeilHz,
    unknownScore: worstScore / safeguard,
    safeguard,
  }
}

/** The spans of a search, in order. Each can be searched in any thread; the numbers are the same. */
export function dioSpans({ signal, rateHz, frames, spacingSamples }: DioSearch): DioSpan[] {
  const spanFrames = Math.round((spanSec * rateHz) / spacingSamples)
  const margin = Math.round(marginSec * rateHz)
  return Array.from({ length: Math.ceil(frames / spanFrames) }, (_, s) => {
    const firstFrame = s * spanFrames
    const endFrame = Math.min(firstFrame + spanFrames, frames)
    return {
      firstFrame,
      endFrame,
      startSample: Math.max(0, Math.floor(firstFrame * spacingSamples) - margin),
      endSample: Math.min(signal.length, Math.ceil(endFrame * spacingSamples) + margin),
    }
  })
}

/** What each band found in one span. */
export const searchDioSpan = (search: DioSearch, span: DioSpan, kernel?: PitchKernel): DioCandidates =>
  kernel?.searchDioSpan(search, span) ?? findDioCandidates(search, span)

/** One list a band, over all spans, and the frequency of the best score at every frame. */
export function joinDioSpans(
  search: DioSearch,
  parts: readonly DioCandidates[],
): { candidates: Float64Array[]; best: Float64Array } {
  const bandCount = search.bands.boundariesHz.length
  const join = (of: (part: DioCandidates) => Float64Array, band: number): Float64Array => {
    const joined = new Float64Array(search.frames)
    let frame = 0
    for (const part of parts) {
      const frames = of(part).length / bandCount
      joined.set(of(part).subarray(band * frames, (band + 1) * frames), frame)
      frame += frames
    }
    return joined
  }
  const bands = Array.from({ length: bandCount }, (_, band) => band)
  const candidates = bands.map((band) => join(({ f0 }) => f0, band))
  const scores = bands.map((band) => join((part) => part.scores, band))
  const best = Float64Array.from({ length: search.frames }, (_, i) => {
    let winner = 0
    for (let band = 1; band < bandCount; band++) if (scores[band][i] < scores[winner][i]) winner = band
    return candidates[winner][i]
  })
  return { candidates, best }
}
