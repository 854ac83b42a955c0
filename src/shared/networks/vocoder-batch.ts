import { FRAME_SAMPLES } from './source-filter/config.ts'

/** What a step of any vocoder learns from: items follow each other, all of `frameCount` frames of 80 samples. */
export interface VocoderBatch {
  readonly frameCount: number
  /** Of each item: [samples], whitened. */
  readonly target: Float32Array
  /** Of each item: [samples]. */
  readonly pulses: Float32Array
  /** Of one period and of two: of each item samples back at [samples], 0 where nothing lies there. */
  readonly lags: readonly Float32Array[]
  /** Of each item: where in its period the voice is, at [samples]. */
  readonly turns: Float32Array
  /** Of each item: [groups × 8]. */
  readonly phase: Float32Array
  /** Of each item: [frameCount + 5, features]. */
  readonly features: Float32Array
  /** Of each item: [samples], drawn twice. */
  readonly noise: readonly [Float32Array, Float32Array]
}

export const itemsOf = ({ target, frameCount }: VocoderBatch): number => target.length / (frameCount * FRAME_SAMPLES)

/** What both draws of all items are given: the first ones', then the second ones'. */
export function twice(first: Float32Array, second = first): Float32Array {
  const both = new Float32Array(2 * first.length)
  both.set(first)
  both.set(second, first.length)
  return both
}
