import { barSeconds, beatSeconds, type Tempo } from '../../../shared/units/tempo.ts'
import { secondsToSamples, type Hertz, type Samples } from '../../../shared/units/time.ts'

/** Steps between labels as a row of musical sizes, in beats; the first that leaves room is taken. */
const LABEL_ROOM_PX = 56
const LINE_ROOM_PX = 14

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

/** Bars per step when a beat is too narrow: 1, 2, 4, 8, 16, … */
function barsPerStep(tempo: Tempo, rateHz: Hertz, samplesPerPx: number, roomPx: number): number {
  const barPx = (barSeconds(tempo) * rateHz) / samplesPerPx
  return 2 ** Math.max(0, Math.ceil(Math.log2(roomPx / barPx)))
}

/** Bar numbers where they have room; beats too ("17.2") when zoomed in. */
export function rulerLabels(tempo: Tempo, rateHz: Hertz, span: Span): readonly RulerLabel[] {
  const beatSec = beatSeconds(tempo)
  const beatPx = (beatSec * rateHz) / span.samplesPerPx
  if (beatPx >= LABEL_ROOM_PX) {
    return stepsIn(span, beatSec, rateHz).map((index) => {
      const beat = index % tempo.beatsPerBar
      const bar = Math.floor(index / tempo.beatsPerBar) + 1
      return {
        atSamples: secondsToSamples(index * beatSec, rateHz),
        text: beat === 0 ? `${bar}` : `${bar}.${beat + 1}`,
      }
    })
  }
  const bars = barsPerStep(tempo, rateHz, span.samplesPerPx, LABEL_ROOM_PX)
  const stepSec = barSeconds(tempo) * bars
  return stepsIn(span, stepSec, rateHz).map((index) => ({
    atSamples: secondsToSamples(index * stepSec, rateHz),
    text: `${index * bars + 1}`,
  }))
}

/** Lines of the lanes: beats, bars, and stronger ones every few bars. */
export function gridLines(tempo: Tempo, rateHz: Hertz, span: Span): readonly GridLine[] {
  const beatPx = (beatSeconds(tempo) * rateHz) / span.samplesPerPx
  const hasBeats = beatPx >= LINE_ROOM_PX * 2
  const bars = barsPerStep(tempo, rateHz, span.samplesPerPx, LINE_ROOM_PX)
  const stepSec = hasBeats ? beatSeconds(tempo) : barSeconds(tempo) * bars
  const perBar = hasBeats ? tempo.beatsPerBar : 1
  return stepsIn(span, stepSec, rateHz).map((index) => ({
    atSamples: secondsToSamples(index * stepSec, rateHz),
    kind: index % perBar !== 0 ? 'beat' : index % (perBar * 4) === 0 ? 'phrase' : 'bar',
  }))
}

function stepsIn({ startSamples, endSamples }: Span, stepSec: number, rateHz: Hertz): readonly number[] {
  const first = Math.max(0, Math.floor(startSamples / rateHz / stepSec))
  const last = Math.ceil(endSamples / rateHz / stepSec)
  return Array.from({ length: last - first + 1 }, (_, offset) => first + offset)
}
