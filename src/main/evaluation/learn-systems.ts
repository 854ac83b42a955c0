import { createRandom } from '../../shared/base/random.ts'
import type { BaseConverter } from '../../shared/formats/base-file.ts'
import {
  enrollAll,
  learnBase,
  learnJointly,
  singersOfBase,
  type Learner,
  type LearningOptions,
  type Singers,
} from './learned-singers.ts'
import { totalSec, upTo, type Person } from './persons.ts'
import type { ConverterName, SystemName } from './system-names.ts'
import type { TargetGroup } from './target-groups.ts'

export interface SystemOptions extends Omit<LearningOptions, 'tell'> {
  readonly systems: readonly SystemName[]
  /** Seconds of each person that jointly learned singers learn from, and of a target that is enrolled, at most. */
  readonly learnSec: number
  readonly enrolSec: number
  /** That ships; null where none does. */
  readonly base: BaseConverter | null
}

interface LearningWork {
  readonly persons: readonly Person[]
  readonly groups: readonly TargetGroup[]
  readonly tell: (line: string) => void
  readonly notes: string[]
}

export type SingersBySystem = Partial<Record<ConverterName, Singers>>

/** Learns what the options ask for; what can't be learned is said in a note. */
export async function learnSystems(options: SystemOptions, work: LearningWork): Promise<SingersBySystem> {
  const { groups, tell, notes } = work
  const { base, learnSec, systems } = options
  const learning = { ...options, tell }
  const seen = groups.find(({ kind }) => kind === 'seen')
  const enrolled = groups.find(({ kind }) => kind === 'enrolled')
  const found: SingersBySystem = {}
  if (systems.includes('control')) {
    tell('learning the negative control')
    found.control = await learnJointly(peopleOf(groups).map(learnerOf(learnSec)), learning, true)
  }
  if (systems.includes('seen') && seen !== undefined && base !== null)
    found.seen = singersOfBase(seen.targets.map(learnerOf(learnSec)), base)
  const isJointAsked = systems.includes('joint') || (systems.includes('seen') && seen === undefined)
  if (isJointAsked && enrolled !== undefined) {
    const people = peopleOf([enrolled])
    if (seen === undefined)
      notes.push(
        'Nobody of these is in the base that ships: instead of its people, singers learned jointly are measured.',
      )
    tell(`learning ${people.length} persons jointly`)
    found.joint = await learnJointly(people.map(learnerOf(learnSec)), learning)
  }
  if (systems.includes('enrolled') && enrolled !== undefined) {
    const into = base ?? (await baseOfOthers(enrolled, options, work))
    if (into !== null) found.enrolled = await enrollTargets(enrolled, into, options, work)
  }
  return found
}

async function enrollTargets(
  { targets }: TargetGroup,
  base: BaseConverter,
  options: SystemOptions,
  { tell, notes }: LearningWork,
): Promise<Singers> {
  const clips = targets.map((target) => ({ ...target, learned: drawn(target, options) }))
  const seconds = clips.map(({ name, learned }) => `${name} ${totalSec(learned).toFixed(0)} s`)
  notes.push(`Enrolled into a base of ${base.persons.length} persons from ${seconds.join(', ')}.`)
  return enrollAll(clips.map(learnerOf(Infinity)), base, { ...options, plan: 'normal', tell })
}

/** Recordings by chance until they last long enough. */
function drawn({ learned }: Person, { enrolSec, seed }: SystemOptions): Person['learned'] {
  const random = createRandom(seed)
  const order = learned.map((recording) => ({ recording, order: random.uniform() })).sort((a, b) => a.order - b.order)
  return upTo(
    order.map(({ recording }) => recording),
    enrolSec,
  )
}

const learnerOf =
  (limitSec: number) =>
  ({ name, learned }: Person): Learner => ({
    name,
    clips: upTo(learned, limitSec).flatMap(({ features }) => (features === null ? [] : [features])),
  })

/** Everybody who sings or is sung as. */
const peopleOf = (groups: readonly TargetGroup[]): Person[] => [
  ...new Set(groups.flatMap(({ targets, pairs }) => [...targets, ...pairs.map(({ source }) => source)])),
]

/** Where no base ships: one of those who are no targets. */
async function baseOfOthers(
  { targets }: TargetGroup,
  options: SystemOptions,
  { persons, tell, notes }: LearningWork,
): Promise<BaseConverter | null> {
  const others = persons.filter((person) => !targets.includes(person))
  if (others.length < 2) {
    notes.push(`No base ships, and ${others.length} persons who are no targets make none: nobody is enrolled.`)
    return null
  }
  notes.push(`No base ships: targets are enrolled into one of ${others.map(({ name }) => name).join(', ')}.`)
  tell('learning a base')
  return learnBase(others.map(learnerOf(options.learnSec)), { ...options, tell })
}
