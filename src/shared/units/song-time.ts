import { barQuarters, beatQuarters, type Meter, type Quarters, type Tempo, type TempoMap } from './tempo.ts'
import { secondsToSamples, type Hertz, type Samples, type Seconds } from './time.ts'

/** From one tempo change to the next. */
interface TempoSpan {
  readonly startQuarters: Quarters
  /** The lengths of all spans before it. */
  readonly startSec: Seconds
  readonly bpm: number
  /** Change of the tempo per quarter; 0 where it holds. */
  readonly bpmPerQuarter: number
}

/** From one meter change to the next. */
interface MeterSpan {
  readonly startQuarters: Quarters
  readonly startBar: number
  readonly meter: Meter
}

/**
 * A tempo map made ready to go between samples and musical time by bisection. Samples → quarters → samples errs by
 * less than a thousandth of a sample within a day, so that it gives back every sample; both ways keep the order.
 */
export interface SongTime {
  readonly map: TempoMap
  readonly rateHz: Hertz
  readonly tempos: readonly TempoSpan[]
  readonly meters: readonly MeterSpan[]
  /** No bar of the song is longer. */
  readonly longestBarSec: Seconds
}

/** A bar with where it begins and where the next one does. */
export interface Bar {
  /** Counted from 1. */
  readonly number: number
  readonly startQuarters: Quarters
  readonly endQuarters: Quarters
  readonly meter: Meter
}

export function songTime(map: TempoMap, rateHz: Hertz): SongTime {
  const meters: MeterSpan[] = []
  for (const { bar, beatsPerBar, beatUnit } of map.meters) {
    const startQuarters = meters.length === 0 ? 0 : quartersOfBar(meters[meters.length - 1], bar)
    meters.push({ startQuarters, startBar: bar, meter: { beatsPerBar, beatUnit } })
  }
  const starts = map.tempos.map(({ bar }) => quartersOfBar(atOrBefore(meters, bar, barOf), bar))
  const tempos: TempoSpan[] = []
  for (const [index, { bpm, isRamp }] of map.tempos.entries()) {
    const before = tempos.at(-1)
    const startSec = before ? before.startSec + secondsInto(before, starts[index] - before.startQuarters) : 0
    const isLast = index + 1 === map.tempos.length
    const bpmPerQuarter =
      isRamp && !isLast ? (map.tempos[index + 1].bpm - bpm) / (starts[index + 1] - starts[index]) : 0
    tempos.push({ startQuarters: starts[index], startSec, bpm, bpmPerQuarter })
  }
  const longestBar = meters.reduce((longest, { meter }) => Math.max(longest, barQuarters(meter)), 0)
  const leastBpm = map.tempos.reduce((least, { bpm }) => Math.min(least, bpm), Infinity)
  return { map, rateHz, tempos, meters, longestBarSec: longestBar * (60 / leastBpm) }
}

/** The musical position of a sample; what lies before the song is its beginning. */
export function quartersAt({ tempos, rateHz }: SongTime, position: Samples): Quarters {
  const sec = Math.max(0, position) / rateHz
  const span = atOrBefore(tempos, sec, secOf)
  const { bpm, bpmPerQuarter } = span
  const minutes = (sec - span.startSec) / 60
  const into = bpmPerQuarter === 0 ? minutes * bpm : (bpm / bpmPerQuarter) * Math.expm1(bpmPerQuarter * minutes)
  return span.startQuarters + into
}

/** The nearest sample to a musical position: rounded from its exact time, so that lines never drift. */
export function samplesAt({ tempos, rateHz }: SongTime, quarters: Quarters): Samples {
  const span = atOrBefore(tempos, quarters, quartersOf)
  return secondsToSamples(span.startSec + secondsInto(span, quarters - span.startQuarters), rateHz)
}

/** The bar that a musical position lies in. */
export function barAt({ meters }: SongTime, quarters: Quarters): Bar {
  const span = atOrBefore(meters, quarters, quartersOf)
  const bars = Math.floor((quarters - span.startQuarters) / barQuarters(span.meter))
  return barOfSpan(span, span.startBar + Math.max(0, bars))
}

/** A bar by its number, from 1. */
export const barNumbered = ({ meters }: SongTime, number: number): Bar =>
  barOfSpan(atOrBefore(meters, number, barOf), number)

/** The bar that a position lies in. A line rounded down to its sample is not yet the bar before. */
export const barUnder = (time: SongTime, position: Samples): Bar => barAt(time, settledQuarters(time, position))

/** Where a bar begins. */
export const barStart = (time: SongTime, number: number): Samples =>
  samplesAt(time, barNumbered(time, number).startQuarters)

/** Tempo and meter at a position; within a ramp the tempo of this very moment. */
export function tempoAt(time: SongTime, position: Samples): Tempo {
  const quarters = settledQuarters(time, position)
  const span = atOrBefore(time.tempos, quarters, quartersOf)
  const { beatsPerBar, beatUnit } = atOrBefore(time.meters, quarters, quartersOf).meter
  return { bpm: span.bpm + span.bpmPerQuarter * (quarters - span.startQuarters), beatsPerBar, beatUnit }
}

/** "25.3.3": bar, beat and sixteenth, counted from 1. */
export function formatBars(position: Samples, time: SongTime): string {
  const quarters = settledQuarters(time, position)
  const { number, startQuarters, meter } = barAt(time, quarters)
  const beats = (quarters - startQuarters) / beatQuarters(meter)
  return `${number}.${Math.floor(beats) + 1}.${Math.floor((beats % 1) * (16 / meter.beatUnit)) + 1}`
}

/** The musical position just under the end of a sample's rounding: whatever was rounded to the sample is reached. */
const settledQuarters = (time: SongTime, position: Samples): Quarters => quartersAt(time, position + 0.5) + 1e-9

function secondsInto({ bpm, bpmPerQuarter }: TempoSpan, quarters: Quarters): Seconds {
  if (bpmPerQuarter === 0) return quarters * (60 / bpm)
  // The integral of 60 / tempo over the quarters.
  return (60 / bpmPerQuarter) * Math.log1p((bpmPerQuarter * quarters) / bpm)
}

const quartersOfBar = ({ startQuarters, startBar, meter }: MeterSpan, bar: number): Quarters =>
  startQuarters + (bar - startBar) * barQuarters(meter)

function barOfSpan(span: MeterSpan, number: number): Bar {
  const startQuarters = quartersOfBar(span, number)
  return { number, startQuarters, endQuarters: startQuarters + barQuarters(span.meter), meter: span.meter }
}

const quartersOf = (span: TempoSpan | MeterSpan): Quarters => span.startQuarters
const secOf = (span: TempoSpan): Seconds => span.startSec
const barOf = (span: MeterSpan): number => span.startBar

/** The last of a sorted list whose key is not past a value; the first where all are. */
function atOrBefore<Item>(items: readonly Item[], value: number, keyOf: (item: Item) => number): Item {
  let low = 0
  let high = items.length
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (keyOf(items[middle]) <= value) low = middle
    else high = middle
  }
  return items[low]
}
