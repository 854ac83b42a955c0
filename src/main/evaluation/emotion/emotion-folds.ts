import { learnStatistics } from '../../../shared/conversion/emotions/learn-statistics.ts'
import type { PreparedEmotion } from '../../../shared/conversion/emotions/prepared-emotion.ts'
import { preparedTables } from '../../../shared/conversion/emotions/statistics.ts'
import {
  personalStandard,
  trainEmotionJudge,
  type EmotionJudge,
  type Standardize,
} from '../../../shared/evaluation/index.ts'
import type { HeardPerformance } from './hear-performances.ts'

/** From so many others on, those whom the tables are learned from and those whom the judge is learned from are apart. */
const FEWEST_TO_PART = 6

/** One person whose neutral recordings are converted, and what was learned from other people alone. */
export interface EmotionFold {
  readonly person: string
  readonly own: readonly HeardPerformance[]
  readonly standardize: Standardize
  readonly judge: EmotionJudge
  readonly judgePeople: readonly string[]
  readonly tablePeople: readonly string[]
  /** Tables from other people, by emotion. */
  readonly tables: ReadonlyMap<string, PreparedEmotion>
}

/** A fold for each person who has neutral recordings. All performances are of one delivery. */
export function* emotionFolds(
  performances: readonly HeardPerformance[],
  emotionIds: readonly string[],
): Generator<EmotionFold> {
  const byPerson = Map.groupBy(performances, ({ person }) => person)
  const people = [...byPerson.keys()].sort()
  for (const [place, person] of people.entries()) {
    const own = byPerson.get(person) ?? []
    if (!own.some(({ emotionId }) => emotionId === 'neutral')) continue
    const others = people.filter((other) => other !== person)
    const isParted = others.length >= FEWEST_TO_PART
    const [judgePeople, tablePeople] = isParted
      ? [0, 1].map((half) => others.filter((_, index) => (index + place) % 2 === half))
      : [others, others]
    const of = (some: readonly string[]) => some.flatMap((other) => byPerson.get(other) ?? [])
    yield {
      person,
      own,
      standardize: personalStandard(own),
      judge: trainEmotionJudge(of(judgePeople), emotionIds),
      judgePeople,
      tablePeople,
      tables: tablesOf(of(tablePeople)),
    }
  }
}

function tablesOf(performances: readonly HeardPerformance[]): ReadonlyMap<string, PreparedEmotion> {
  const clips = performances.flatMap(({ person, emotionId, measure }) =>
    measure === null ? [] : [{ speakerId: person, emotionId, measure }],
  )
  return new Map(preparedTables(learnStatistics(clips)).map((emotion) => [emotion.emotionId, emotion]))
}
