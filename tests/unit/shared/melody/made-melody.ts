import { midiToHz } from '../../../../src/shared/units/pitch.ts'

/** A note as it is sung: frames of 5 ms, a vibrato of 5.5 Hz with so many semitones to each side, a slope per second. */
export interface MadeNote {
  /** Null is a pause. */
  readonly midi: number | null
  readonly frames?: number
  readonly vibrato?: number
  readonly slope?: number
}

export const VIBRATO_HZ = 5.5

/** f0 in Hz per 5 ms frame; a note of 0.3 s unless it says otherwise. */
export const sung = (notes: readonly MadeNote[]): Float64Array =>
  Float64Array.from(
    notes.flatMap(({ midi, frames = 60, vibrato = 0, slope = 0 }) =>
      Array.from({ length: frames }, (_, frame) => {
        if (midi === null) return 0
        const sec = frame / 200
        return midiToHz(midi + slope * (sec - frames / 400) + vibrato * Math.sin(2 * Math.PI * VIBRATO_HZ * sec))
      }),
    ),
  )
