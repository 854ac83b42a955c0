import { failure } from '../base/errors.ts'
import { failed, ok, type Result } from '../base/result.ts'
import type { SingerRange } from '../project/singer-range.ts'
import type { SingerProvenance } from '../project/singer-provenance.ts'
import { parseProvenance, parseSingerRange } from './singer-card-parts.ts'

/** What travels with a singer's weights: whose voice it is and what may be done with it. */
export interface SingerCard {
  readonly name: string
  /** Id of the network that the weights are for. */
  readonly converter: string
  readonly licence: string
  /** What the owner of the voice agreed to, in words; null for a shipped demo voice. */
  readonly consent: string | null
  readonly lowestHz: number
  readonly highestHz: number
  readonly medianHz: number
  readonly trainedFromSec: number
  readonly createdAtMs: number
  /** Whose voice it is, by name; older cards don't say. */
  readonly owner?: string
  /** What a scale through the range found; older cards don't know. */
  readonly range?: SingerRange
  /** What it was made with and from; older cards don't say. */
  readonly provenance?: SingerProvenance
}

const LONGEST_NAME = 200
const LONGEST_TEXT = 20_000

/** Reads a card out of hostile text. */
export function parseSingerCard(text: string): Result<SingerCard> {
  const record = parseRecord(text)
  const complaints: string[] = []
  const readText = (name: string, longest: number): string => {
    const value = record?.[name]
    if (typeof value === 'string' && value.length <= longest) return value
    complaints.push(`${name} is not a text of at most ${longest} letters`)
    return ''
  }
  const readNumber = (name: string, low: number, high: number): number => {
    const value = record?.[name]
    if (typeof value === 'number' && value >= low && value <= high) return value
    complaints.push(`${name} is not a number from ${low} to ${high}`)
    return low
  }
  /** A field that older cards lack; one that is there must be whole. */
  const readOptional = <Name extends string, Value>(name: Name, parse: (value: unknown) => Value | null) => {
    if (record === null || !Object.hasOwn(record, name)) return {}
    const value = parse(record[name])
    if (value === null) complaints.push(`${name} is not what it should be`)
    // The key is the name that was asked for.
    return value === null ? {} : ({ [name]: value } as { [Key in Name]: Value })
  }
  const card: SingerCard = {
    name: readText('name', LONGEST_NAME),
    converter: readText('converter', LONGEST_NAME),
    licence: readText('licence', LONGEST_TEXT),
    consent: record?.['consent'] === null ? null : readText('consent', LONGEST_TEXT),
    lowestHz: readNumber('lowestHz', 1, 24_000),
    highestHz: readNumber('highestHz', 1, 24_000),
    medianHz: readNumber('medianHz', 1, 24_000),
    trainedFromSec: readNumber('trainedFromSec', 0, 1e7),
    createdAtMs: readNumber('createdAtMs', 0, 1e15),
    ...readOptional('owner', (value) => (typeof value === 'string' && value.length <= LONGEST_NAME ? value : null)),
    ...readOptional('range', parseSingerRange),
    ...readOptional('provenance', parseProvenance),
  }
  if (complaints.length === 0) return ok(card)
  return failed(failure('checkpoint-invalid', `This singer's card can't be read: ${complaints.join('; ')}.`))
}

function parseRecord(text: string): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(text)
    const isRecord = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
    return isRecord ? (parsed as Record<string, unknown>) : null // an object, by the line above
  } catch {
    return null // not JSON: every field complains
  }
}
