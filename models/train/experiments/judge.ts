import { createRandom } from '../../../src/shared/base/random.ts'
import {
  compareReadings,
  envelopeClip,
  nearness,
  trainContentJudge,
  trainEnvelopeJudges,
  varianceRatio,
  type ContentJudge,
  type EnvelopeClip,
  type EnvelopeJudges,
} from '../../../src/shared/evaluation/index.ts'
import type { Person, Recording } from './corpus.ts'

/** A recording of one person that becomes another's. */
export interface Pair {
  readonly source: Person
  readonly recording: Recording
  readonly target: Person
}

/** What is measured of one result; null where there is nothing to compare with. */
export interface Figures {
  readonly raw: number
  readonly cmn: number
  readonly src: number
  readonly pcor: number | null
  readonly near: number | null
  /** As `near`, with the source person's own other reading among those that may be the nearest. */
  readonly nearAll: number | null
  readonly dm: number | null
  readonly content: number | null
  readonly gv: number
}

export const figureNames = ['raw', 'cmn', 'src', 'pcor', 'near', 'nearAll', 'dm', 'content', 'gv'] as const

export interface Judge {
  measure(envelopes: Float32Array, pair: Pair): Figures
}

/** Judges learn from real recordings alone, and those of the text from people who are in no pair with each other. */
export function trainJudge(persons: readonly Person[], seed: number): Judge {
  const known = new Map<string, EnvelopeClip>()
  const clipOf = ({ path, features }: Recording): EnvelopeClip => {
    const found = known.get(path) ?? envelopeClip(features.lm)
    known.set(path, found)
    return found
  }
  const judges = trainEnvelopeJudges(
    new Map(persons.map(({ name, training }) => [name, training.map(clipOf)])),
    createRandom(seed),
    () => {},
  )
  const contentOf = contentJudges(persons, clipOf, seed)
  return {
    measure(envelopes, pair) {
      const clip = envelopeClip(envelopes)
      const { source, target, recording } = pair
      return {
        ...verdicts(judges, clip, pair),
        ...readingFigures(clip, pair, persons, clipOf),
        content: contentOf(source, target, recording.sentence)?.accuracy(clip, clipOf(recording)) ?? null,
        gv: varianceRatio(clip, target.training.map(clipOf)),
      }
    },
  }
}

function verdicts(judges: EnvelopeJudges, clip: EnvelopeClip, { source, target }: Pair) {
  const heard = judges.persons[judges.centered(clip)]
  return {
    raw: Number(judges.persons[judges.raw(clip)] === target.name),
    cmn: Number(heard === target.name),
    src: Number(heard === source.name),
  }
}

/** The best match among a person's test recordings: the same words in the same manner, else the same words. */
export const readingBy = (person: Person, { sentence, reading, path }: Recording): Recording | undefined =>
  person.test.find((own) => own.reading === reading && own.path !== path) ??
  person.test.find((own) => own.sentence === sentence && own.path !== path)

function readingFigures(
  clip: EnvelopeClip,
  { source, target, recording }: Pair,
  persons: readonly Person[],
  clipOf: (recording: Recording) => EnvelopeClip,
): Pick<Figures, 'pcor' | 'near' | 'nearAll' | 'dm'> {
  const likenessTo = (person: Person) => {
    const reading = readingBy(person, recording)
    return reading === undefined ? null : { person, likeness: compareReadings(clip, clipOf(reading)) }
  }
  const own = likenessTo(target)
  if (own === null) return { pcor: null, near: null, nearAll: null, dm: null }
  const others = persons
    .filter((person) => person !== target)
    .map(likenessTo)
    .filter((found) => found !== null)
  const strangers = others.filter(({ person }) => person !== source)
  const rivals = strangers.filter(({ person }) => person.sex === target.sex && target.sex !== null)
  const likenesses = (found: typeof others) => found.map(({ likeness }) => likeness)
  return {
    pcor: own.likeness.correlation,
    near: strangers.length === 0 ? null : nearness(own.likeness, likenesses(strangers)).vote,
    nearAll: others.length === 0 ? null : nearness(own.likeness, likenesses(others)).vote,
    dm: rivals.length === 0 ? null : nearness(own.likeness, likenesses(rivals)).marginDb,
  }
}

/** One judge for each text and each two people, made when it is needed. */
function contentJudges(persons: readonly Person[], clipOf: (recording: Recording) => EnvelopeClip, seed: number) {
  const known = new Map<string, ContentJudge | null>()
  return (source: Person, target: Person, sentence: string): ContentJudge | null => {
    const key = [sentence, ...[source.name, target.name].sort()].join('|')
    const found = known.get(key)
    if (found !== undefined) return found
    const readings = persons
      .filter((person) => person !== source && person !== target)
      .flatMap(({ test }) => test.filter((recording) => recording.sentence === sentence).map(clipOf))
      .filter(({ frameCount }) => frameCount > 0)
    const judge = readings.length < 2 ? null : trainContentJudge(readings, createRandom(seed))
    known.set(key, judge)
    return judge
  }
}
