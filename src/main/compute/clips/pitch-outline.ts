import { FRAMES_PER_SEC } from '../../../shared/conversion/features.ts'
import { isSung, measureSteadiness, type Steadiness } from '../../../shared/conversion/steadiness.ts'
import type { PitchOutline } from '../../../shared/project/pitch-outline.ts'
import { hzToMidi, midiToHz } from '../../../shared/units/pitch.ts'

/** One note stands for so long: shorter ones are ornaments. */
export const OUTLINE_HOP_SEC = 0.1
/** Notes are told to this part of a semitone. */
const NOTE_STEP = 0.5
/** A hop with less voice in it has no note. */
const LEAST_VOICED = 0.5

/** What one part of a long source adds to its outline. */
export interface OutlinePart {
  readonly notes: readonly number[]
  readonly steadiness: Steadiness
}

/** @param f0Hz per 5 ms frame, 0 where unvoiced, of a part that begins on a hop */
export function outlinePart(f0Hz: readonly number[]): OutlinePart {
  const framesPerHop = Math.round(OUTLINE_HOP_SEC * FRAMES_PER_SEC)
  const notes = Array.from({ length: Math.floor(f0Hz.length / framesPerHop) }, (_, hop) => {
    const voiced = f0Hz.slice(hop * framesPerHop, (hop + 1) * framesPerHop).filter((hz) => hz > 0)
    if (voiced.length < LEAST_VOICED * framesPerHop) return 0
    return Math.round(hzToMidi(middleOf(voiced)) / NOTE_STEP) * NOTE_STEP
  })
  return { notes, steadiness: measureSteadiness(Float64Array.from(f0Hz), FRAMES_PER_SEC) }
}

export function joinOutline(parts: readonly OutlinePart[]): PitchOutline {
  const notes = parts.flatMap((part) => part.notes)
  const voiced = notes.filter((note) => note > 0)
  const voicedCount = parts.reduce((sum, { steadiness }) => sum + steadiness.voicedCount, 0)
  const noteCount = parts.reduce((sum, { steadiness }) => sum + steadiness.noteCount, 0)
  return {
    hopSec: OUTLINE_HOP_SEC,
    notes,
    medianLog2F0: voiced.length === 0 ? null : Math.log2(midiToHz(middleOf(voiced))),
    isSung: isSung({ voicedCount, noteCount }),
  }
}

const middleOf = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]
