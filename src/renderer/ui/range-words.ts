import { noteName, type Midi } from '../../shared/units/pitch.ts'

interface Span {
  readonly lowest: Midi
  readonly highest: Midi
}

/** "G3 to E5". */
export const notesBetween = ({ lowest, highest }: Span): string => `${noteName(lowest)} to ${noteName(highest)}`

/** What a scale found, in a line. */
export function rangeWords(comfortable: Span | null, usable: Span | null): string {
  if (usable === null) return 'No note of the scale came out well.'
  if (comfortable?.lowest === usable.lowest && comfortable.highest === usable.highest)
    return `Comfortable ${notesBetween(usable)}.`
  const within = comfortable === null ? 'none of them comfortable' : `comfortable ${notesBetween(comfortable)}`
  return `Usable ${notesBetween(usable)}, ${within}.`
}
