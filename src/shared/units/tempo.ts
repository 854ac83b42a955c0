import type { Hertz, Samples, Seconds } from './time.ts'

/** One tempo and meter for the song. */
export interface Tempo {
  readonly bpm: number
  readonly beatsPerBar: number
  /** The note that counts as a beat: 4 is a quarter. */
  readonly beatUnit: number
}

export const beatSeconds = (tempo: Tempo): Seconds => (60 / tempo.bpm) * (4 / tempo.beatUnit)
export const barSeconds = (tempo: Tempo): Seconds => beatSeconds(tempo) * tempo.beatsPerBar

/** "25.3.3": bar, beat and sixteenth, counted from 1. */
export function formatBars(position: Samples, rateHz: Hertz, tempo: Tempo): string {
  const beats = position / rateHz / beatSeconds(tempo) + 1e-9 // a bar line must not read as the end of the bar before
  const bar = Math.floor(beats / tempo.beatsPerBar)
  const beat = Math.floor(beats - bar * tempo.beatsPerBar)
  const sixteenth = Math.floor((beats % 1) * (16 / tempo.beatUnit))
  return `${bar + 1}.${beat + 1}.${sixteenth + 1}`
}
