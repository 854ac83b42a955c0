import type { Singer } from '../../shared/contract/library.ts'
import type { RangeExcess } from '../../shared/project/pitch-outline.ts'
import { noteName } from '../../shared/units/pitch.ts'

/** "Goes up to G5; Mira's notes end at D5. 4.2 s of 12.0 s lie outside." */
export function excessWords({ lowest, highest, outsideSec, voicedSec }: RangeExcess, { name, range }: Singer): string {
  const usable = range?.usable
  const ends = [
    highest === null || !usable
      ? null
      : `Goes up to ${noteName(highest)}; the notes of ${name} end at ${noteName(usable.highest)}.`,
    lowest === null || !usable
      ? null
      : `Goes down to ${noteName(lowest)}; the notes of ${name} begin at ${noteName(usable.lowest)}.`,
  ]
  return [...ends, `${outsideSec.toFixed(1)} of ${voicedSec.toFixed(1)} s of voice lie outside.`]
    .filter((sentence) => sentence !== null)
    .join(' ')
}

/** Semitones that bring the far end inside by whole octaves, so that the song keeps its key; null where none helps. */
export function octaveThatHelps({ lowest, highest }: RangeExcess): number | null {
  if (lowest !== null && highest !== null) return null
  return highest !== null ? -12 : 12
}
