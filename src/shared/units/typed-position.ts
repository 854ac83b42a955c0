import { barNumbered, samplesAt, type SongTime } from './song-time.ts'
import { beatQuarters, LAST_BAR } from './tempo.ts'
import { secondsToSamples, type Samples } from './time.ts'

/** A sixteenth, whatever the beat. */
const SIXTEENTH_QUARTERS = 0.25

/**
 * A position as one types it: "17", "17.3" and "17.3.2" are bar, beat and sixteenth, "1:12.4" and "1:02:03" minutes or
 * hours. Null for anything else, and for a beat or a sixteenth that its bar has not.
 */
export const parsePosition = (text: string, time: SongTime): Samples | null =>
  text.includes(':') ? clockPosition(text, time) : barPosition(text, time)

function barPosition(text: string, time: SongTime): Samples | null {
  const typed = /^\s*(\d{1,6})(?:[. ](\d{1,2}))?(?:[. ](\d{1,2}))?\s*$/.exec(text)
  if (!typed) return null
  const [bar, beat, sixteenth] = [Number(typed[1]), Number(typed[2] ?? 1), Number(typed[3] ?? 1)]
  if (bar < 1 || bar > LAST_BAR) return null
  const { startQuarters, meter } = barNumbered(time, bar)
  const into = (sixteenth - 1) * SIXTEENTH_QUARTERS
  const isInside = beat >= 1 && beat <= meter.beatsPerBar && into >= 0 && (into === 0 || into < beatQuarters(meter))
  return isInside ? samplesAt(time, startQuarters + (beat - 1) * beatQuarters(meter) + into) : null
}

function clockPosition(text: string, { rateHz }: SongTime): Samples | null {
  const typed = /^\s*(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2}(?:[.,]\d{1,6})?)\s*$/.exec(text)
  if (!typed) return null
  const [hours, minutes, seconds] = [Number(typed[1] ?? 0), Number(typed[2]), Number(typed[3].replace(',', '.'))]
  return seconds < 60 ? secondsToSamples((hours * 60 + minutes) * 60 + seconds, rateHz) : null
}
