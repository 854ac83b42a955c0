import type { Random } from '../../shared/base/random.ts'
import { choosePairs, readingBy, type Pair } from './pairs.ts'
import { totalSec, type Person } from './persons.ts'

/** People who are sung as, and the recordings of others that become theirs. */
export interface TargetGroup {
  /** `seen`: the base learned from them; `enrolled`: it never heard them. */
  readonly kind: 'seen' | 'enrolled'
  readonly targets: readonly Person[]
  /** The targets, and others where they are few: who is told apart by the judges, and whose recordings are converted. */
  readonly cast: readonly Person[]
  readonly pairs: readonly Pair[]
}

export interface GroupOptions {
  /** Whom the base learned from. */
  readonly known: readonly string[]
  readonly targetCount: number
  /** Conversions per target. */
  readonly pairCount: number
  readonly enrolSec: number
}

/** Less than this of a person makes no singer. */
export const LEAST_TARGET_SEC = 10
/** Who has much less than is asked for is no measure of it. */
const LEAST_ENROLMENT_SHARE = 0.8
/** Words can be judged, and the nearest told, with so many others who read the same. */
const COMPARED_READERS = 2

/** Judges of many people who read a phrase each are often wrong about real recordings too: bars are for so many. */
const LEAST_CAST = 4

/** Both groups, as far as there is somebody for them. */
export function targetGroups(persons: readonly Person[], options: GroupOptions, random: Random): TargetGroup[] {
  const { known, targetCount, pairCount, enrolSec } = options
  const isKnown = ({ name }: Person) => known.includes(name)
  const leastSec = { seen: LEAST_TARGET_SEC, enrolled: Math.max(LEAST_TARGET_SEC, LEAST_ENROLMENT_SHARE * enrolSec) }
  return (['seen', 'enrolled'] as const).flatMap((kind) => {
    const targets = persons
      .filter((person) => isKnown(person) === (kind === 'seen') && totalSec(person.learned) >= leastSec[kind])
      .map((person) => ({ person, isCompared: Number(readerCount(person, persons) >= COMPARED_READERS) }))
      .sort((a, b) => b.isCompared - a.isCompared || totalSec(b.person.learned) - totalSec(a.person.learned))
      .slice(0, targetCount)
      .map(({ person }) => person)
    const cast = [...targets, ...standIns(targets, persons)]
    const pairs = targets.flatMap((target) => choosePairs(target, cast, pairCount, random))
    return pairs.length === 0 ? [] : [{ kind, targets, cast, pairs }]
  })
}

/** Those who read most of what the targets read, until the cast is large enough. */
function standIns(targets: readonly Person[], persons: readonly Person[]): Person[] {
  const sharedCount = ({ test }: Person) =>
    test.filter((file) => targets.some((target) => readingBy(target, file) !== undefined)).length
  return persons
    .filter((person) => !targets.includes(person))
    .map((person) => ({ person, count: sharedCount(person) }))
    .sort((a, b) => b.count - a.count)
    .slice(0, Math.max(0, LEAST_CAST - targets.length))
    .map(({ person }) => person)
}

/** Others who read something that this person reads too. */
const readerCount = (person: Person, persons: readonly Person[]): number =>
  persons.filter((other) => other !== person && person.test.some((file) => readingBy(other, file) !== undefined)).length
