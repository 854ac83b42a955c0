import { failure, FailureError } from '../base/errors.ts'
import { throwIfCancelled, type Progress } from '../base/progress.ts'
import { FRAMES_PER_SEC } from './features.ts'
import type { SampleSource } from './sound.ts'

/** Around a region this much of its source is analyzed with it, so that its edges sound as in the whole. */
const CONTEXT_SEC = 0.25
/** A window ends at the quietest place in this span of its length, at up to 48 kHz. */
export interface WindowLengths {
  readonly shortestSec: number
  readonly longestSec: number
  /** Sound read around a window; `OVERLAP_SEC` where nothing else is needed. */
  readonly overlapSec?: number
}
/** Some twenty arrays of a window's samples live at once in transposing: under 100 MB at these lengths. */
const DEFAULT_LENGTHS: WindowLengths = { shortestSec: 6, longestSec: 10 }
/** At higher rates windows are shorter, so that they take no more memory. */
const FULL_LENGTH_RATE_HZ = 48_000
/** Sound read around a window: slow filters (3 Hz) have forgotten their start after this. */
const OVERLAP_SEC = 1
/** Quiet is judged over this many cells of at least 10 ms. */
const QUIET_CELLS = 5
const READ_CELLS = 200

/** The part of a source that is analyzed: the region and its context. Positions below count from `startSamples`. */
export interface AnalysisSpan {
  readonly source: SampleSource
  /** In the source; the region's start lies a whole number of cells after it. */
  readonly startSamples: number
  readonly durationSamples: number
  /** Where the region lies in the span. */
  readonly regionStartSamples: number
  readonly regionDurationSamples: number
  /** The shortest time, at least 10 ms, that is whole at the source's and the analysis rate, and an even frame count. */
  readonly cellSamples: number
  /** 5 ms frames. */
  readonly frameCount: number
}

/**
 * Cells begin where samples, analysis samples and frames all begin.
 * Errors: `request-invalid` when the region does not lie in its source.
 */
export function planSpan(source: SampleSource, startSamples: number, durationSamples: number): AnalysisSpan {
  if (startSamples < 0 || durationSamples < 0 || startSamples + durationSamples > source.durationSamples)
    throw new FailureError(
      failure(
        'request-invalid',
        `The region's ${durationSamples} samples from ${startSamples} on do not lie in its source of ${source.durationSamples}.`,
        'Trim the region to its source.',
      ),
    )
  const cellSamples = source.rateHz / greatestCommonDivisor(source.rateHz, 100)
  const wanted = Math.min(startSamples, Math.round(CONTEXT_SEC * source.rateHz))
  const before = Math.floor(wanted / cellSamples) * cellSamples
  const end = Math.min(startSamples + durationSamples + Math.round(CONTEXT_SEC * source.rateHz), source.durationSamples)
  const start = startSamples - before
  return {
    source,
    startSamples: start,
    durationSamples: end - start,
    regionStartSamples: before,
    regionDurationSamples: durationSamples,
    cellSamples,
    frameCount: Math.floor(((end - start) * FRAMES_PER_SEC) / source.rateHz) + 1,
  }
}

/** A window of a span: it owns `start … end`, and `first … last` is read for it. In samples of the span. */
export interface SoundWindow {
  readonly index: number
  readonly isLast: boolean
  readonly startSamples: number
  readonly endSamples: number
  readonly firstSamples: number
  readonly lastSamples: number
  /** Frames that it owns, and the first that was read. */
  readonly startFrame: number
  readonly endFrame: number
  readonly firstFrame: number
  /** One past the last frame whose sound was read. */
  readonly lastFrame: number
}

/** What one pass over the sound tells: how loud, and where to cut. */
export interface Survey {
  readonly peak: number
  readonly windows: readonly SoundWindow[]
}

