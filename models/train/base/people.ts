import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import * as z from 'zod'
import { sentenceOf } from '../../../src/main/evaluation/speakers.ts'

/** Whom the base learns from, and how much of each at most: nobody's voice outweighs the others'. */
export interface Person {
  readonly name: string
  readonly recordings: readonly Recording[]
}

export interface Recording {
  readonly path: string
  readonly seconds: number
  readonly licence: string
  /** Where it was published. */
  readonly source: string
  /** Recordings of one text by several people say the same words. */
  readonly text: string
  readonly manner: string
}

const entries = z.array(
  z.object({
    file: z.string(),
    seconds: z.number(),
    person: z.string(),
    kind: z.string(),
    licence: z.string(),
    source_repo: z.string(),
    bandwidth_hz: z.number().optional(),
    complete: z.boolean().optional(),
    note: z.string().optional(),
    text: z.string().optional(),
    text_code: z.string().optional(),
    emotion: z.string().optional(),
  }),
)
type Entry = z.infer<typeof entries>[number]

/** Telephone sound teaches no timbre. */
const LEAST_BANDWIDTH_HZ = 7500
/** Other singers in the background would be learned as part of the voice. */
const BLEED = /bleed/
const NO_VOICE = 'instrument'
/** Shorter than this a person is a sentence, not a voice. */
const LEAST_PERSON_SEC = 9

/**
 * Everybody in a folder's `manifest.json` whose recordings are voices of full bandwidth, alone, in the manifest's order.
 * @param mostSec of one person, taken evenly from all recordings
 * @param isCutTaken sentences that were cut off too: half a phrase each, but words that others read as well
 */
export function findPeople(
  folder: string,
  mostSec: number,
  leaveOut: readonly string[] = [],
  isCutTaken = false,
): Person[] {
  const all = entries.parse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')))
  const byName = new Map<string, Entry[]>()
  for (const entry of all) {
    if (
      !isUsable(entry) ||
      (entry.complete === false && !isCutTaken) ||
      leaveOut.includes(entry.person) ||
      !existsSync(join(folder, entry.file))
    )
      continue
    byName.set(entry.person, [...(byName.get(entry.person) ?? []), entry])
  }
  return [...byName]
    .map(([name, own]) => ({ name, recordings: evenly(own, mostSec).map((entry) => recordingOf(entry, folder)) }))
    .filter((person) => secondsOf(person) >= LEAST_PERSON_SEC)
}

export const secondsOf = ({ recordings }: Person): number => recordings.reduce((sum, { seconds }) => sum + seconds, 0)

/** SHA-256 over the names and contents of all recordings, in order. */
export function digestOfPeople(people: readonly Person[]): string {
  const hash = createHash('sha256')
  for (const { name, recordings } of people) {
    hash.update(name)
    for (const { path } of recordings) hash.update(basename(path)).update(readFileSync(path))
  }
  return hash.digest('hex')
}

const isUsable = ({ kind, bandwidth_hz: bandwidth, note }: Entry): boolean =>
  kind !== NO_VOICE && (bandwidth ?? 0) >= LEAST_BANDWIDTH_HZ && !BLEED.test(note ?? '')

const recordingOf = (entry: Entry, folder: string): Recording => ({
  path: join(folder, entry.file),
  seconds: entry.seconds,
  licence: entry.licence,
  source: entry.source_repo,
  text: `${entry.kind} ${entry.text ?? entry.text_code ?? sentenceOf(entry.file, entry.person)}`,
  manner: entry.emotion ?? '',
})

/** Every n-th recording, so that songs and sentences of all kinds are among them. */
function evenly(own: readonly Entry[], mostSec: number): Entry[] {
  const total = own.reduce((sum, { seconds }) => sum + seconds, 0)
  const stride = Math.max(1, Math.ceil(total / mostSec))
  return own.filter((_, index) => index % stride === 0)
}
