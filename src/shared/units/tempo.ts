import type { Seconds } from './time.ts'

/** Musical length or position in quarter notes. Bars and grid lines lie on whole thirty-seconds: exact in a double. */
export type Quarters = number

/** How beats make a bar. */
export interface Meter {
  readonly beatsPerBar: number
  /** The note that counts as a beat: 4 is a quarter. */
  readonly beatUnit: number
}

/** Tempo and meter of one place of the song. */
export interface Tempo extends Meter {
  /** Quarter notes per minute, whatever the beat. */
  readonly bpm: number
}

/** The furthest bar that anything stands at. */
export const LAST_BAR = 100_000

/** From the beginning of a bar on, a tempo. */
export interface TempoChange {
  /** Counted from 1, as shown. */
  readonly bar: number
  readonly bpm: number
  /** Whether the tempo goes evenly, quarter by quarter, to that of the next change; the last one holds anyway. */
  readonly isRamp: boolean
}

/** From the beginning of a bar on, a meter. */
export interface MeterChange extends Meter {
  readonly bar: number
}

/** Tempo and meter over the whole song: each list in order of bars, no bar twice, the first at bar 1. */
export interface TempoMap {
  readonly tempos: readonly TempoChange[]
  readonly meters: readonly MeterChange[]
}

/** One tempo and meter from the first bar to the last. */
export const steadyTempo = ({ bpm, beatsPerBar, beatUnit }: Tempo): TempoMap => ({
  tempos: [{ bar: 1, bpm, isRamp: false }],
  meters: [{ bar: 1, beatsPerBar, beatUnit }],
})

const MOST_BEATS = 32

/** "4/4", "6/8": beats from 1 to 32 of halves, quarters, eighths or sixteenths; null for anything else. */
export function parseMeter(text: string): Meter | null {
  const [, beats, unit] = /^\s*(\d{1,2})\s*\/\s*(2|4|8|16)\s*$/.exec(text) ?? []
  const beatsPerBar = Number(beats)
  return beatsPerBar >= 1 && beatsPerBar <= MOST_BEATS ? { beatsPerBar, beatUnit: Number(unit) } : null
}

/** "4/4" */
export const formatMeter = ({ beatsPerBar, beatUnit }: Meter): string => `${beatsPerBar}/${beatUnit}`

export const beatQuarters = ({ beatUnit }: Meter): Quarters => 4 / beatUnit
export const barQuarters = (meter: Meter): Quarters => beatQuarters(meter) * meter.beatsPerBar
export const barSeconds = (tempo: Tempo): Seconds => barQuarters(tempo) * (60 / tempo.bpm)
