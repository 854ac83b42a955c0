import type { Speaker } from './speakers.ts'

/** Who is heard of a large folder, and what is said of the others. */
export interface ChosenSpeakers {
  readonly speakers: readonly Speaker[]
  readonly leftOut: readonly string[]
}

/**
 * At most so many people: first those with most recordings of what two others read too, so that they can be compared,
 * then those with most recordings; of people of the base and of others equally many, as far as there are. By name again.
 */
export function chooseSpeakers(speakers: readonly Speaker[], known: readonly string[], most: number): ChosenSpeakers {
  if (speakers.length <= most) return { speakers, leftOut: [] }
  const readers = new Map<string, number>()
  for (const { files } of speakers)
    for (const sentence of sentencesOf(files)) readers.set(sentence, (readers.get(sentence) ?? 0) + 1)
  const sharedCount = ({ files }: Speaker) => files.filter(({ sentence }) => (readers.get(sentence) ?? 0) > 2).length
  const ranked = [...speakers].sort((a, b) => sharedCount(b) - sharedCount(a) || b.files.length - a.files.length)
  const [seen, others] = [true, false].map((isKnown) => ranked.filter(({ name }) => known.includes(name) === isKnown))
  const half = Math.floor(most / 2)
  const seenCount = Math.min(seen.length, Math.max(half, most - others.length))
  const chosen = new Set([...seen.slice(0, seenCount), ...others.slice(0, most - seenCount)])
  return {
    speakers: speakers.filter((speaker) => chosen.has(speaker)),
    leftOut: [`${speakers.length - chosen.size} of ${speakers.length} persons: ${most} are heard (--persons).`],
  }
}

const sentencesOf = (files: Speaker['files']): ReadonlySet<string> => new Set(files.map(({ sentence }) => sentence))
