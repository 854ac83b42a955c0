import type { HarvestSearch, HarvestSpan, SpanCandidates } from '../../kernels/harvest-search.ts'
import type { PitchKernel } from '../../kernels/pitch.ts'
import { decimationPassband } from '../../dsp/decimate.ts'
import { frameCount } from '../frames.ts'
import { bandPlan } from './bands.ts'
import { basicFramePeriodSec, basicFramesPerSec, toBasicRate } from './basic-rate.ts'
import { findCandidates } from './candidates.ts'
import { refineCandidates } from './refine.ts'
import { harvestRules } from './rules.ts'
import type { RefinedCandidates } from './refined-candidates.ts'

/** Long signals are searched in spans of this length, each with a margin of context on both sides. */
const spanSec = 20
const marginSec = 1

interface SearchOptions {
  readonly f0FloorHz: number
  readonly f0CeilHz: number
  readonly worldCompat: boolean
}

/** Prepares `x` (samples at `fs` Hz) for a search between two frequencies in Hz. */
export function prepareSearch(
  x: Float64Array,
  fs: number,
  { f0FloorHz, f0CeilHz, worldCompat }: SearchOptions,
): HarvestSearch {
  const { signal, rate } = toBasicRate(x, fs)
  const { groups, channelCount } = bandPlan(rate, f0FloorHz, f0CeilHz)
  return {
    signal,
    rateHz: rate,
    frames: frameCount(x.length, fs, basicFramePeriodSec),
    groups,
    slots: Math.floor(channelCount / (harvestRules.shortestRun + 1)) + 1,
    f0FloorHz,
    f0CeilHz,
    // Above its passband decimation left next to nothing: such a harmonic says nothing, and spoils the score of pitches
    // from 533 Hz on. The reference asks it all the same.
    highestHarmonicHz: ((worldCompat ? 1 : decimationPassband) * rate) / 2,
    rules: harvestRules,
  }
}

/** The spans of a search, in order. Each can be searched in any thread; the numbers are the same. */
export function searchSpans({ signal, rateHz, frames, rules }: HarvestSearch): HarvestSpan[] {
  const spanFrames = Math.round(spanSec * basicFramesPerSec)
  const spacing = rateHz * basicFramePeriodSec
  const margin = Math.round(marginSec * rateHz)
  return Array.from({ length: Math.ceil(frames / spanFrames) }, (_, s) => {
    const firstFrame = s * spanFrames
    const endFrame = Math.min(firstFrame + spanFrames, frames)
    const rawFirstFrame = Math.max(0, firstFrame - rules.neighborFrames)
    const rawEndFrame = Math.min(frames, endFrame + rules.neighborFrames)
    return {
      firstFrame,
      endFrame,
      rawFirstFrame,
      rawEndFrame,
      startSample: Math.max(0, Math.floor(rawFirstFrame * spacing) - margin),
      endSample: Math.min(signal.length, Math.ceil(rawEndFrame * spacing) + margin),
    }
  })
}

/** The candidates of one span, refined and scored. */
export const searchSpan = (search: HarvestSearch, span: HarvestSpan, kernel?: PitchKernel): SpanCandidates =>
  kernel?.searchSpan(search, span) ?? refineCandidates(search, span, findCandidates(search, span))

/** The candidates of all spans as one list. */
export function joinSpans(parts: readonly SpanCandidates[]): RefinedCandidates {
  const frames = parts.reduce((sum, { offsets }) => sum + offsets.length - 1, 0)
  const count = parts.reduce((sum, { f0 }) => sum + f0.length, 0)
  const offsets = new Int32Array(frames + 1)
  const f0 = new Float64Array(count)
  const scores = new Float64Array(count)
  let frame = 0
  let kept = 0
  for (const part of parts) {
    f0.set(part.f0, kept)
    scores.set(part.scores, kept)
    for (let i = 1; i < part.offsets.length; i++) offsets[++frame] = kept + part.offsets[i]
    kept += part.f0.length
  }
  return { frames, offsets, f0, scores }
}
