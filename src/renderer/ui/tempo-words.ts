import { parseNumber } from './numbers.ts'

const LEAST_BPM = 20
const MOST_BPM = 400

/** A tempo as one typed it, held to what one can play to; null when it is no number. */
export function parseBpm(text: string): number | null {
  const typed = parseNumber(text)
  return typed === null ? null : keptBpm(typed)
}

/** To the hundredth, within the range. */
export const keptBpm = (bpm: number): number => Math.round(Math.min(MOST_BPM, Math.max(LEAST_BPM, bpm)) * 100) / 100

/** "92" or "92.5": without the zeros that a fixed field shows. */
export const bpmWords = (bpm: number): string => String(Math.round(bpm * 100) / 100)
