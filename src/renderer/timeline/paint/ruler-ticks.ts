import { barNumbered, barStart, barUnder, samplesAt, type Bar, type SongTime } from '../../../shared/units/song-time.ts'
import { beatQuarters } from '../../../shared/units/tempo.ts'
import type { Samples } from '../../../shared/units/time.ts'

/** What a label and a line need to the next one. */
const LABEL_ROOM_PX = 56
const LINE_ROOM_PX = 14
/** A beat's line needs more: it is the finest. */
const BEAT_ROOM_PX = 2 * LINE_ROOM_PX
/** Every so many lines of bars one is stronger. */
const PHRASE_BARS = 4

export interface GridLine {
  readonly atSamples: Samples
  readonly kind: 'phrase' | 'bar' | 'beat'
}

export interface RulerLabel {
  readonly atSamples: Samples
  readonly text: string
}

interface Span {
  readonly startSamples: Samples
  readonly endSamples: Samples
  readonly samplesPerPx: number
}

/** Bar numbers where they have room; beats too ("17.2") when zoomed in. */
export function rulerLabels(time: SongTime, span: Span): readonly RulerLabel[] {
  const labels: RulerLabel[] = []
  eachBarWithRoom(time, span, LABEL_ROOM_PX, (bar, atSamples) => {
    labels.push({ atSamples, text: `${bar.number}` })
    eachBeatWithRoom(time, bar, span, LABEL_ROOM_PX, (beat, at) =>
      labels.push({ atSamples: at, text: `${bar.number}.${beat + 1}` }),
    )
  })
  return labels
}

/** Lines of the lanes: beats, bars, and stronger ones every few bars. */
export function gridLines(time: SongTime, span: Span): readonly GridLine[] {
  const lines: GridLine[] = []
  eachBarWithRoom(time, span, LINE_ROOM_PX, (bar, atSamples) => {
    const barPx = (barStart(time, bar.number + 1) - atSamples) / span.samplesPerPx
    const isPhrase = (bar.number - 1) % (PHRASE_BARS * barsPerStep(LINE_ROOM_PX, barPx)) === 0
    lines.push({ atSamples, kind: isPhrase ? 'phrase' : 'bar' })
    eachBeatWithRoom(time, bar, span, BEAT_ROOM_PX, (_beat, at) => lines.push({ atSamples: at, kind: 'beat' }))
  })
  return lines
}

/** Bars per step when one is too narrow: 1, 2, 4, 8, 16, … */
const barsPerStep = (roomPx: number, barPx: number): number => 2 ** Math.max(0, Math.ceil(Math.log2(roomPx / barPx)))

/**
 * The bars about what is in sight that have room. A bar has it where the nearest that are numbered more evenly (by
 * the powers of two in their count from the first) leave it on both sides: so no two come too near, and which are
 * shown does not change while one scrolls, however tempo and meter change.
 */
function eachBarWithRoom(
  time: SongTime,
  { startSamples, endSamples, samplesPerPx }: Span,
  roomPx: number,
  visit: (bar: Bar, atSamples: Samples) => void,
): void {
  const roomSamples = roomPx * samplesPerPx
  const step = barsPerStep(roomSamples, time.longestBarSec * time.rateHz)
  const firstIndex = Math.floor((barUnder(time, startSamples).number - 1) / step) * step
  for (let index = firstIndex; ; index += step) {
    const atSamples = barStart(time, index + 1)
    const reach = index & -index
    const hasRoom =
      index === 0 ||
      (atSamples - barStart(time, index + 1 - reach) >= roomSamples &&
        barStart(time, index + 1 + reach) - atSamples >= roomSamples)
    if (hasRoom) visit(barNumbered(time, index + 1), atSamples)
    if (atSamples >= endSamples) return
  }
}

/** The beats behind the first of a bar that are in sight, or reach into it, if all of the bar have room. */
function eachBeatWithRoom(
  time: SongTime,
  bar: Bar,
  { startSamples, endSamples, samplesPerPx }: Span,
  roomPx: number,
  visit: (beat: number, atSamples: Samples) => void,
): void {
  const { beatsPerBar } = bar.meter
  const lengthOf = (beat: number): Samples => beatStart(time, bar, beat + 1) - beatStart(time, bar, beat)
  // A ramp makes the first beat of a bar the shortest, or the last.
  if (Math.min(lengthOf(0), lengthOf(beatsPerBar - 1)) < roomPx * samplesPerPx) return
  for (let beat = 1; beat < beatsPerBar; beat++) {
    const atSamples = beatStart(time, bar, beat)
    if (atSamples > endSamples) return
    if (beatStart(time, bar, beat + 1) > startSamples) visit(beat, atSamples)
  }
}

const beatStart = (time: SongTime, { startQuarters, meter }: Bar, beat: number): Samples =>
  samplesAt(time, startQuarters + beat * beatQuarters(meter))
