import { createRandom } from '../../../shared/base/random.ts'
import type { BaseConverter } from '../../../shared/formats/base-file.ts'
import { trainJudges, type Judges } from '../../../shared/evaluation/index.ts'
import type { TensorWork } from '../../../shared/networks/spectral-autoencoder/tensor-work.ts'
import type { KeptFigures } from '../kept-figures.ts'
import { enrollAll, type Singers } from '../learned-singers.ts'
import type { Heard, Listener } from '../listening.ts'
import { secondsOf } from '../persons.ts'
import type { ChooseEmotion, ConvertEmotion } from './emotion-converter.ts'
import type { EmotionFold } from './emotion-folds.ts'
import type { Delivery, HeardPerformance } from './hear-performances.ts'

/** Judges of who sings, as `evaluate` has them. */
export const singerJudgeNames = ['raw', 'centered', 'cepstral', 'cepstralCentered'] as const
export type SingerJudgeName = (typeof singerJudgeNames)[number]

/** One source sung by another person, with an emotion at 1 or with none. */
export interface SingerTrial {
  /** `neutral` where there is none. */
  readonly emotionId: string
  /** Which judges name the singer that was asked for. */
  readonly named: Readonly<Record<SingerJudgeName, boolean>>
}

export interface SingerRequest {
  readonly delivery: Delivery
  readonly performances: readonly HeardPerformance[]
  readonly folds: readonly EmotionFold[]
  /** Neutral first. */
  readonly emotionIds: readonly string[]
  readonly chooseEmotion: (fold: EmotionFold, emotionId: string) => ChooseEmotion
}

export interface SingerTools {
  readonly listener: Listener
  readonly convert: ConvertEmotion
  readonly kept: KeptFigures
  readonly tell: (line: string) => void
  readonly base: BaseConverter
  readonly work?: TensorWork
}

/** Two people are enrolled, each from about so much; judges learn as much of everybody. */
const TARGETS = 2
const LEARNED_SEC = 20
/** Sources for each target. */
const SOURCES = 3
const SEED = 1

/**
 * Whether the singer survives an emotion: people are enrolled into the base that ships, others' neutral recordings are
 * sung by them with and without every emotion in one render, and judges that learned from everybody's other recordings
 * name who sings.
 */
export async function measureSingers(request: SingerRequest, tools: SingerTools): Promise<SingerTrial[]> {
  const { folds, emotionIds, delivery } = request
  const people = [...new Set(request.performances.map(({ person }) => person))].sort()
  const learned = await hearPeople(people, request.performances, tools)
  const judges = trainJudges(
    new Map(people.map((person) => [person, (learned.get(person) ?? []).map(({ clip }) => clip)])),
    createRandom(SEED),
    () => {},
  )
  const targets = folds.slice(0, TARGETS).map(({ person }) => person)
  const singers = await enroll(targets, learned, tools)
  const trials: SingerTrial[] = []
  for (const [target, singer] of singers) {
    for (const fold of folds.filter(({ person }) => person !== target).slice(0, SOURCES)) {
      const source = neutralOf(fold.own)[0]
      const { sound } = await tools.listener.hearFile(source.path)
      for (const emotionId of emotionIds) {
        const trial = await tools.kept.orMeasured(
          JSON.stringify(['singer', target, source.path, emotionId]),
          async () => {
            const isNeutral = emotionId === emotionIds[0]
            const emotion = isNeutral ? null : await request.chooseEmotion(fold, emotionId)(sound, 1, delivery)
            if (emotion === null && !isNeutral) return null
            const heard = tools.listener.hearSound(tools.convert(sound, emotion, isNeutral ? 0 : 1, delivery, singer))
            return { emotionId, named: namedBy(judges, heard, people.indexOf(target)) }
          },
        )
        if (trial !== null) trials.push(trial)
      }
    }
    tools.tell(`${delivery}: ${target} has sung other people's recordings (${trials.length} conversions so far)`)
  }
  return trials
}

/** What judges and singers learn from: nothing neutral, which is what is converted. */
async function hearPeople(
  people: readonly string[],
  performances: readonly HeardPerformance[],
  { listener }: SingerTools,
): Promise<ReadonlyMap<string, readonly Heard[]>> {
  const learned = new Map<string, readonly Heard[]>()
  for (const person of people) {
    const own = performances.filter((one) => one.person === person && one.emotionId !== 'neutral')
    const heard: Heard[] = []
    let seconds = 0
    for (const { path } of spread(own)) {
      if (seconds >= LEARNED_SEC) break
      const recording = await listener.hearFile(path)
      heard.push(recording)
      seconds += secondsOf(recording)
    }
    learned.set(person, heard)
  }
  return learned
}

/** Emotions in turn, so that a few recordings hold all of them. */
function spread(performances: readonly HeardPerformance[]): HeardPerformance[] {
  const byEmotion = [...Map.groupBy(performances, ({ emotionId }) => emotionId).values()]
  const longest = Math.max(...byEmotion.map(({ length }) => length))
  return Array.from({ length: longest }, (_, turn) => byEmotion.flatMap((own) => own[turn] ?? [])).flat()
}

function enroll(
  targets: readonly string[],
  learned: ReadonlyMap<string, readonly Heard[]>,
  { base, tell, work }: SingerTools,
): Promise<Singers> {
  const learners = targets.map((name) => ({
    name,
    clips: (learned.get(name) ?? []).flatMap(({ features }) => features ?? []),
  }))
  return enrollAll(learners, base, { size: 'fast', plan: 'normal', seed: SEED, tell, ...(work && { work }) })
}

const neutralOf = (own: readonly HeardPerformance[]) => own.filter(({ emotionId }) => emotionId === 'neutral')

const namedBy = (judges: Judges, { clip }: Heard, target: number): SingerTrial['named'] => ({
  raw: judges.raw(clip) === target,
  centered: judges.centered(clip) === target,
  cepstral: judges.cepstral(clip) === target,
  cepstralCentered: judges.cepstralCentered(clip) === target,
})
