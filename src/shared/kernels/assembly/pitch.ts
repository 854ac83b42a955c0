import { addChannels, BandSpan, finishRuns, startRuns } from './pitch/harvest-bands'
import { DioSpan, searchBands } from './pitch/dio-bands'
import { refineFrames, RefineSpan } from './pitch/harvest-refine'
import { refineContour, StoneMaskSpan } from './pitch/stonemask'

/** Room for `bytes`, kept for good. */
export function allocate(bytes: usize): usize {
  return heap.alloc(bytes)
}

const bands = new BandSpan()
const refinement = new RefineSpan()

/** The constants of Harvest, which its twin states: see `HarvestSearch` of the wrapper. */
export function setHarvest(
  acceptedDeviation: f64,
  shortestRun: i32,
  framesPerSec: f64,
  neighborFrames: i32,
  lowestScore: f64,
  roundingBias: f64,
  safeguard: f64,
): void {
  bands.acceptedDeviation = acceptedDeviation
  bands.shortestRun = shortestRun
  refinement.framesPerSec = framesPerSec
  refinement.neighborFrames = neighborFrames
  refinement.lowestScore = lowestScore
  refinement.roundingBias = roundingBias
  refinement.safeguard = safeguard
}

/** Begins the search of raw candidates for `frames` frames from `firstFrame` on. */
export function startSpan(
  fs: f64,
  spacing: f64,
  f0FloorHz: f64,
  f0CeilHz: f64,
  slots: i32,
  padded: usize,
  reach: i32,
  origin: i32,
  length: i32,
  firstFrame: i32,
  frames: i32,
): void {
  bands.fs = fs
  bands.spacing = spacing
  bands.f0FloorHz = f0FloorHz
  bands.f0CeilHz = f0CeilHz
  bands.slots = slots
  bands.padded = padded
  bands.reach = reach
  bands.origin = origin
  bands.length = length
  bands.firstFrame = firstFrame
  bands.frames = frames
  startRuns(bands)
}

/** Channels in ascending order, one call for those that share a transform size. */
export function searchChannels(size: i32, reach: i32, channels: i32, centersHz: usize, gains: usize): void {
  addChannels(bands, size, reach, channels, centersHz, gains)
}

/** Ends the search and refines the candidates of firstFrame … endFrame - 1; returns how many were kept. */
export function refineSpan(signal: usize, firstFrame: i32, endFrame: i32, highestHarmonicHz: f64): i32 {
  finishRuns(bands)
  refinement.signal = signal
  refinement.fs = bands.fs
  refinement.firstFrame = firstFrame
  refinement.endFrame = endFrame
  refinement.raw = bands.candidates
  refinement.rawFirst = bands.firstFrame
  refinement.rawEnd = bands.firstFrame + bands.frames
  refinement.slots = bands.slots
  refinement.f0FloorHz = bands.f0FloorHz
  refinement.f0CeilHz = bands.f0CeilHz
  refinement.highestHarmonicHz = highestHarmonicHz
  refineFrames(refinement)
  return load<i32>(refinement.offsets + ((<usize>(endFrame - firstFrame)) << 2))
}

/** Where the last `refineSpan` left the frames' offsets (i32), frequencies and scores (f64). */
export function refinedOffsets(): usize {
  return refinement.offsets
}
export function refinedF0(): usize {
  return refinement.f0
}
export function refinedScores(): usize {
  return refinement.scores
}

const dio = new DioSpan()

/** DIO: frequencies and scores of all bands at `frames` frames, a row a band. See `DioSearch` of the wrapper. */
export function searchDioSpan(
  fs: f64,
  spacing: f64,
  f0FloorHz: f64,
  f0CeilHz: f64,
  unknownScore: f64,
  safeguard: f64,
  size: i32,
  reach: i32,
  bands: i32,
  boundariesHz: usize,
  gainsRe: usize,
  gainsIm: usize,
  padded: usize,
  origin: i32,
  length: i32,
  firstFrame: i32,
  frames: i32,
  f0: usize,
  scores: usize,
): void {
  dio.fs = fs
  dio.spacing = spacing
  dio.f0FloorHz = f0FloorHz
  dio.f0CeilHz = f0CeilHz
  dio.unknownScore = unknownScore
  dio.safeguard = safeguard
  dio.size = size
  dio.reach = reach
  dio.padded = padded
  dio.origin = origin
  dio.length = length
  dio.firstFrame = firstFrame
  dio.frames = frames
  searchBands(dio, bands, boundariesHz, gainsRe, gainsIm, f0, scores)
}

const mask = new StoneMaskSpan()

/** StoneMask, in place: Hz of `count` frames from `firstFrame` on. See `StoneMaskRules` of the wrapper. */
export function refineStoneMask(
  signal: usize,
  fs: f64,
  framePeriodSec: f64,
  lowestF0Hz: f64,
  highestF0Hz: f64,
  firstHarmonics: i32,
  farthestStep: f64,
  safeguard: f64,
  f0: usize,
  firstFrame: i32,
  count: i32,
): void {
  mask.signal = signal
  mask.fs = fs
  mask.framePeriodSec = framePeriodSec
  mask.lowestF0Hz = lowestF0Hz
  mask.highestF0Hz = highestF0Hz
  mask.firstHarmonics = firstHarmonics
  mask.farthestStep = farthestStep
  mask.safeguard = safeguard
  refineContour(mask, f0, firstFrame, count)
}
