import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sampleAugmentation } from '../../../src/shared/conversion/augmentation.ts'
import { enrollSinger } from '../../../src/shared/conversion/enroll.ts'
import { prepareSinger, type PreparedSinger } from '../../../src/shared/conversion/prepared-singer.ts'
import { floatBytes, readFloats, readSafetensors, writeSafetensors } from '../../../src/shared/formats/safetensors.ts'
import { spectralAutoencoderSizes } from '../../../src/shared/networks/spectral-autoencoder/config.ts'
import type { Parameters } from '../../../src/shared/networks/spectral-autoencoder/parameters.ts'
import type { TrainingClip } from '../../../src/shared/training/clip.ts'
import { trainingPlans } from '../../../src/shared/training/presets.ts'
import { createTrainer, type TrainerOptions } from '../../../src/shared/training/trainer.ts'
import { enrolmentInto, type TrainedBase } from '../../../src/shared/training/tuning.ts'
import { toTrainingClip } from '../../../src/main/compute/clips/clip-analysis.ts'
import { withReadings, type ReadWords } from '../../../src/main/compute/training/aligned-readings.ts'
import { writeAtomically } from '../../../src/main/files/atomic-write.ts'
import { idOf, type Person } from './corpus.ts'
import type { Learning } from './variants.ts'

/** Raised when a change of the trainer makes the same options learn otherwise. */
const LEARNING_VERSION = 1
const ENROLMENT_STEPS = { fast: 300, standard: 200, tiny: 200, control: 300 } as const

interface Network extends TrainedBase {
  readonly size: Learning['size']
}

/** A network for several persons, a row each in their order; learned once, then kept on disk. */
export async function learnJointly(
  persons: readonly Person[],
  learning: Learning,
  seed: number,
  cacheFolder: string,
  tell: (line: string) => void,
): Promise<Network> {
  const key = keyOf([persons.map(trainingIds), learning, seed])
  return cached(key, learning.size, cacheFolder, async () => {
    const plain = clipsOf(persons)
    const clips = learning.readingShare > 0 ? withReadings(plain, wordsOf(persons)) : plain
    return train(
      {
        ...optionsOf(learning, seed),
        clips,
        singerCount: persons.length,
        readingShare: learning.readingShare,
      },
      tell,
    )
  })
}

/** A network for one person more, tuned out of a base that never heard them. */
export async function enrol(
  person: Person,
  base: Network,
  baseKey: unknown,
  learning: Learning,
  seed: number,
  cacheFolder: string,
  tell: (line: string) => void,
): Promise<Network> {
  const key = keyOf(['enrolment', trainingIds(person), baseKey, learning, seed])
  return cached(key, base.size, cacheFolder, () =>
    train(
      {
        ...optionsOf(learning, seed),
        plan: { ...trainingPlans.normal, stepCount: ENROLMENT_STEPS[base.size] },
        clips: clipsOf([person]),
        singerCount: 1,
        tuning: enrolmentInto(base),
      },
      tell,
    ),
  )
}

/** The singer of one row, with the bank of the person's clips. */
export function singerOf(network: Network, row: number, person: Person): PreparedSinger {
  const { parameters, meanShape, spread } = network
  const config = spectralAutoencoderSizes[network.size]
  const table = parameters.get('singers/table')?.values ?? new Float32Array()
  const own = table.slice(row * config.singer, (row + 1) * config.singer)
  const features = person.training.map((recording) => recording.features)
  return prepareSinger(enrollSinger({ config, parameters, row: own, meanShape, spread }, features))
}

const optionsOf = ({ size, steps, published }: Learning, seed: number) => ({
  ...(published && { published }),
  size,
  plan: { ...trainingPlans.normal, stepCount: steps },
  seed,
  sampleBandMap: sampleAugmentation,
  resumeFrom: null,
})

const clipsOf = (persons: readonly Person[]): TrainingClip[] =>
  persons.flatMap((person, index) => person.training.map(({ features }) => toTrainingClip(features, index)))

const wordsOf = (persons: readonly Person[]): ReadWords[] =>
  persons.flatMap(({ training }, singerIndex) =>
    training.map(({ sentence, reading, features }) => ({
      singerIndex,
      text: sentence,
      manner: reading,
      lm: features.lm,
    })),
  )

const trainingIds = ({ training }: Person) => training.map(({ path }) => idOf(path))

async function train(options: TrainerOptions, tell: (line: string) => void): Promise<TrainedBase> {
  const trainer = createTrainer(options)
  const { plan } = options
  while (!trainer.isFinished) {
    const losses = await trainer.advance()
    if (trainer.step % plan.checkSteps !== 0 && trainer.step !== plan.stepCount) continue
    const { heldOutLoss } = await trainer.check()
    tell(
      `step ${trainer.step} of ${plan.stepCount}: loss ${losses['shape/l1'].toFixed(3)}, held out ${heldOutLoss.toFixed(3)}`,
    )
  }
  return { parameters: trainer.bestParameters(), ...trainer.normalization }
}

export const keyOf = (parts: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify([LEARNING_VERSION, parts]))
    .digest('hex')
    .slice(0, 24)

async function cached(
  key: string,
  size: Learning['size'],
  cacheFolder: string,
  learn: () => Promise<TrainedBase>,
): Promise<Network> {
  mkdirSync(join(cacheFolder, 'networks'), { recursive: true })
  const path = join(cacheFolder, 'networks', `${key}.safetensors`)
  if (!existsSync(path)) writeAtomically(path, bytesOf(await learn()))
  const file = readSafetensors(readFileSync(path))
  if (!file.ok) throw new Error(`${path}: ${file.failure.message}`)
  const tensors = new Map(
    [...file.value.tensors].map(([name, { shape, bytes }]) => [name, { shape, values: readFloats(bytes) }]),
  )
  const parameters: Parameters = new Map([...tensors].filter(([name]) => !name.startsWith('normalization/')))
  const meanShape = tensors.get('normalization/mean')?.values ?? new Float32Array()
  return { parameters, meanShape, spread: Number(file.value.metadata['spread']), size }
}

function bytesOf({ parameters, meanShape, spread }: TrainedBase): Uint8Array {
  const all = [...parameters, ['normalization/mean', { shape: [meanShape.length], values: meanShape }] as const]
  const tensors = new Map(
    all.map(([name, { shape, values }]) => [
      name,
      { type: 'F32' as const, shape: [...shape], bytes: floatBytes(values) },
    ]),
  )
  return writeSafetensors({ tensors, metadata: { spread: String(spread) } })
}
