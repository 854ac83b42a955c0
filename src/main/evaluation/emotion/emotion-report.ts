import { NEUTRAL_ID } from '../../../shared/conversion/emotions/registry.ts'
import { singerJudgeNames, type SingerJudgeName, type SingerTrial } from './measure-singers.ts'
import { acousticNames, INTENSITIES, type EmotionMeasurement, type EmotionTrial } from './measure-emotions.ts'

/** What is good enough, as agreed before it was measured. */
export const emotionBars = {
  greatestFall: 0.01,
  leastGain: 0.1,
  hitAt1: 0.25,
  hitBeyond: 0.45,
  goalSpoken: 0.45,
  goalSung: 0.35,
  samePerson: 0.95,
  noteCents: 20,
} as const

const UP_TO_ONE = INTENSITIES.filter((intensity) => intensity <= 1)

/** Figures of one delivery, one way of changing it. */
export interface EmotionFigures {
  readonly delivery: string
  readonly people: readonly string[]
  readonly isParted: boolean
  /** Of real recordings of people whom the judge never heard: how often each emotion is named right. */
  readonly ceiling: Readonly<Record<string, number>>
  readonly emotions: readonly EmotionRow[]
  readonly hitAt1: number
  readonly hitBeyond: number
  /** Of conversions at 1; of real neutral recordings. */
  readonly samePerson: number
  readonly samePersonReal: number
  /** Of real emotional recordings: what conversions can be measured by. */
  readonly samePersonPerformed: number
  /** Of conversions at 1 of recordings that are named right themselves. */
  readonly stillSamePerson: number
  readonly noteCount: number
  readonly worstNoteCents: number | null
  readonly notesKept: number | null
  /** Of conversions at intensity 0. */
  readonly identical: number
  /** Whether the singer of a render is named, without an emotion and with each at 1; null where nobody else sang. */
  readonly singers: SingerFigures | null
}

export interface SingerFigures {
  readonly without: SingerShares
  readonly withEmotion: SingerShares
}

export interface SingerShares {
  readonly n: number
  readonly named: Readonly<Record<SingerJudgeName, number>>
}

export interface EmotionRow {
  readonly emotionId: string
  readonly n: number
  /** Mean probability of the wanted emotion, over `INTENSITIES`. */
  readonly wanted: readonly number[]
  readonly hits: readonly number[]
  readonly gain: number
  readonly isNonDecreasing: boolean
  /** Means over `INTENSITIES`, one row per acoustic. */
  readonly acoustics: readonly (readonly number[])[]
  /** The same of real recordings, emotional less neutral. */
  readonly realDifferences: readonly number[]
  readonly areMonotonic: readonly boolean[]
  /** Whether they move between 0 and 1 by what can be heard. */
  readonly areHeard: readonly boolean[]
}

