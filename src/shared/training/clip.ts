/** One clip as the network sees it, frames at 10 ms. */
export interface TrainingClip {
  /** [frames × 64], row-major: ln power per band over its frame's low-band mean. */
  readonly shapes: Float32Array
  /** log2(f0 / 220 Hz), through unvoiced frames. */
  readonly pitch: Float32Array
  /** 1 voiced, 0 unvoiced. */
  readonly voiced: Float32Array
  /** Relative to the clip's loud frames, about −3…0.5. */
  readonly energy: Float32Array
  /** 1 where the frame is within 30 dB of the loud ones. */
  readonly active: Uint8Array
  /** The file was recorded under 24 kHz: its high bands are empty. */
  readonly isNarrow: boolean
  /** Row of the singers' table. */
  readonly singerIndex: number
  /** The same words by others: where there are any, a network may learn to make the clip out of theirs. */
  readonly readings?: readonly AlignedReading[]
}

/** Another clip, and which of its frames belongs to each frame of this one. */
export interface AlignedReading {
  readonly clipIndex: number
  readonly frames: Int32Array
}

/** A run of frames of one clip. */
export interface Span {
  readonly clipIndex: number
  readonly startFrame: number
  readonly frameCount: number
}

export const frameCountOf = (clip: TrainingClip): number => clip.pitch.length
