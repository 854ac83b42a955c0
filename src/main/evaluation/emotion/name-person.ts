import { trainLinearDiscriminant, type LinearDiscriminant } from '../../../shared/evaluation/index.ts'
import type { HeardPerformance, HeardSound } from './hear-performances.ts'

/** Names who is heard in a recording at `path`, or in what was made of it; null where nothing is heard. */
export type NamePerson = (heard: HeardSound, path: string) => string | null

/**
 * Knows everybody by all of their recordings but the one that is asked about, neutral and emotional ones: how somebody
 * sounds in general, more of each voice than any conversion shows.
 */
export function createPersonJudge(performances: readonly HeardPerformance[]): NamePerson {
  const people = [...new Set(performances.map(({ person }) => person))]
  const judges = new Map<string, LinearDiscriminant>()
  const judgeWithout = (path: string): LinearDiscriminant => {
    const known = judges.get(path)
    if (known !== undefined) return known
    const examples = performances.flatMap((performance) =>
      performance.path === path || performance.voice === null
        ? []
        : [{ values: performance.voice, label: people.indexOf(performance.person) }],
    )
    const judge = trainLinearDiscriminant(examples, people.length)
    judges.set(path, judge)
    return judge
  }
  return ({ voice }, path) => {
    if (voice === null) return null
    const scores = judgeWithout(path).classify(voice)
    return people[scores.indexOf(Math.max(...scores))]
  }
}
