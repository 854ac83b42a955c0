import type { RandomState } from '../base/random.ts'

/** A generator's state that was written as JSON, or null where it is none. */
export function parseRandomState(value: unknown): RandomState | null {
  // Checked field by field right below.
  const { words: found, spareNormal = null } = (value ?? {}) as { words?: unknown; spareNormal?: unknown }
  const words = Array.isArray(found) ? found.map(Number) : []
  if (words.length !== 4 || !words.every(Number.isInteger)) return null
  if (spareNormal !== null && typeof spareNormal !== 'number') return null
  return { words: [words[0], words[1], words[2], words[3]], spareNormal }
}

/** Steps done and the generator's state, as they were written as JSON; null where they are neither. */
export function parseStepRecord(text: string): { readonly step: number; readonly random: RandomState } | null {
  try {
    // Checked field by field right below.
    const { step, random } = JSON.parse(text) as { step?: unknown; random?: unknown }
    const state = parseRandomState(random)
    if (typeof step !== 'number' || !Number.isInteger(step) || step < 0 || state === null) return null
    return { step, random: state }
  } catch {
    return null // not JSON: the caller says what is wrong
  }
}
