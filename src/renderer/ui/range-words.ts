import { say } from '../messages/say.svelte.ts'
import type { Singer } from '../../shared/contract/library.ts'
import { hzToMidi, noteName, type Midi } from '../../shared/units/pitch.ts'

interface Span {
  readonly lowest: Midi
  readonly highest: Midi
}

/** "G3 to E5". */
export const notesBetween = ({ lowest, highest }: Span): string =>
  say.units.notesBetween(noteName(lowest), noteName(highest))

/** "G3–E5": what a scale found, and before one was tried, what the clips hold. */
export function shortRange({ range, lowestHz, highestHz }: Pick<Singer, 'range' | 'lowestHz' | 'highestHz'>): string {
  const { lowest, highest } = range?.usable ?? { lowest: hzToMidi(lowestHz), highest: hzToMidi(highestHz) }
  return `${noteName(lowest)}–${noteName(highest)}`
}

/** What a scale found, in a line. */
export function rangeWords(comfortable: Span | null, usable: Span | null): string {
  if (usable === null) return say.units.noNoteUsable
  if (comfortable?.lowest === usable.lowest && comfortable.highest === usable.highest)
    return say.units.comfortableRange(notesBetween(usable))
  if (comfortable === null) return say.units.usableRange(notesBetween(usable))
  return say.units.usableAndComfortable(notesBetween(usable), notesBetween(comfortable))
}
