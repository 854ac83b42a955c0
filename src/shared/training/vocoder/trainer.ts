import { createRandom } from '../../base/random.ts'
import type { VocoderBatch } from '../../networks/vocoder-batch.ts'
import { vocoderShapes, type VocoderConfigs, type VocoderKind } from '../../networks/vocoder-kinds.ts'
import { vocoderLoss, vocoderStep } from '../../networks/vocoder-step.ts'
import { copyAdamWState, createAdamWState } from '../../nn/adamw.ts'
import { createParameterLayout, packParameters, unpackParameters } from '../../nn/parameters.ts'
import { measureNormal, type VocoderNormal } from '../../vocoder/condition.ts'
import { vocoderModel, type VocoderModel } from '../../vocoder/vocoder-model.ts'
import type { VocoderClip } from './clip.ts'
import { batchOfCrops, createCourses, createVocoderCrops, judgedCrops, type VocoderCrop } from './crops.ts'
import type { AveragedState } from '../averaged-state.ts'
import { addToAverage } from '../weight-average.ts'
import { vocoderLearners, type VocoderTeachers } from './learners.ts'
import { vocoderRate, type VocoderPlan } from './plans.ts'

export interface VocoderTrainerOptions<Kind extends VocoderKind> {
  readonly network: Kind
  /** At least one as long as a crop. */
  readonly clips: readonly VocoderClip[]
  /** Never learned from, for `judge`; may be none. */
  readonly heldOut: readonly VocoderClip[]
  readonly config: VocoderConfigs[Kind]
  readonly plan: VocoderPlan
  /** Of a student, who stays as it is; its student is told the same features. */
  readonly teacher: VocoderTeachers[Kind]
  readonly seed: number
  /** Goes on from here, bit for bit as if it had never stopped; everything else must be as it was. */
  readonly resumeFrom: AveragedState | null
}

/** A training, advanced step by step; time, files and cancelling are the caller's. */
export interface VocoderTrainer {
  readonly step: number
  readonly normal: VocoderNormal
  /** One update; the loss before it. Throws `training-diverged`, and then nothing was learned. */
  advance(): Promise<number>
  /** The loss of the averaged weights on who was held out, on the same crops and noise every time; null without any. */
  judge(): Promise<number | null>
  save(): AveragedState
  /** The averaged weights, with all that they need to sing. */
  model(): VocoderModel
}

/** So many crops of held-out people are judged, a batch at a time. */
const JUDGED_CROPS = 40
const JUDGE_SEED = 1

export function createVocoderTrainer<Kind extends VocoderKind>(options: VocoderTrainerOptions<Kind>): VocoderTrainer {
  const { network: kind, clips, heldOut, config, plan, teacher, resumeFrom } = options
  const layout = createParameterLayout(vocoderShapes(kind, config))
  const { initialize, lossOf } = vocoderLearners[kind]
  const network = { config, layout, lossOf: lossOf(teacher) }
  const normal = teacher?.normal ?? measureNormal(clips.map(({ features }) => features))
  const sampler = createVocoderCrops(clips, plan.cropFrames)
  const courses = createCourses(clips)
  // The same draws in the same order at every start: weights, then the steps.
  const seeded = createRandom(options.seed)
  const initial = packParameters(layout, initialize(config, seeded))
  const optimizer = resumeFrom === null ? createAdamWState(initial) : copyAdamWState(resumeFrom.optimizer)
  const average = (resumeFrom?.average ?? initial).slice()
  const random = resumeFrom === null ? seeded : createRandom(resumeFrom.random)
  let step = resumeFrom?.step ?? 0

  const batchOf = (crops: readonly VocoderCrop[]): VocoderBatch =>
    batchOfCrops(clips, courses, normal, crops, plan.cropFrames, random)

  return {
    normal,
    get step() {
      return step
    },
    async advance() {
      const batch = batchOf(Array.from({ length: plan.batchSize }, () => sampler.draw(random)))
      const loss = await vocoderStep(network, optimizer, batch, vocoderRate(step, plan), step + 1)
      addToAverage(average, optimizer.weights, step)
      step++
      return loss
    },
    async judge() {
      const crops = judgedCrops(heldOut, plan.cropFrames, JUDGED_CROPS)
      if (crops.length === 0) return null
      const noise = createRandom(JUDGE_SEED)
      const heldOutCourses = createCourses(heldOut)
      let sum = 0
      for (let first = 0; first < crops.length; first += plan.batchSize) {
        const some = crops.slice(first, first + plan.batchSize)
        const batch = batchOfCrops(heldOut, heldOutCourses, normal, some, plan.cropFrames, noise)
        sum += some.length * (await vocoderLoss(network, average, batch))
      }
      return sum / crops.length
    },
    save: () => ({ step, random: random.save(), optimizer: copyAdamWState(optimizer), average: average.slice() }),
    model: () => vocoderModel(kind, { config, parameters: unpackParameters(layout, average), normal }),
  }
}
