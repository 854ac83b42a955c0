import type { Random } from '../../../src/shared/base/random.ts'
import { pick } from '../engine/mutate.ts'
import { hostileText } from './hostile-text.ts'
import { varyParts } from './parts.ts'

/** A change somewhere in what JSON holds; fields lost, twice, renamed, of another kind, absurd, deep. */
export function varyValue(value: unknown, random: Random): unknown {
  if (Array.isArray(value) && value.length > 0 && random.integer(5) > 0)
    return varyParts<unknown>(value, random, (item) => varyValue(item, random))
  if (isRecord(value) && Object.keys(value).length > 0 && random.integer(8) > 0) return varyRecord(value, random)
  return replacement(value, random)
}

function varyRecord(record: Record<string, unknown>, random: Random): unknown {
  const entries = Object.entries(record)
  const at = random.integer(entries.length)
  const [key, held] = entries[at]
  const put = (...changed: [string, unknown][]) => Object.fromEntries(entries.toSpliced(at, 1, ...changed))
  switch (random.integer(12)) {
    case 0:
      return put()
    case 1:
      return put([key, held], [pick(random, strangeKeys), held])
    case 2:
      return put([pick(random, [...strangeKeys, hostileText(random)]), held])
    case 3:
      return put([key, entries[random.integer(entries.length)][1]])
    default:
      return put([key, varyValue(held, random)])
  }
}

const strangeKeys = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'length',
  '',
  '0',
  '__metadata__',
  'then',
]

function replacement(value: unknown, random: Random): unknown {
  if (typeof value === 'number' && random.integer(2) === 0) return strangeNumber(value, random)
  if (typeof value === 'string' && random.integer(2) === 0)
    return pick(random, [`${value}${value}`, value.slice(1), value.toUpperCase(), hostileText(random)])
  return pick<() => unknown>(random, [
    () => null,
    () => !value,
    () => strangeNumber(1, random),
    () => hostileText(random),
    () => [],
    () => ({}),
    () => [value],
    () => ({ value }),
    () => Array.from({ length: Math.min(pick(random, [3, 100, 3000]), mostTimes(value)) }, () => value),
    () => deep(pick(random, [10, 1000, 20_000]), random.integer(2) === 0),
    () => hostileText(random).repeat(pick(random, [1, 50, 2000])),
  ])()
}

/** What is longer than any input is cut off afterwards: it need not be written. */
const mostTimes = (value: unknown): number =>
  Math.ceil(LONGEST_TEXT / Math.max((JSON.stringify(value) ?? '').length, 1))
const LONGEST_TEXT = 1 << 20

const strangeNumber = (near: number, random: Random): number =>
  pick(random, [0, -0, -1, 1, 0.5, near + 1, -near, near * 2, 1e-320, 1e308, 2 ** 31, 2 ** 32, 2 ** 53, 2 ** 53 + 2, 1e21, 65_505]) // prettier-ignore

/** Lists in lists, or fields in fields; built from the inside, since this too must not run out of stack. */
function deep(depth: number, isList: boolean): unknown {
  let value: unknown = 1
  for (let level = 0; level < depth; level++) value = isList ? [value] : { value }
  return value
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** The same for JSON text; null where it is none, or grew too deep to be written. */
export function varyJson(text: string, random: Random): string | null {
  try {
    return JSON.stringify(varyValue(JSON.parse(text), random)) ?? null
  } catch {
    return null // no JSON any more, or deeper than JSON.stringify goes: changed as bytes instead
  }
}

/** JSON that no writer would give: deep beyond what can be written by recursion, and twice the same field. */
export function strangeJson(text: string, random: Random): string {
  const depth = pick(random, [100, 10_000, 100_000])
  const [open, close] = pick(random, [['[', ']'], ['{"a":', '}']] as const) // prettier-ignore
  const deepText = `${open.repeat(depth)}1${close.repeat(depth)}`
  // In the place of some value, so that its neighbors stay whole.
  const places = [...text.matchAll(/:/g)].map(({ index }) => index + 1)
  if (places.length === 0) return deepText
  const at = places[random.integer(places.length)]
  const end = /[,}\]]/.exec(text.slice(at))?.index ?? 0
  return `${text.slice(0, at)}${deepText}${text.slice(at + end)}`
}

/** As `varyJson` and `strangeJson`, of bytes. */
export function varyJsonBytes(input: Uint8Array, random: Random): Uint8Array | null {
  const text = new TextDecoder().decode(input)
  const varied = random.integer(16) === 0 ? strangeJson(text, random) : varyJson(text, random)
  return varied === null ? null : new TextEncoder().encode(varied)
}
