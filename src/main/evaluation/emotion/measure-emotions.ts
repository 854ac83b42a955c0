import { median } from '../../../shared/evaluation/index.ts'
import { findNotes } from '../../../shared/melody/index.ts'
import type { KeptFigures } from '../kept-figures.ts'
import { readSound, type Sound } from '../read-sound.ts'
import type { ChooseEmotion, ConvertEmotion } from './emotion-converter.ts'
import { emotionFolds, type EmotionFold } from './emotion-folds.ts'
import type { Delivery, Ears, HeardPerformance, HeardSound } from './hear-performances.ts'
import type { SingerRequest, SingerTrial } from './measure-singers.ts'
import { createPersonJudge } from './name-person.ts'

/** Everything is converted at these. */
export const INTENSITIES = [0, 0.25, 0.5, 0.75, 1, 1.5] as const

/** One neutral recording with one emotion at one intensity, as it is heard. */
export interface EmotionTrial {
  readonly person: string
  readonly path: string
  readonly emotionId: string
  readonly intensity: number
  /** Probability of each emotion by the judge, in the order of the request's `emotionIds`. */
  readonly probabilities: readonly number[]
  readonly acoustics: readonly number[]
  /** Whom the judge of persons names; null where nothing is heard. */
  readonly heardPerson: string | null
  /** By how much the median of each note moved; empty of speech. */
  readonly noteMovesCents: readonly number[]
  /** At intensity 0: every sample is the source's. */
  readonly isSource: boolean
}

/** What real recordings give. */
export interface RealTrial {
  readonly person: string
  readonly emotionId: string
  readonly probabilities: readonly number[]
  readonly acoustics: readonly number[]
  readonly heardPerson: string | null
}

export interface EmotionMeasurement {
  readonly delivery: Delivery
  readonly people: readonly string[]
  /** Whether everybody's tables and judge come from different people. */
  readonly isParted: boolean
  readonly trials: readonly EmotionTrial[]
  readonly real: readonly RealTrial[]
  /** Emotion and singer in one render; empty where no singer was asked for. */
  readonly singers: readonly SingerTrial[]
}

export interface EmotionRequestedMeasure {
  readonly delivery: Delivery
  readonly performances: readonly HeardPerformance[]
  /** Neutral first. */
  readonly emotionIds: readonly string[]
  readonly sourcesPerPerson: number
  /** Only these are converted; null for everybody. */
  readonly convertedPeople: readonly string[] | null
  /** Given, it stands in for the tables learned from other people. */
  readonly chooseEmotion: ((emotionId: string) => ChooseEmotion) | null
}

interface Tools {
  readonly ears: Ears
  readonly convert: ConvertEmotion
  readonly kept: KeptFigures
  readonly tell: (line: string) => void
  /** Sings with a singer as well; null where it is not asked for. */
  readonly measureSingers: ((request: SingerRequest) => Promise<readonly SingerTrial[]>) | null
}

/** Places of pitch level, pitch range, loudness range and first cepstrum among the judge's numbers, in readable units. */
const acousticsOf = (values: readonly number[]): number[] => [
  12 * values[0],
  12 * values[2],
  (10 / Math.LN10) * values[7],
  -(10 / Math.LN10) * Math.sqrt(2 / 40) * values[9],
]

export const acousticNames = ['pitch level, st', 'pitch range, st', 'loudness range, dB', 'tilt to high, dB'] as const

/** Converts neutral recordings of people whom neither tables nor judge of emotions heard, and listens. */
export async function measureEmotions(
  request: EmotionRequestedMeasure,
  { ears, convert, kept, tell, measureSingers }: Tools,
): Promise<EmotionMeasurement> {
  const { delivery, performances, emotionIds } = request
  const namePerson = createPersonJudge(performances)
  const folds = [...emotionFolds(performances, emotionIds)].filter(
    ({ person }) => request.convertedPeople?.includes(person) ?? true,
  )
  const trials: EmotionTrial[] = []
  const real: RealTrial[] = []
  for (const fold of folds) {
    const judged = (heard: HeardSound, values: readonly number[], path: string) => ({
      person: fold.person,
      probabilities: fold.judge.probabilities(fold.standardize(values)),
      acoustics: acousticsOf(values),
      heardPerson: namePerson(heard, path),
    })
    for (const own of fold.own) real.push({ emotionId: own.emotionId, ...judged(own, own.values, own.path) })
    for (const source of sourcesOf(fold, request.sourcesPerPerson)) {
      const sound = await readSound(source.path)
      for (const emotionId of emotionIds.slice(1)) {
        const choose = chooserFor(request, fold, emotionId)
        for (const intensity of INTENSITIES) {
          const trial = await kept.orMeasured(JSON.stringify([source.path, emotionId, intensity]), async () => {
            const emotion = await choose(sound, intensity, delivery)
            if (emotion === null) return null
            const converted = convert(sound, emotion, intensity, delivery)
            const heard = intensity === 0 ? source : ears.hear(converted)
            return (
              heard.values && {
                path: source.path,
                emotionId,
                intensity,
                ...judged(heard, heard.values, source.path),
                noteMovesCents: delivery === 'sung' ? noteMoves(source, heard) : [],
                isSource: isSame(converted, sound),
              }
            )
          })
          if (trial !== null) trials.push(trial)
        }
      }
    }
    tell(`${delivery}: ${fold.person} is measured (${trials.length} conversions so far)`)
  }
  const isParted = folds.every(({ judgePeople, tablePeople }) => judgePeople.every((one) => !tablePeople.includes(one)))
  const chooseEmotion = (fold: EmotionFold, emotionId: string) => chooserFor(request, fold, emotionId)
  const singers = (await measureSingers?.({ delivery, performances, folds, emotionIds, chooseEmotion })) ?? []
  return { delivery, people: folds.map(({ person }) => person), isParted, trials, real, singers }
}

const chooserFor = (
  { chooseEmotion }: Pick<EmotionRequestedMeasure, 'chooseEmotion'>,
  { tables }: EmotionFold,
  emotionId: string,
): ChooseEmotion => chooseEmotion?.(emotionId) ?? (() => Promise.resolve(tables.get(emotionId) ?? null))

/** Spread over the neutral recordings, so that texts differ. */
function sourcesOf({ own }: EmotionFold, count: number): HeardPerformance[] {
  const neutral = own.filter(({ emotionId }) => emotionId === 'neutral')
  const step = Math.max(1, neutral.length / count)
  return Array.from({ length: Math.min(count, neutral.length) }, (_, index) => neutral[Math.floor(index * step)])
}

function noteMoves(source: HeardSound, heard: HeardSound): number[] {
  return findNotes(source.f0).flatMap(({ startFrame, endFrame }) => {
    const moves: number[] = []
    const [before, after]: [number[], number[]] = [[], []]
    for (let frame = startFrame; frame < Math.min(endFrame, heard.f0.length); frame++) {
      if (!(source.f0[frame] > 0 && heard.f0[frame] > 0)) continue
      before.push(source.f0[frame])
      after.push(heard.f0[frame])
    }
    const [old, now] = [median(before), median(after)]
    if (old !== null && now !== null) moves.push(1200 * Math.log2(now / old))
    return moves
  })
}

const isSame = (a: Sound, b: Sound): boolean => a.samples.every((value, index) => value === b.samples[index])
