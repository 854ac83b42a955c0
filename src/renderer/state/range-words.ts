import type { Singer } from '../../shared/contract/library.ts'
import type { RangeExcess } from '../../shared/project/pitch-outline.ts'
import { noteName } from '../../shared/units/pitch.ts'
import { say } from '../messages/say.svelte.ts'

/** "Goes up to G5; Mira's notes end at D5. 4.2 s of 12.0 s lie outside." */
export function excessWords({ lowest, highest, outsideSec, voicedSec }: RangeExcess, { name, range }: Singer): string {
  const usable = range?.usable
  const ends = [
    highest === null || !usable ? null : say.state.goesUpTo(noteName(highest), name, noteName(usable.highest)),
    lowest === null || !usable ? null : say.state.goesDownTo(noteName(lowest), name, noteName(usable.lowest)),
  ]
  return [...ends, say.state.liesOutside(outsideSec.toFixed(1), voicedSec.toFixed(1))]
    .filter((sentence) => sentence !== null)
    .join(' ')
}

/** Semitones that bring the far end inside by whole octaves, so that the song keeps its key; null where none helps. */
export function octaveThatHelps({ lowest, highest }: RangeExcess): number | null {
  if (lowest !== null && highest !== null) return null
  return highest !== null ? -12 : 12
}
