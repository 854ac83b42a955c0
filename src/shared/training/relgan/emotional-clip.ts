/** A clip of one emotion, as RelGAN learns from it: WORLD at 22,050 Hz, 5 ms. */
export interface EmotionalClip {
  /** Index into the emotions of the training. */
  readonly emotion: number
  /** Who speaks or sings; held-out people are told by it. */
  readonly person: string
  /** Coded envelopes [frames × 36]. */
  readonly cepstra: Float32Array
  /** Hz per frame, 0 where unvoiced. */
  readonly f0: Float32Array
}
