import { tensor3d } from '@tensorflow/tfjs-core'
import { assert } from '../../base/assert.ts'
import { concatenated } from '../../base/concatenated.ts'
import type { Random } from '../../base/random.ts'
import type { WavenetNetwork } from '../../networks/wavenet-autoencoder/gradients.ts'
import { encode, levelInput } from '../../networks/wavenet-autoencoder/network.ts'
import { lagsOf } from '../../networks/wavenet-autoencoder/pitch-lags.ts'
import { stretchTracks, withNotes } from '../../networks/wavenet-autoencoder/pitch-track.ts'
import { toTensors, unpackParameters, type StoredParameters } from '../../nn/parameters.ts'
import { readTensors } from '../../nn/scope.ts'
import { cutCrop, type Crop, type CropSampler } from './crops.ts'
import type { WaveformClip } from './clip.ts'
import type { WavenetAutoencoderConfig } from '../../networks/wavenet-autoencoder/config.ts'
import type { TranslationPlan } from './plans.ts'
import { mixedRow } from '../mixed-row.ts'

/** Segments that a decoder is to sing, each a sound of its own. */
export interface SegmentsToSing {
  readonly config: WavenetAutoencoderConfig
  /** Everything, by name, in stored layout. */
  readonly parameters: StoredParameters
  readonly segmentFrames: readonly number[]
  /** One segment after the other: [frames × (latent + notes)], and [frames · hop] where there is pitch. */
  readonly held: Float32Array
  readonly pitch: Float32Array | null
  /** [frames · hop], `lagsOf`, where there is pitch. */
  readonly lags?: Uint16Array | null
  /** [segments × singer] */
  readonly rows: Float32Array
  readonly seed: number
  readonly temperature: number
}

/** Sings them all, one after the other: without gradient, and the same for the same order. */
export type SingSegments = (order: SegmentsToSing) => Promise<Uint8Array>

/** Crops as voices between their own singer's and another's sang them, which the network learns to lead back. */
export interface Translations {
  readonly crops: readonly Crop[]
  /** One crop after the other. */
  readonly heard: Uint8Array
}

export interface TranslationSource {
  readonly network: WavenetNetwork<WavenetAutoencoderConfig>
  readonly clips: readonly WaveformClip[]
  readonly sampler: CropSampler
  readonly isAugmented: boolean
  readonly sing: SingSegments
  /** Crops that the encoder hears at once. */
  readonly atOnce: number
}

/**
 * Draws crops and, for each, another singer and a share: what the mixture of both rows sings of the crop, with the
 * crop's own pitch, by the network as it is now.
 */
export async function singTranslations(
  source: TranslationSource,
  weights: Float32Array,
  plan: TranslationPlan,
  random: Random,
): Promise<Translations> {
  const { network, clips, sampler, isAugmented } = source
  const { config, singerCount, layout } = network
  assert(singerCount > 1, 'mixtures need another singer')
  const draw = { segmentSamples: plan.segmentSamples, isAugmented }
  const crops = Array.from({ length: plan.segments }, () => sampler.draw(random, draw))
  const parameters = unpackParameters(layout, weights)
  const table = parameters.get('singers/table')?.values ?? new Float32Array(0)
  const rows = new Float32Array(crops.length * config.singer)
  for (const [index, { clipIndex }] of crops.entries())
    rows.set(mixedRow(table, config.singer, clips[clipIndex].singerIndex, singerCount, random), index * config.singer)
  const seed = random.integer(2 ** 32)
  const cut = crops.map((crop) => cutCrop(clips, crop, config.hop))
  const latents = await encodeAll(
    network,
    weights,
    cut.map(({ levels }) => levels),
    source.atOnce,
  )
  const tracks = config.hasPitch ? concatenated(cut.map(({ pitch }) => pitch ?? new Float32Array(0))) : null
  const heard = await source.sing({
    config,
    parameters,
    segmentFrames: crops.map(({ sampleCount }) => sampleCount / config.hop),
    held: withNotes(latents, tracks, config.latent, config.notes),
    pitch: config.hasPitch
      ? concatenated(cut.map(({ levels, pitch }) => stretchTracks(pitch ?? new Float32Array(0), 1, levels.length)))
      : null,
    lags: config.hasPitch
      ? concatenated(
          cut.map(({ levels, pitch }) => lagsOf(pitch ?? new Float32Array(0), 1, levels.length)),
          Uint16Array,
        )
      : null,
    rows,
    seed,
    temperature: plan.temperature,
  })
  return { crops, heard }
}

/** Latents of sounds of any lengths, [frames × latent] one after the other; equal lengths are heard at once. */
export async function encodeAll(
  { config, layout }: Pick<WavenetNetwork, 'config' | 'layout'>,
  weights: Float32Array,
  sounds: readonly Uint8Array[],
  atOnce: number,
): Promise<Float32Array> {
  const latents: Float32Array[] = []
  for (let from = 0; from < sounds.length;) {
    const length = sounds[from].length
    let to = from + 1
    while (to < sounds.length && to < from + atOnce && sounds[to].length === length) to++
    const levels = sounds.slice(from, to).flatMap((sound) => [...sound])
    const shape: [number, number, number] = [to - from, length, 1]
    const [found] = await readTensors(() => [
      encode(tensor3d(levels.map(levelInput), shape), toTensors(layout, weights), config, 'inputs'),
    ])
    latents.push(found.slice())
    from = to
  }
  return concatenated(latents)
}
