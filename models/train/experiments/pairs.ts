import { createRandom } from '../../../src/shared/base/random.ts'
import type { Person } from './corpus.ts'
import { readingBy, type Pair } from './judge.ts'

/** Everybody becomes everybody else, with so many recordings each, drawn with the seed; readings that match first. */
export function choosePairs(persons: readonly Person[], perPair: number, seed: number): Pair[] {
  const random = createRandom(seed)
  return persons.flatMap((target) =>
    persons
      .filter((source) => source !== target)
      .flatMap((source) =>
        source.test
          .map((recording) => ({ recording, order: random.uniform(), match: matchOf(recording, target) }))
          .sort((a, b) => b.match - a.match || a.order - b.order)
          .slice(0, perPair)
          .map(({ recording }) => ({ source, recording, target })),
      ),
  )
}

function matchOf(recording: Person['test'][number], target: Person): number {
  const reading = readingBy(target, recording)
  if (reading === undefined) return 0
  return reading.reading === recording.reading ? 2 : 1
}
