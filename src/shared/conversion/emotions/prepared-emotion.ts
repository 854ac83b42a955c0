import type { Numbers } from '../../dsp/numbers.ts'
import type { OverFrames } from '../over-frames.ts'
import type { SourceFeatures } from '../source-features.ts'

/** How an emotion is asked for on a span. */
export interface EmotionManner {
  /** 0 is the identity, bit for bit; 1 is the emotion as it was learned; up to 1.5 goes beyond what was learned. */
  readonly intensity: OverFrames
  /** Notes are kept: a note's median moves by no more than `GREATEST_NOTE_MOVE_CENTS`. */
  readonly isSung: boolean
}

/** What an emotion changes in the envelope of each 5 ms frame. */
export interface ExpressedTimbre {
  /** Adds the change of ln power per band (64) of a frame. */
  addShape(frame: number, difference: Float64Array): void
  /** Change of ln power per frame, heard whatever the shape does; null for none. */
  readonly level: Numbers | null
}

/**
 * One emotion, ready to be performed on a span of sound: what every translator ends in, so that a conversion does not
 * know which one it was. Frames are of 5 ms and counted from the span's start (`planSpan`). Each method gives null where
 * nothing is changed, and everywhere at an intensity of 0. Pitch comes first, then breath of the moved sound, then its
 * timbre; the singer's timbre and the emotion's are added in ln power.
 */
export interface PreparedEmotion {
  readonly emotionId: string
  /** Octaves by which the pitch moves, per frame. `f0` in Hz, 0 unvoiced, with the melody as edited. */
  pitch(f0: Numbers, manner: EmotionManner): Float64Array | null
  /** dB by which the voice's noise part grows, per frame: breath. `f0` after the move. */
  breath(f0: Numbers, manner: EmotionManner): Numbers | null
  /** `features` are the moved sound's. */
  timbre(features: SourceFeatures, manner: EmotionManner): ExpressedTimbre | null
}

/** Around a sung note nothing may move its median by more. */
export const GREATEST_NOTE_MOVE_CENTS = 20
