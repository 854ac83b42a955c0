import { throwIfCancelled, type Progress } from '../base/progress.ts'
import { scratchInMemory, type OpenScratch } from '../base/scratch.ts'
import type { NearestNeighbors } from '../kernels/nearest.ts'
import { BAND_COUNT } from '../networks/spectral-autoencoder/config.ts'
import { openFrameRows, type FrameRows } from './frame-rows.ts'
import { auxiliaryReader, decodeShapes, type PreparedSinger } from './prepared-singer.ts'
import { NEIGHBOR_REACH, neighborWeights, residualNeighbors, type NeighborWeights } from './residual-neighbors.ts'
import type { SourceFeatures } from './source-features.ts'

/** Slow frames decoded at once. */
const CHUNK_FRAMES = 1000

/** The shapes that a singer gives to a source, at 10 ms: what the network draws, refined by real frames. */
export function convertShapes(
  features: SourceFeatures,
  singer: PreparedSinger,
  nearest: NearestNeighbors,
  progress: Progress,
  weights: NeighborWeights = neighborWeights.balanced,
  openScratch: OpenScratch = scratchInMemory,
): FrameRows {
  const converted = openFrameRows(openScratch, features.slowFrameCount)
  const latent = encodeSource(features, singer, progress, openScratch)
  forEachConverted(features, singer, latent, nearest, weights, progress, (frame, shapes, at) =>
    converted.add(frame, shapes, at),
  )
  return converted
}

function encodeSource(
  features: SourceFeatures,
  { inference, model }: PreparedSinger,
  progress: Progress,
  openScratch: OpenScratch,
): Float32Array {
  const visit = (fraction: number) => {
    throwIfCancelled(progress)
    progress.report(0.4 * fraction, 'hearing the words')
  }
  return inference.encode(features.slowFrameCount, features.encoderInput(model.spread), visit, openScratch)
}

function forEachConverted(
  features: SourceFeatures,
  singer: PreparedSinger,
  latent: Float32Array,
  nearest: NearestNeighbors,
  weights: NeighborWeights,
  progress: Progress,
  visit: (frame: number, shapes: Float64Array, at: number) => void,
): void {
  const { slowFrameCount: frameCount } = features
  const readAuxiliary = auxiliaryReader(features.auxiliary)
  for (let start = 0; start < frameCount; start += CHUNK_FRAMES) {
    throwIfCancelled(progress)
    progress.report(0.4 + (0.6 * start) / frameCount, 'changing the voice')
    const end = Math.min(start + CHUNK_FRAMES, frameCount)
    const from = Math.max(start - NEIGHBOR_REACH, 0)
    const to = Math.min(end + NEIGHBOR_REACH, frameCount)
    const decoded = decodeShapes(singer, latent, frameCount, readAuxiliary, from, to - from)
    const refined = residualNeighbors(decoded, to - from, singer.bank, nearest, weights)
    for (let frame = start; frame < end; frame++) visit(frame, refined, (frame - from) * BAND_COUNT)
  }
}
