import { assert } from '../../base/assert.ts'
import { createRandom } from '../../base/random.ts'
import type { WavenetAutoencoderConfig } from '../../networks/wavenet-autoencoder/config.ts'
import { initializeWavenetAutoencoder } from '../../networks/wavenet-autoencoder/initialize.ts'
import { isAdversarys } from '../../networks/wavenet-autoencoder/parameters.ts'
import type { StoredParameters, StoredTensor } from '../../nn/parameters.ts'

/** One more singer for a trained model. */
export interface WaveformTuning {
  /** With a row for the new singer, who is the last: `withNewSinger`. */
  readonly parameters: StoredParameters
  readonly stages: readonly TuningStage[]
  /** Items of each batch that are the new singer's; the others are anybody's but theirs. */
  readonly newItems: number
}

export interface TuningStage {
  readonly steps: number
  /** The row alone; row and decoder; or everything but the adversaries. What is not trained stays, bit for bit. */
  readonly trained: 'row' | 'decoder' | 'everything'
  readonly rate: number
}

/** Where the published rate ends: after 300,000 steps of × 0.98 each thousand. */
const LAST_RATE = 1e-3 * 0.98 ** 300

/** The row first, since it is a few numbers that have far to go; then the decoder is bent a little. The encoder stays. */
export const newSingerStages: readonly TuningStage[] = [
  { steps: 500, trained: 'row', rate: 1e-2 },
  { steps: 1000, trained: 'decoder', rate: 1e-5 },
]

/** The stages in so many steps, each with its share; missing, as they are. */
export function stagesIn(stages: readonly TuningStage[], steps?: number): readonly TuningStage[] {
  const all = stages.reduce((sum, stage) => sum + stage.steps, 0)
  if (steps === undefined || steps === all) return stages
  return stages.map((stage) => ({ ...stage, steps: Math.max(Math.round((stage.steps * steps) / all), 1) }))
}

/** As PitchNet converts a song that nobody learned from: the source becomes a singer for the while. */
export const unseenSong = {
  stages: [{ steps: 2000, trained: 'everything', rate: LAST_RATE }],
  batchSize: 4,
  newItems: 1,
} as const

/** Whether a stage changes a parameter. Rows of other singers get no gradient, and so stay. */
export const isTrainedIn = (name: string, { trained }: TuningStage): boolean =>
  trained === 'everything' || name === 'singers/table' || (trained === 'decoder' && name.startsWith('decoder/'))

/** The stage of a step, or null behind the last. @param step steps done */
export function stageAt(stages: readonly TuningStage[], step: number): TuningStage | null {
  let end = 0
  for (const stage of stages) {
    end += stage.steps
    if (step < end) return stage
  }
  return null
}

/**
 * A trained model with a row more: the mean of all others'. Its adversaries, which know nobody new, begin anew.
 * @param seed of the adversaries
 */
export function withNewSinger(
  parameters: StoredParameters,
  config: WavenetAutoencoderConfig,
  seed: number,
): StoredParameters {
  const table = parameters.get('singers/table')
  assert(table !== undefined, 'the table of singers is missing')
  const fresh = initializeWavenetAutoencoder(config, table.shape[0] + 1, createRandom(seed))
  return new Map(
    [...fresh].map(([name, begun]) => {
      if (name === 'singers/table') return [name, withMeanRow(table)]
      return [name, isAdversarys(name) ? begun : (parameters.get(name) ?? begun)]
    }),
  )
}

function withMeanRow({ shape: [count, width], values }: StoredTensor): StoredTensor {
  const longer = new Float32Array((count + 1) * width)
  longer.set(values)
  values.forEach((value, index) => (longer[count * width + (index % width)] += value / count))
  return { shape: [count + 1, width], values: longer }
}
