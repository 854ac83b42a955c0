import type { Random } from '../../base/random.ts'
import type { VocoderClip } from './clip.ts'

export interface VocoderSplit {
  readonly learned: readonly VocoderClip[]
  /** Never learned from; empty where there are too few people to spare one. */
  readonly heldOut: readonly VocoderClip[]
  /** Whose. */
  readonly people: readonly string[]
}

/** From so many people on some of them are held out whole: people who were never heard are what a vocoder meets. */
const FEWEST_PEOPLE = 4
/** One of so many. */
const HELD_OUT_OF = 8

/** Who is held out: people, since whoever was learned from is known in all clips. Follows from the names and the seed. */
export function splitPeople(names: readonly string[], random: Random): ReadonlySet<string> {
  const left = [...new Set(names)].sort()
  if (left.length < FEWEST_PEOPLE) return new Set()
  const count = Math.max(Math.round(left.length / HELD_OUT_OF), 1)
  return new Set(Array.from({ length: count }, () => left.splice(random.integer(left.length), 1)[0]))
}

/**
 * The same for a student: whom its teacher never learned from it does not learn from either, or nobody would be left whom
 * both don't know. Where none of them is here, or nobody else, some are chosen anew.
 */
export function splitPeopleLike(
  byTeacher: readonly string[],
  names: readonly string[],
  random: Random,
): ReadonlySet<string> {
  const again = new Set(names.filter((name) => byTeacher.includes(name)))
  return again.size > 0 && again.size < new Set(names).size ? again : splitPeople(names, random)
}

export const splitClips = (clips: readonly VocoderClip[], heldOut: ReadonlySet<string>): VocoderSplit => ({
  learned: clips.filter(({ person }) => !heldOut.has(person)),
  heldOut: clips.filter(({ person }) => heldOut.has(person)),
  people: [...heldOut].sort(),
})
