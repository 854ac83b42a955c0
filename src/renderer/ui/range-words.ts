import { say } from '../messages/say.svelte.ts'
import { noteName, type Midi } from '../../shared/units/pitch.ts'

interface Span {
  readonly lowest: Midi
  readonly highest: Midi
}

/** "G3 to E5". */
export const notesBetween = ({ lowest, highest }: Span): string =>
  say.units.notesBetween(noteName(lowest), noteName(highest))

/** What a scale found, in a line. */
export function rangeWords(comfortable: Span | null, usable: Span | null): string {
  if (usable === null) return say.units.noNoteUsable
  if (comfortable?.lowest === usable.lowest && comfortable.highest === usable.highest)
    return say.units.comfortableRange(notesBetween(usable))
  if (comfortable === null) return say.units.usableRange(notesBetween(usable))
  return say.units.usableAndComfortable(notesBetween(usable), notesBetween(comfortable))
}
