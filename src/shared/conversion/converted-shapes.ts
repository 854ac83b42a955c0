import { subProgress, throwIfCancelled, type Progress } from '../base/progress.ts'
import { scratchInMemory, type OpenScratch } from '../base/scratch.ts'
import type { Numbers } from '../dsp/numbers.ts'
import type { NearestNeighbors } from '../kernels/nearest.ts'
import { BAND_COUNT } from '../networks/spectral-autoencoder/config.ts'
import { openFrameRows, type FrameRows } from './frame-rows.ts'
import { auxiliaryReader, decodeShapes, type PreparedSinger } from './prepared-singer.ts'
import { NEIGHBOR_REACH, neighborWeights, residualNeighbors, type NeighborWeights } from './residual-neighbors.ts'
import type { SourceFeatures } from './source-features.ts'

/** Slow frames decoded at once. */
const CHUNK_FRAMES = 1000

/** One singer of a blend, with a constant share or a curve over the 10 ms frames. Shares sum to 1. */
export interface BlendedSinger {
  readonly singer: PreparedSinger
  readonly weight: number | Numbers
}

/**
 * The shapes that the singers give to a source, at 10 ms: each singer's network and real frames,
 * mixed in the logarithm. A single singer of weight 1 comes out bit for bit as alone.
 */
export function convertShapes(
  features: SourceFeatures,
  singers: readonly BlendedSinger[],
  nearest: NearestNeighbors,
  progress: Progress,
  weights: NeighborWeights = neighborWeights.balanced,
  openScratch: OpenScratch = scratchInMemory,
): FrameRows {
  const mixed = openFrameRows(openScratch, features.slowFrameCount)
  singers.forEach(({ singer, weight }, index) => {
    const part = subProgress(progress, index / singers.length, (index + 1) / singers.length)
    const latent = encodeSource(features, singer, part, openScratch)
    forEachConverted(features, singer, latent, nearest, weights, part, (frame, shapes, at) =>
      mixed.add(frame, shapes, at, typeof weight === 'number' ? weight : weight[frame]),
    )
  })
  return mixed
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