export function emotionFigures(
  { delivery, people, isParted, trials, real, singers }: EmotionMeasurement,
  emotionIds: readonly string[],
): EmotionFigures {
  const isRight = (probabilities: readonly number[], emotionId: string) =>
    emotionIds[probabilities.indexOf(Math.max(...probabilities))] === emotionId
  const rows = emotionIds.slice(1).flatMap((emotionId) => {
    const own = trials.filter((trial) => trial.emotionId === emotionId)
    const at = (intensity: number) => own.filter((trial) => trial.intensity === intensity)
    if (own.length === 0) return []
    const wanted = INTENSITIES.map((intensity) => mean(at(intensity).map(({ probabilities }) => probabilities[emotionIds.indexOf(emotionId)]))) // prettier-ignore
    const acoustics = acousticNames.map((_, index) =>
      INTENSITIES.map((intensity) => mean(at(intensity).map((trial) => trial.acoustics[index]))),
    )
    return [
      {
        emotionId,
        n: at(1).length,
        wanted,
        hits: INTENSITIES.map((intensity) => share(at(intensity), (trial) => isRight(trial.probabilities, emotionId))),
        gain: wanted[UP_TO_ONE.length - 1] - wanted[0],
        isNonDecreasing: isRising(wanted.slice(0, UP_TO_ONE.length), emotionBars.greatestFall),
        acoustics,
        realDifferences: acousticNames.map((_, index) => {
          const level = (id: string) => mean(real.filter((one) => one.emotionId === id).map((one) => one.acoustics[index])) // prettier-ignore
          return level(emotionId) - level('neutral')
        }),
        areMonotonic: acoustics.map((values) => isOneWay(values.slice(0, UP_TO_ONE.length))),
        areHeard: acoustics.map((values, index) => spanOf(values.slice(0, UP_TO_ONE.length)) >= HEARD_STEPS[index]),
      },
    ]
  })
  const full = trials.filter(({ intensity }) => intensity === 1)
  const namedBefore = new Set(trials.filter((trial) => trial.intensity === 0 && isSamePerson(trial)).map(({ path }) => path)) // prettier-ignore
  const moves = trials.filter(({ intensity }) => intensity > 0).flatMap((trial) => trial.noteMovesCents)
  const [neutral, performed] = [true, false].map((isNeutral) =>
    real.filter(({ emotionId }) => (emotionId === NEUTRAL_ID) === isNeutral),
  )
  return {
    delivery,
    people,
    isParted,
    ceiling: Object.fromEntries(
      emotionIds.map((id) => {
        const own = real.filter(({ emotionId }) => emotionId === id)
        return [id, share(own, ({ probabilities }) => isRight(probabilities, id))]
      }),
    ),
    emotions: rows,
    hitAt1: mean(rows.map(({ hits }) => hits[INTENSITIES.indexOf(1)])),
    hitBeyond: mean(rows.map(({ hits }) => hits[INTENSITIES.indexOf(1.5)])),
    samePerson: share(full, isSamePerson),
    samePersonReal: share(neutral, isSamePerson),
    samePersonPerformed: share(performed, isSamePerson),
    stillSamePerson: share(full.filter(({ path }) => namedBefore.has(path)), isSamePerson), // prettier-ignore
    noteCount: moves.length,
    worstNoteCents: moves.length === 0 ? null : Math.max(...moves.map(Math.abs)),
    notesKept: moves.length === 0 ? null : share(moves, (cents) => Math.abs(cents) <= emotionBars.noteCents),
    identical: share(trials.filter(({ intensity }) => intensity === 0), ({ isSource }) => isSource), // prettier-ignore
    singers: singers.length === 0 ? null : singerFigures(singers),
  }
}

function singerFigures(trials: readonly SingerTrial[]): SingerFigures {
  const of = (own: readonly SingerTrial[]): SingerShares => {
    const shares = singerJudgeNames.map((name) => [name, share(own, ({ named }) => named[name])] as const)
    return { n: own.length, named: Object.fromEntries(shares) as SingerShares['named'] } // every judge is in it
  }
  const isNeutral = ({ emotionId }: SingerTrial) => emotionId === NEUTRAL_ID
  return { without: of(trials.filter(isNeutral)), withEmotion: of(trials.filter((trial) => !isNeutral(trial))) }
}

const share = <T>(all: readonly T[], is: (one: T) => boolean): number => all.filter(is).length / Math.max(all.length, 1)

const isSamePerson = ({ person, heardPerson }: Pick<EmotionTrial, 'person' | 'heardPerson'>): boolean =>
  person === heardPerson

const isRising = (values: readonly number[], tolerance: number): boolean =>
  values.slice(1).every((value, index) => value >= values[index] - tolerance)

/**
 * Of `acousticNames`: half a semitone of level; a semitone of range, of which in speech three are hardly told apart
 * ('t Hart 1981); a decibel (Zwicker and Fastl 1999). What moves by less claims nothing.
 */
export const HEARD_STEPS = [0.5, 1, 1, 1] as const

const spanOf = (values: readonly number[]): number => Math.max(...values) - Math.min(...values)

/** A change that turns back by less than a tenth of itself is one way. */
const TURNING_SHARE = 0.1

function isOneWay(values: readonly number[]): boolean {
  const whole = values[values.length - 1] - values[0]
  if (whole === 0) return values.every((value) => value === values[0])
  return isRising(values.map((value) => value * Math.sign(whole)), TURNING_SHARE * Math.abs(whole)) // prettier-ignore
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? NaN : values.reduce((sum, value) => sum + value, 0) / values.length
