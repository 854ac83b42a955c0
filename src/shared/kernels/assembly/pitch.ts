import { addChannels, BandSpan, finishRuns, startRuns } from './pitch/harvest-bands'
import { refineFrames, RefineSpan } from './pitch/harvest-refine'

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
  mostReach: i32,
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
  bands.mostReach = mostReach
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
export function refineSpan(
  clamped: usize,
  clampedOrigin: i32,
  firstFrame: i32,
  endFrame: i32,
  highestHarmonicHz: f64,
): i32 {
  finishRuns(bands)
  refinement.clamped = clamped
  refinement.clampedOrigin = clampedOrigin
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
