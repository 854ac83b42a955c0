import { assert } from '../../shared/base/assert.ts'
import { sampleAugmentation } from '../../shared/conversion/augmentation.ts'
import type { ClipFeatures } from '../../shared/conversion/clip-features.ts'
import { enrollSinger } from '../../shared/conversion/enroll.ts'
import { limitBank } from '../../shared/conversion/limit-bank.ts'
import { prepareSinger, type PreparedSinger } from '../../shared/conversion/prepared-singer.ts'
import type { BaseConverter } from '../../shared/formats/base-file.ts'
import { negativeControl, spectralAutoencoderSizes } from '../../shared/networks/spectral-autoencoder/config.ts'
import type { TensorWork } from '../../shared/networks/spectral-autoencoder/tensor-work.ts'
import { enrolmentPlans, trainingPlans } from '../../shared/training/presets.ts'
import { createTrainer } from '../../shared/training/trainer.ts'
import { toTrainingClip } from '../compute/clips/clip-analysis.ts'
import { enrollClips } from '../compute/training/enroll-clips.ts'

/** Somebody with what is learned from them. */
export interface Learner {
  readonly name: string
  readonly clips: readonly ClipFeatures[]
}

export interface LearningOptions {
  readonly size: 'fast' | 'standard'
  readonly plan: keyof typeof trainingPlans
  readonly seed: number
  /** Where the tensors are; missing, on the engine that is set in this process. */
  readonly work?: TensorWork
  readonly tell: (line: string) => void
}

export type Singers = ReadonlyMap<string, PreparedSinger>

/** One network for all of them, learned from scratch. `isControl`: as wide as it must not be, and nothing augmented. */
export async function learnJointly(
  learners: readonly Learner[],
  options: LearningOptions,
  isControl = false,
): Promise<Singers> {
  return singersOfBase(learners, await learnBase(learners, options, isControl))
}

/** People of a base with their own rows, as they are in it: only their real frames come from the clips. */
export function singersOfBase(learners: readonly Learner[], base: BaseConverter): Singers {
  const table = base.parameters.get('singers/table')?.values
  assert(table !== undefined, 'a trained network has a table of singers')
  const { singer: width } = base.config
  return new Map(
    learners.map(({ name, clips }) => {
      const index = base.persons.indexOf(name)
      assert(index >= 0, `${name} is in the base`)
      const row = table.slice(index * width, (index + 1) * width)
      return [name, prepared(enrollSinger({ ...base, row }, clips))]
    }),
  )
}

/** What joint learning gives before anybody is taken out of it: others can be enrolled into it. */
export async function learnBase(
  learners: readonly Learner[],
  { size, plan, seed, work, tell }: LearningOptions,
  isControl = false,
): Promise<BaseConverter> {
  const trainer = createTrainer({
    clips: learners.flatMap(({ clips }, index) => clips.map((clip) => toTrainingClip(clip, index))),
    singerCount: learners.length,
    size: isControl ? 'control' : size,
    plan: trainingPlans[plan],
    seed,
    sampleBandMap: isControl ? () => null : sampleAugmentation,
    ...(work && { work }),
    resumeFrom: null,
  })
  const { checkSteps, stepCount } = trainingPlans[plan]
  while (!trainer.isFinished) {
    await trainer.advance()
    if (trainer.step % checkSteps !== 0 && trainer.step !== stepCount) continue
    const { heldOutLoss } = await trainer.check()
    tell(`  step ${trainer.step} of ${stepCount}, held-out loss ${heldOutLoss.toFixed(3)}`)
  }
  const config = isControl ? negativeControl : spectralAutoencoderSizes[size]
  const persons = learners.map(({ name }) => name)
  return { config, persons, parameters: trainer.bestParameters(), ...trainer.normalization }
}

/** Each by themselves into a base, as the application does. */
export async function enrollAll(
  learners: readonly Learner[],
  base: BaseConverter,
  { size, plan, seed, work, tell }: LearningOptions,
): Promise<Singers> {
  const singers = new Map<string, PreparedSinger>()
  for (const { name, clips } of learners) {
    tell(`  enrolling ${name}`)
    const model = await enrollClips(clips, { base, size, plan: enrolmentPlans[plan], seed, ...(work && { work }) })
    singers.set(name, prepareSinger(model))
  }
  return singers
}

const prepared = (model: Parameters<typeof prepareSinger>[0]) =>
  prepareSinger({ ...model, bank: limitBank(model.bank) })
