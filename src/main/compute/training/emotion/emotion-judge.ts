import { createRandom } from '../../../../shared/base/random.ts'
import { codeChange } from '../../../../shared/conversion/emotions/relgan/code-change.ts'
import { normalizedMap, type EmotionNormal } from '../../../../shared/conversion/emotions/relgan/emotion-normal.ts'
import { trainLinearDiscriminant } from '../../../../shared/evaluation/linear-discriminant.ts'
import { CEPSTRA } from '../../../../shared/networks/relgan/config.ts'
import type { Generate } from '../../../../shared/networks/relgan/inference.ts'
import type { EmotionalClip } from '../../../../shared/training/relgan/emotional-clip.ts'
import { createBatchSampler } from '../../../../shared/training/relgan/sampler.ts'
import type { EmotionalSplit } from '../../../../shared/training/relgan/split.ts'
import type { RelganTrainer } from '../../../../shared/training/relgan/trainer.ts'

/** What is found on clips that nobody learned from. */
export interface EmotionCheck {
  /** Mean probability of the wanted emotion, of held-out clips translated in full. */
  readonly wanted: number
  /** The same of real clips of each emotion: the most that can be expected. */
  readonly real: number
  /** Mean distance between a clip and what comes back from another emotion, in normal deviations. */
  readonly changed: number
  /** By name, as the training's own: `generator/cycle`, `discriminator/fake` and so on. */
  readonly losses: Readonly<Record<string, number>>
}

/** Frames of a held-out clip that are translated. */
const JUDGED_FRAMES = 256
const MOST_JUDGED = 24
const CHECKED_ITEMS = 8
/** The same crops at every check, so that checks can be compared. */
const CROPS_SEED = 1

export interface EmotionJudge {
  check(trainer: RelganTrainer): Promise<EmotionCheck>
}

/**
 * A judge of emotion that learned from the same clips as the generator, by another method: a linear discriminant over
 * means and spreads of the code. Null where not every emotion has a clip that is held out.
 */
export function createEmotionJudge(
  { learned, heldOut }: EmotionalSplit,
  normals: readonly EmotionNormal[],
): EmotionJudge | null {
  const emotionCount = normals.length
  const present = new Set(heldOut.map(({ emotion }) => emotion))
  if (present.size < emotionCount) return null
  const sampler = createBatchSampler(heldOut, normals)
  const examples = learned.map(({ cepstra, emotion }) => ({ values: statisticsOf(cepstra), label: emotion }))
  const discriminant = trainLinearDiscriminant(examples, emotionCount)
  const probability = (cepstra: Float32Array, emotion: number) =>
    softmax(discriminant.classify(statisticsOf(cepstra)))[emotion]
  const judged = spread(heldOut, MOST_JUDGED).map((clip) => ({ ...clip, cepstra: head(clip.cepstra) }))
  const real = mean(judged.map(({ cepstra, emotion }) => probability(cepstra, emotion)))
  return {
    async check(trainer) {
      const losses = await trainer.judge(sampler.draw(createRandom(CROPS_SEED), CHECKED_ITEMS))
      const wanted = await trainer.withGenerator(async (generate) => {
        const found: number[] = []
        for (const clip of judged) {
          for (let target = 0; target < emotionCount; target++) {
            if (target === clip.emotion) continue
            found.push(probability(await translated(generate, normals, clip, target), target))
          }
        }
        return found
      })
      return { wanted: mean(wanted), real, changed: losses['generator/cycle'], losses }
    },
  }
}

async function translated(
  generate: Generate,
  normals: readonly EmotionNormal[],
  { cepstra, emotion }: EmotionalClip,
  target: number,
): Promise<Float32Array> {
  const [source, wanted] = [normals[emotion], normals[target]]
  const map = normalizedMap(cepstra, source)
  const attribute = new Float32Array(2 * normals.length)
  attribute[target] = 1
  attribute[emotion] = -1
  const both = new Float32Array(2 * map.length)
  both.set(map)
  both.set(map, map.length)
  const made = await generate(both, 2, attribute)
  const change = codeChange(made.subarray(0, map.length), made.subarray(map.length), { source, target: wanted }, 1)
  return cepstra.map((value, at) => value + change[at])
}

/** So many of them, evenly from first to last. */
const spread = (clips: readonly EmotionalClip[], most: number): readonly EmotionalClip[] =>
  clips.length <= most
    ? clips
    : Array.from({ length: most }, (_, index) => clips[Math.floor((index * clips.length) / most)])

/** A multiple of four frames, as the generator takes them. */
function head(cepstra: Float32Array): Float32Array {
  const frames = Math.min(cepstra.length / CEPSTRA, JUDGED_FRAMES)
  return cepstra.subarray(0, (frames - (frames % 4)) * CEPSTRA)
}

/** Mean and spread of each coefficient. */
function statisticsOf(cepstra: Float32Array): number[] {
  const frames = cepstra.length / CEPSTRA
  const sums = new Float64Array(CEPSTRA)
  const squares = new Float64Array(CEPSTRA)
  for (let at = 0; at < cepstra.length; at++) {
    sums[at % CEPSTRA] += cepstra[at] / frames
    squares[at % CEPSTRA] += cepstra[at] ** 2 / frames
  }
  return [...sums, ...squares.map((square, index) => Math.sqrt(Math.max(square - sums[index] ** 2, 0)))]
}

function softmax(scores: readonly number[]): number[] {
  const highest = Math.max(...scores)
  const powers = scores.map((score) => Math.exp(score - highest))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
