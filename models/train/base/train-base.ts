import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { silentProgress } from '../../../src/shared/base/progress.ts'
import { sampleAugmentation } from '../../../src/shared/conversion/augmentation.ts'
import { analyzeClip, type ClipFeatures } from '../../../src/shared/conversion/clip-features.ts'
import { sourceOf } from '../../../src/shared/conversion/sound.ts'
import type { BaseConverter } from '../../../src/shared/formats/base-file.ts'
import { spectralAutoencoderSizes } from '../../../src/shared/networks/spectral-autoencoder/config.ts'
import { parameterShapes } from '../../../src/shared/networks/spectral-autoencoder/parameters.ts'
import type { TrainingPlan } from '../../../src/shared/training/presets.ts'
import { createTrainer, type Trainer } from '../../../src/shared/training/trainer.ts'
import { toTrainingClip } from '../../../src/main/compute/clips/clip-analysis.ts'
import { openFeatureStore } from '../../../src/main/compute/clips/feature-store.ts'
import { loadKernelsWithCrew } from '../../../src/main/compute/crew.ts'
import { builtKernelsFolder } from '../../../src/main/compute/kernels.ts'
import { openTrainingFolder } from '../../../src/main/compute/training/training-folder.ts'
import type { BaseSize } from '../../../src/main/compute/models/base-store.ts'
import { withReadings, type ReadWords } from '../../../src/main/compute/training/aligned-readings.ts'
import { readSound } from '../../../src/main/evaluation/read-sound.ts'
import { createResampler } from '../../../src/main/files/resample.ts'
import type { Person } from './people.ts'

/** One voice with what was analyzed of it. */
export interface HeardPerson {
  readonly name: string
  readonly clips: readonly ClipFeatures[]
  /** What the clips say, in their order; missing where nobody knows. */
  readonly words?: readonly { readonly text: string; readonly manner: string }[]
}

export interface BaseTraining {
  readonly size: BaseSize
  readonly plan: TrainingPlan
  readonly seed: number
  /** Share of the crops that are learned from another person's reading of the same words; missing, none. */
  readonly readingShare?: number
  /** Checkpoints lie here: a training that was ended goes on from the last one, to the same bytes. */
  readonly workFolder: string
  readonly tell: (line: string) => void
}

/** Raised when the same seed would learn otherwise: older checkpoints then start anew. */
const RECIPE_VERSION = 2

/** Analyzes recordings as the program does, or takes what `workFolder` kept of them. */
export async function hearPeople(
  people: readonly Person[],
  workFolder: string,
  tell: (line: string) => void,
): Promise<HeardPerson[]> {
  const store = openFeatureStore(join(workFolder, 'features'))
  const kernels = loadKernelsWithCrew(builtKernelsFolder(), tell)
  const resample = await createResampler()
  const heard: HeardPerson[] = []
  for (const { name, recordings } of people) {
    const clips: ClipFeatures[] = []
    for (const { path } of recordings) {
      const known = store.load(path)
      if (known !== null) {
        clips.push(known)
        continue
      }
      const { samples, rateHz } = await readSound(path)
      const features = analyzeClip(sourceOf([samples], rateHz), resample, silentProgress, kernels)
      store.save(path, features)
      clips.push(features)
    }
    tell(`heard ${name}: ${clips.length} recordings`)
    heard.push({ name, clips, words: recordings })
  }
  return heard
}

/** Trains encoder, decoder and a row for each person with the product's own trainer, to the end of the plan. */
export async function trainBase(people: readonly HeardPerson[], options: BaseTraining): Promise<BaseConverter> {
  const { size, plan, seed, readingShare = 0, tell } = options
  const config = spectralAutoencoderSizes[size]
  const shapes = parameterShapes(config, people.length)
  const parameterCount = [...shapes.values()].reduce((sum, shape) => sum + shape.reduce((a, b) => a * b, 1), 0)
  const folder = openTrainingFolder({
    folders: [join(options.workFolder, size)],
    fingerprint: fingerprintOf(people, options),
    parameterCount,
    stageName: '',
  })
  const saved = folder.load()
  const plain = people.flatMap(({ clips }, index) => clips.map((clip) => toTrainingClip(clip, index)))
  const trainer = createTrainer({
    clips: readingShare > 0 ? withReadings(plain, wordsOf(people)) : plain,
    readingShare,
    singerCount: people.length,
    size,
    plan,
    seed,
    sampleBandMap: sampleAugmentation,
    resumeFrom: saved?.state ?? null,
  })
  while (!trainer.isFinished) {
    await trainer.advance()
    if (trainer.step % plan.checkSteps !== 0 && trainer.step !== plan.stepCount) continue
    const { heldOutLoss } = await trainer.check()
    folder.save({ state: trainer.save(), curves: [[]], elapsedSec: 0 })
    tell(`${size}: step ${trainer.step} of ${plan.stepCount}, held-out loss ${heldOutLoss.toFixed(4)}`)
  }
  return baseOf(trainer, people, options)
}

const wordsOf = (people: readonly HeardPerson[]): ReadWords[] =>
  people.flatMap(({ clips, words }, singerIndex) =>
    clips.map(({ lm }, index) => ({
      singerIndex,
      text: words?.[index].text ?? null,
      manner: words?.[index].manner ?? '',
      lm,
    })),
  )

const baseOf = (trainer: Trainer, people: readonly HeardPerson[], { size }: BaseTraining): BaseConverter => ({
  config: spectralAutoencoderSizes[size],
  parameters: trainer.bestParameters(),
  persons: people.map(({ name }) => name),
  ...trainer.normalization,
})

/** Of everything that decides the weights. */
function fingerprintOf(people: readonly HeardPerson[], { size, plan, seed, readingShare = 0 }: BaseTraining): string {
  const hash = createHash('sha256').update(JSON.stringify([RECIPE_VERSION, size, plan, seed, readingShare]))
  for (const { name, clips } of people) {
    hash.update(name)
    for (const { lm } of clips) hash.update(new Uint8Array(lm.buffer, lm.byteOffset, lm.byteLength))
  }
  return hash.digest('hex')
}
