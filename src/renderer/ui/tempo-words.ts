import type { Meter } from '../../shared/units/tempo.ts'
import { parseNumber } from './numbers.ts'

const LEAST_BPM = 20
const MOST_BPM = 400
const MOST_BEATS = 32

/** A tempo as one typed it, held to what one can play to; null when it is no number. */
export function parseBpm(text: string): number | null {
  const typed = parseNumber(text)
  return typed === null ? null : keptBpm(typed)
}

/** To the hundredth, within the range. */
export const keptBpm = (bpm: number): number => Math.round(Math.min(MOST_BPM, Math.max(LEAST_BPM, bpm)) * 100) / 100

/** "4/4", "6/8": beats from 1 to 32 of halves, quarters, eighths or sixteenths; null for anything else. */
export function parseMeter(text: string): Meter | null {
  const [, beats, unit] = /^\s*(\d{1,2})\s*\/\s*(2|4|8|16)\s*$/.exec(text) ?? []
  const beatsPerBar = Number(beats)
  return beatsPerBar >= 1 && beatsPerBar <= MOST_BEATS ? { beatsPerBar, beatUnit: Number(unit) } : null
}

/** "4/4" */
export const meterWords = ({ beatsPerBar, beatUnit }: Meter): string => `${beatsPerBar}/${beatUnit}`

/** "92" or "92.5": without the zeros that a fixed field shows. */
export const bpmWords = (bpm: number): string => String(Math.round(bpm * 100) / 100)
