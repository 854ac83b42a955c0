import type { Random } from '../../shared/base/random.ts'
import { choosePairs, readingBy, type Pair } from './pairs.ts'
import { totalSec, type Person } from './persons.ts'

/** People who are sung as, and the recordings of others that become theirs. */
export interface TargetGroup {
  /** `seen`: the base learned from them; `enrolled`: it never heard them. */
  readonly kind: 'seen' | 'enrolled'
  readonly targets: readonly Person[]
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
    const pairs = targets.flatMap((target) => choosePairs(target, persons, pairCount, random))
    return pairs.length === 0 ? [] : [{ kind, targets, pairs }]
  })
}

/** Others who read something that this person reads too. */
const readerCount = (person: Person, persons: readonly Person[]): number =>
  persons.filter((other) => other !== person && person.test.some((file) => readingBy(other, file) !== undefined)).length
