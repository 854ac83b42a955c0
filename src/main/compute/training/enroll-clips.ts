import { assert } from '../../../shared/base/assert.ts'
import { sampleAugmentation } from '../../../shared/conversion/augmentation.ts'
import type { ClipFeatures } from '../../../shared/conversion/clip-features.ts'
import { enrollSinger } from '../../../shared/conversion/enroll.ts'
import { limitBank } from '../../../shared/conversion/limit-bank.ts'
import type { SingerModel } from '../../../shared/conversion/singer-model.ts'
import type { BaseConverter } from '../../../shared/formats/base-file.ts'
import type { TensorWork } from '../../../shared/networks/spectral-autoencoder/tensor-work.ts'
import type { TrainingPlan } from '../../../shared/training/presets.ts'
import { createTrainer } from '../../../shared/training/trainer.ts'
import { enrolmentInto } from '../../../shared/training/tuning.ts'
import { toTrainingClip } from '../clips/clip-analysis.ts'
import type { BaseSize } from '../models/base-store.ts'

export interface Enrolment {
  readonly base: BaseConverter
  readonly size: BaseSize
  readonly plan: TrainingPlan
  readonly seed: number
  /** Where the tensors are; missing, on the engine that is set in this process. */
  readonly work?: TensorWork
  readonly onStep?: (step: number, stepCount: number) => void
}

/**
 * Enrolls the singer of some analyzed clips into a base, in this process and without a window, a library or a file:
 * what the application does in a training, for recipes and experiments. An engine must be open (`openEngine`).
 */
export async function enrollClips(clips: readonly ClipFeatures[], enrolment: Enrolment): Promise<SingerModel> {
  const { base, size, plan, seed, work, onStep } = enrolment
  const trainer = createTrainer({
    clips: clips.map((clip) => toTrainingClip(clip, 0)),
    singerCount: 1,
    size,
    plan,
    seed,
    sampleBandMap: sampleAugmentation,
    tuning: enrolmentInto(base),
    ...(work === undefined ? {} : { work }),
    resumeFrom: null,
  })
  while (!trainer.isFinished) {
    await trainer.advance()
    onStep?.(trainer.step, plan.stepCount)
    if (trainer.step % plan.checkSteps === 0 || trainer.step === plan.stepCount) await trainer.check()
  }
  const parameters = trainer.bestParameters()
  const row = parameters.get('singers/table')?.values
  assert(row !== undefined, 'a trained network has a table of singers')
  const model = enrollSinger({ config: base.config, parameters, row, ...trainer.normalization }, clips)
  return { ...model, bank: limitBank(model.bank) }
}
