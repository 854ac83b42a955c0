import { BANDS, CEPSTRA, CONDITION_REACH, conditionFrames, FEATURES } from '../networks/source-filter/config.ts'
import type { VocoderFeatures } from './features.ts'

/** What is usual of each feature: it is told as a deviation from it. */
export interface VocoderNormal {
  /** [features] */
  readonly mean: Float32Array
  readonly spread: Float32Array
}

const VOICED = 1
/** A feature that never changes tells nothing, and must not be blown up. */
const LEAST_SPREAD = 1e-3

/** Measures what is usual: pitch over voiced frames, all else over all; whether a frame is voiced stays 0 or 1. */
export function measureNormal(clips: readonly VocoderFeatures[]): VocoderNormal {
  const counts = new Float64Array(FEATURES)
  const sums = new Float64Array(FEATURES)
  const squares = new Float64Array(FEATURES)
  const row = new Float64Array(FEATURES)
  for (const clip of clips)
    for (let frame = 0; frame < clip.f0.length; frame++) {
      readRow(clip, frame, row)
      for (let feature = clip.f0[frame] > 0 ? 0 : 1; feature < FEATURES; feature++) {
        counts[feature]++
        sums[feature] += row[feature]
        squares[feature] += row[feature] * row[feature]
      }
    }
  const mean = Float32Array.from(sums, (sum, feature) => (feature === VOICED ? 0 : sum / Math.max(counts[feature], 1)))
  const spread = Float32Array.from(squares, (square, feature) => {
    if (feature === VOICED) return 1
    const variance = square / Math.max(counts[feature], 1) - mean[feature] ** 2
    return Math.max(Math.sqrt(Math.max(variance, 0)), LEAST_SPREAD)
  })
  return { mean, spread }
}

/**
 * What the network is told for `frames` frames of sound from `firstFrame` on: [frames + 5, features], frames beyond
 * either end being the outermost one.
 */
export function conditionRows(
  features: VocoderFeatures,
  { mean, spread }: VocoderNormal,
  firstFrame: number,
  frames: number,
): Float32Array {
  const rows = new Float32Array(conditionFrames(frames) * FEATURES)
  const row = new Float64Array(FEATURES)
  for (let index = 0; index < conditionFrames(frames); index++) {
    const frame = Math.min(Math.max(firstFrame + index - CONDITION_REACH, 0), features.f0.length - 1)
    readRow(features, frame, row)
    // Without pitch its place is where nothing is said.
    if (features.f0[frame] === 0) row[0] = mean[0]
    for (let feature = 0; feature < FEATURES; feature++)
      rows[index * FEATURES + feature] = (row[feature] - mean[feature]) / spread[feature]
  }
  return rows
}

function readRow({ f0, bands, cepstra }: VocoderFeatures, frame: number, output: Float64Array): void {
  output[0] = f0[frame] > 0 ? Math.log(f0[frame]) : 0
  output[VOICED] = f0[frame] > 0 ? 1 : 0
  output.set(bands.subarray(frame * BANDS, (frame + 1) * BANDS), 2)
  output.set(cepstra.subarray(frame * CEPSTRA, (frame + 1) * CEPSTRA), 2 + BANDS)
}