/** Errors: `audio-not-finite` where a sample is NaN or infinite. */
export function surveySpan(span: AnalysisSpan, progress: Progress, lengths = DEFAULT_LENGTHS): Survey {
  const powers = new Float32Array(Math.ceil(span.durationSamples / span.cellSamples))
  let peak = 0
  for (let cell = 0; cell < powers.length; cell += READ_CELLS) {
    throwIfCancelled(progress)
    progress.report(cell / powers.length, 'reading the sound')
    const start = cell * span.cellSamples
    const count = Math.min(READ_CELLS * span.cellSamples, span.durationSamples - start)
    for (const channel of span.source.read(span.startSamples + start, count)) {
      peak = Math.max(peak, addPowers(channel.subarray(0, count), span.cellSamples, powers.subarray(cell)))
      if (peak === Infinity) throw notFinite(span, start + channel.findIndex((value) => !Number.isFinite(value)))
    }
  }
  return { peak, windows: planWindows(span, powers, lengths) }
}

/** Adds the power of every cell, in single precision, and returns the peak: infinite where a sample is not a number. */
function addPowers(channel: Float32Array, cellSamples: number, powers: Float32Array): number {
  let peak = 0
  for (let cell = 0, at = 0; at < channel.length; cell++) {
    const end = Math.min(at + cellSamples, channel.length)
    let power = powers[cell]
    for (; at < end; at++) {
      const value = channel[at]
      const size = Math.abs(value)
      if (!(size < Infinity)) return Infinity
      if (size > peak) peak = size
      power = Math.fround(power + value * value)
    }
    powers[cell] = power
  }
  return peak
}

function planWindows(span: AnalysisSpan, powers: Float32Array, lengths: WindowLengths): SoundWindow[] {
  const { rateHz } = span.source
  const scale = Math.min(1, FULL_LENGTH_RATE_HZ / rateHz)
  const cells = (seconds: number) => Math.max(1, Math.round((seconds * rateHz) / span.cellSamples))
  const [shortest, longest] = [cells(lengths.shortestSec * scale), cells(lengths.longestSec * scale)]
  const overlap = cells(lengths.overlapSec ?? OVERLAP_SEC)
  const cuts = [0]
  while (powers.length - cuts[cuts.length - 1] > longest) {
    const last = cuts[cuts.length - 1]
    cuts.push(quietestCell(powers, last + shortest, last + longest))
  }
  cuts.push(powers.length)
  return cuts.slice(1).map((end, index) => placeWindow(span, cuts[index], end, index, overlap))
}

function placeWindow(span: AnalysisSpan, cell: number, end: number, index: number, overlap: number): SoundWindow {
  const { cellSamples, durationSamples, frameCount, source } = span
  const framesPerCell = (cellSamples * FRAMES_PER_SEC) / source.rateHz
  const firstCell = Math.max(0, cell - overlap)
  const isLast = end * cellSamples >= durationSamples
  return {
    index,
    isLast,
    startSamples: cell * cellSamples,
    endSamples: Math.min(end * cellSamples, durationSamples),
    firstSamples: firstCell * cellSamples,
    lastSamples: Math.min((end + overlap) * cellSamples, durationSamples),
    startFrame: Math.round(cell * framesPerCell),
    endFrame: isLast ? frameCount : Math.round(end * framesPerCell),
    firstFrame: Math.round(firstCell * framesPerCell),
    lastFrame: Math.min(Math.round((end + overlap) * framesPerCell) + 1, frameCount),
  }
}

/** The cell boundary around which the least is heard. */
function quietestCell(powers: Float32Array, first: number, last: number): number {
  let best = first
  let least = Infinity
  for (let cell = first; cell <= last; cell++) {
    let sum = 0
    for (let near = cell - QUIET_CELLS; near < cell + QUIET_CELLS; near++) sum += powers[near] ?? 0
    if (sum < least) [best, least] = [cell, sum]
  }
  return best
}

function notFinite(span: AnalysisSpan, position: number): FailureError {
  const seconds = ((span.startSamples + position) / span.source.rateHz).toFixed(3)
  return new FailureError(
    failure(
      'audio-not-finite',
      `The source holds a sample that is not a number, at ${seconds} s. Every sample must be a finite number.`,
      'Export the source anew from the program that made it, then import it again.',
    ),
  )
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
