import type { Random } from '../../base/random.ts'
import type { EmotionalClip } from './emotional-clip.ts'

export interface EmotionalSplit {
  readonly learned: readonly EmotionalClip[]
  /** Never learned from; empty where there are too few clips to spare any. */
  readonly heldOut: readonly EmotionalClip[]
}

/** From so many people on some of them are held out whole: new people are what a translator meets. */
const FEWEST_PEOPLE = 4
/** One of so many, people or clips. */
const HELD_OUT_OF = 8
/** What an emotion must keep: a batch wants two different clips of one. */
const FEWEST_LEARNED = 2

/** Holds clips out: whole people where there are several, else single clips; no emotion is left with fewer than two. */
export function splitEmotional(clips: readonly EmotionalClip[], random: Random): EmotionalSplit {
  const people = [...new Set(clips.map(({ person }) => person))]
  if (people.length < FEWEST_PEOPLE) return splitBy(clips, shuffled([...clips.keys()], random), (_, index) => index)
  const numbers = shuffled([...people.keys()], random)
  return splitBy(clips, numbers, ({ person }) => people.indexOf(person))
}

/** Takes groups of clips away, in order, until enough are held out. */
function splitBy(
  clips: readonly EmotionalClip[],
  groups: readonly number[],
  groupOf: (clip: EmotionalClip, index: number) => number,
): EmotionalSplit {
  const wanted = Math.round(groups.length / HELD_OUT_OF)
  const taken = new Set<number>()
  for (const group of groups) {
    if (taken.size === wanted) break
    taken.add(group)
    if (
      !isEnough(
        clips.filter((clip, index) => !taken.has(groupOf(clip, index))),
        clips,
      )
    )
      taken.delete(group)
  }
  return {
    learned: clips.filter((clip, index) => !taken.has(groupOf(clip, index))),
    heldOut: clips.filter((clip, index) => taken.has(groupOf(clip, index))),
  }
}

const isEnough = (left: readonly EmotionalClip[], all: readonly EmotionalClip[]): boolean =>
  all.every(({ emotion }) => left.filter((clip) => clip.emotion === emotion).length >= FEWEST_LEARNED)

function shuffled(values: readonly number[], random: Random): number[] {
  const left = [...values]
  return values.map(() => left.splice(random.integer(left.length), 1)[0])
}
