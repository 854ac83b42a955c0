import type { AperiodicityJob, FramesJob, VoiceRows } from '../kernels/crew.ts'
import type { SpanCandidates } from '../kernels/harvest-search.ts'
import { plainKernels, type Kernels } from '../kernels/kernels.ts'
import { assertAnalyzable } from './analyzable.ts'
import { envelopeFftSize } from './cheaptrick.ts'
import { defaultFramePeriodSec, parityVoicingThreshold } from './constants.ts'
import { connectHarvest, prepareHarvest, type HarvestOptions } from './harvest.ts'
import { searchSpans } from './harvest/search.ts'
import { crewOf } from './jobs.ts'

export interface VoiceOptions extends HarvestOptions {
  readonly fftSize?: number
  /** As in `d4c`. */
  readonly threshold?: number
}

/** So much sound is one job: enough for its threads to be busy with, little enough to be held several times. */
const pieceSec = 5

/**
 * The whole analysis of a sound of any length, by Harvest, CheapTrick and D4C, with all threads that the kernels bring:
 * gives the pitch (Hz a frame, 0 unvoiced) and calls `take` for piece after piece of frames, in order, with its power
 * envelopes and aperiodicity (rows of fftSize / 2 + 1 bins). The numbers are those of `harvest`, `cheapTrick` and `d4c`
 * over the whole, whatever the number of threads. Refuses what these refuse.
 */
export function analyzeVoice(
  x: Float64Array,
  fs: number,
  options: VoiceOptions,
  take: (firstFrame: number, rows: VoiceRows) => void,
  kernels: Kernels = plainKernels,
): Float64Array {
  assertAnalyzable(x, fs)
  const crew = crewOf(kernels)
  const sound = kernels.crew ? shared(x) : x
  const f0 = findPitch(x, fs, options, kernels)
  const { fftSize = envelopeFftSize(fs), framePeriodSec = defaultFramePeriodSec } = options
  const base = { x: sound, fs, f0, fftSize, framePeriodSec }
  const pieces = piecesOf(f0.length, Math.round(pieceSec / framePeriodSec))
  const lowBandShares = new Float64Array(f0.length)
  const voicingJobs = pieces.map((piece): FramesJob => ({ ...base, ...piece }))
  crew.run('low-band-shares', voicingJobs, (shares, index) => lowBandShares.set(shares, pieces[index].firstFrame))
  const { threshold = parityVoicingThreshold } = options
  const jobs = pieces.map((piece): AperiodicityJob => ({ ...base, ...piece, lowBandShares, threshold }))
  crew.run('voice', jobs, (rows, index) => take(pieces[index].firstFrame, rows))
  return f0
}

function findPitch(x: Float64Array, fs: number, options: HarvestOptions, kernels: Kernels): Float64Array {
  const prepared = prepareHarvest(x, fs, options)
  const spans = searchSpans(prepared)
  const { groups: _, ...search } = prepared
  const signal = kernels.crew ? shared(search.signal) : search.signal
  const jobs = spans.map((span) => ({ search: { ...search, signal }, span }))
  const parts: SpanCandidates[] = []
  crewOf(kernels).run('pitch-span', jobs, (found) => parts.push(found))
  return connectHarvest(x.length, fs, options, parts)
}

function piecesOf(frames: number, length: number): { firstFrame: number; lastFrame: number }[] {
  return Array.from({ length: Math.ceil(frames / length) }, (_, index) => ({
    firstFrame: index * length,
    lastFrame: Math.min((index + 1) * length, frames) - 1,
  }))
}

/** In memory that all threads see. */
function shared(values: Float64Array): Float64Array {
  const copy = new Float64Array(new SharedArrayBuffer(values.byteLength))
  copy.set(values)
  return copy
}
