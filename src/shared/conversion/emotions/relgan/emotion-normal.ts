import type { Numbers } from '../../../dsp/numbers.ts'
import { CEPSTRA } from '../../../networks/relgan/config.ts'

/** What is normal for an emotion; kept with the network, which knows only normalized numbers. */
export interface EmotionNormal {
  /** Mean and standard deviation of each coefficient over all frames (36). */
  readonly mean: Float32Array
  readonly spread: Float32Array
  /** Mean and standard deviation of ln f0 over voiced frames. */
  readonly logF0Mean: number
  readonly logF0Spread: number
}

/** [frames × 36] to [36 × frames], normalized. */
export function normalizedMap(cepstra: Numbers, { mean, spread }: EmotionNormal): Float32Array {
  const frames = cepstra.length / CEPSTRA
  const map = new Float32Array(cepstra.length)
  for (let frame = 0; frame < frames; frame++)
    for (let index = 0; index < CEPSTRA; index++)
      map[index * frames + frame] = (cepstra[frame * CEPSTRA + index] - mean[index]) / spread[index]
  return map
}

/** The middle of several: what a voice of no emotion is taken for by a model that knows no neutral. */
export function middleNormal(normals: readonly EmotionNormal[]): EmotionNormal {
  const mean = (number: (normal: EmotionNormal) => number) =>
    normals.reduce((sum, normal) => sum + number(normal), 0) / normals.length
  return {
    mean: Float32Array.from({ length: CEPSTRA }, (_, index) => mean((normal) => normal.mean[index])),
    spread: Float32Array.from({ length: CEPSTRA }, (_, index) => mean((normal) => normal.spread[index])),
    logF0Mean: mean((normal) => normal.logF0Mean),
    logF0Spread: mean((normal) => normal.logF0Spread),
  }
}
