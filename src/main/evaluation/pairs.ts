import { createRandom, type Random } from '../../shared/base/random.ts'
import { trainContentJudge, type ContentJudge, type Judges } from '../../shared/evaluation/index.ts'
import type { Heard, Listener } from './listening.ts'
import type { PairContext } from './measure-pair.ts'
import { ownVoice, type OwnVoice } from './own-voice.ts'
import { hearOr, type Person } from './persons.ts'
import type { SpeakerFile } from './speakers.ts'
import { sentenceHash } from './split.ts'

/** A recording of one person that becomes another's. */
export interface Pair {
  readonly source: Person
  readonly file: SpeakerFile
  readonly target: Person
}

/** Test recordings of everybody else in turn, all that the target reads too before any others; drawn with the seed. */
export function choosePairs(target: Person, persons: readonly Person[], count: number, random: Random): Pair[] {
  const queues = persons
    .filter((source) => source !== target)
    .map((source) =>
      source.test
        .map((file) => ({ source, file, target, match: matchOf(file, target), order: random.uniform() }))
        .sort((a, b) => b.match - a.match || a.order - b.order),
    )
  const longest = Math.max(0, ...queues.map((queue) => queue.length))
  const inTurn = Array.from({ length: longest }, (_, index) => queues.flatMap((queue) => queue.slice(index, index + 1)))
  const all = inTurn.flat()
  const isRead = ({ match }: (typeof all)[number]) => match > 0
  return [...all.filter(isRead), ...all.filter((pair) => !isRead(pair))].slice(0, count)
}

function matchOf(file: SpeakerFile, target: Person): number {
  const reading = readingBy(target, file)
  if (reading === undefined) return 0
  return reading.reading === file.reading ? 2 : 1
}

/** The person's other test recording of the same words whose manner is named most alike. */
export function readingBy(person: Person, { sentence, reading, path }: SpeakerFile): SpeakerFile | undefined {
  const candidates = person.test.filter((own) => own.sentence === sentence && own.path !== path)
  const likeness = (own: SpeakerFile) => commonLength(own.reading, reading)
  return candidates.reduce<SpeakerFile | undefined>(
    (best, own) => (best === undefined || likeness(own) > likeness(best) ? own : best),
    undefined,
  )
}

function commonLength(a: string, b: string): number {
  let length = 0
  while (length < a.length && a[length] === b[length]) length++
  return length
}

/** A judge of the text learns from more readings than it needs no better. */
const MOST_READINGS_PER_PERSON = 4
/** Where many read a text, its judges are shared by pairs whose people are of the same groups: fewer are to be taught. */
const READER_GROUPS = 3
const MANY_READERS = 8
/** The target's reading is to be the nearest of so many. */
const NEAREST_OF = 4

/** Gathers what pairs are measured against; judges of a text are kept for every two people. */
export function createPairContexts(persons: readonly Person[], judges: Judges, listener: Listener, seed: number) {
  const contentJudges = new Map<string, ContentJudge | null>()
  const voices = new Map<Person, OwnVoice>()
  const hear = (path: string) => hearOr(path, listener, () => {})

  function voiceOf(target: Person): OwnVoice {
    const voice = voices.get(target) ?? ownVoice(target.learned)
    voices.set(target, voice)
    return voice
  }

  async function contentJudge({ source, target, file }: Pair): Promise<ContentJudge | null> {
    const readers = persons.filter(({ test }) => test.some(({ sentence }) => sentence === file.sentence))
    const groupOf = (person: Person) =>
      readers.length < MANY_READERS ? person.name : String(readers.indexOf(person) % READER_GROUPS)
    const excluded = [groupOf(source), groupOf(target)].sort()
    const key = JSON.stringify([file.sentence, ...excluded])
    const known = contentJudges.get(key)
    if (known !== undefined) return known
    const readings: Heard[] = []
    for (const person of readers) {
      if (excluded.includes(groupOf(person))) continue
      const own = person.test.filter(({ sentence }) => sentence === file.sentence).slice(0, MOST_READINGS_PER_PERSON)
      for (const { path } of own) {
        const heard = await hear(path)
        if (heard !== null) readings.push(heard)
      }
    }
    const envelopes = readings.map(({ clip }) => clip.envelope)
    const judge = envelopes.length < 2 ? null : trainContentJudge(envelopes, createRandom(seed))
    contentJudges.set(key, judge)
    return judge
  }

  return async (pair: Pair, source: Heard): Promise<PairContext> => {
    const readings = new Map<string, Heard>()
    const compared = comparedWith(pair, persons, seed)
    for (const person of compared) {
      const reading = readingBy(person, pair.file)
      const heard = reading === undefined ? null : await hear(reading.path)
      if (heard !== null) readings.set(person.name, heard)
    }
    return {
      judges,
      source,
      sourcePerson: pair.source.name,
      targetPerson: pair.target.name,
      targetVoice: voiceOf(pair.target),
      readings,
      rival: compared[1]?.name ?? null,
      content: await contentJudge(pair),
    }
  }
}

/** The target, then others who read the same: a rival first, who is hardest to be told from, and others by chance. */
function comparedWith({ source, target, file }: Pair, persons: readonly Person[], seed: number): Person[] {
  const others = persons.filter(
    (person) => person !== source && person !== target && readingBy(person, file) !== undefined,
  )
  const rival = rivalOf(target, others)
  const drawn = others
    .filter((person) => person !== rival)
    .map((person) => ({ person, order: sentenceHash(`${seed} ${file.path} ${person.name}`) }))
    .sort((a, b) => a.order - b.order)
    .map(({ person }) => person)
  return [target, ...(rival === null ? [] : [rival]), ...drawn].slice(0, NEAREST_OF)
}

/** Of the target's sex where that is known, else of the nearest register. */
function rivalOf(target: Person, others: readonly Person[]): Person | null {
  const alike = others.filter(({ sex }) => sex !== undefined && sex === target.sex)
  const distance = ({ register }: Person) => Math.abs((register ?? 0) - (target.register ?? 0))
  return [...(alike.length > 0 ? alike : others)].sort((a, b) => distance(a) - distance(b))[0] ?? null
}
