import { concatenated } from '../../base/concatenated.ts'
import { assert } from '../../base/assert.ts'
import type { Random } from '../../base/random.ts'
import type { LatentMasks, WavenetBatch } from '../../networks/wavenet-autoencoder/batch.ts'
import { WAVENET_RATE_HZ, type WavenetBlocks } from '../../networks/wavenet-autoencoder/config.ts'
import { augment, augmentations, type Augmentation, type Augmented } from './augmentation.ts'
import { pitchHopOf, type WaveformClip } from './clip.ts'

/** Which part of which clip, and how it is turned: as much as a checkpoint needs to know of it. */
export interface Crop {
  readonly clipIndex: number
  readonly start: number
  /** A multiple of the hop. */
  readonly sampleCount: number
  readonly augmentation: Augmentation
}

export interface CropDraw {
  /** Of longer clips; shorter ones are taken whole. */
  readonly segmentSamples: number
  readonly isAugmented: boolean
}

export interface CropSampler {
  /** A singer, each as likely; a clip of theirs, each as likely; a place in it: as published. */
  draw(random: Random, draw: CropDraw): Crop
  /** The same of one singer. */
  drawOf(random: Random, singerIndex: number, draw: CropDraw): Crop
}

/** @param clips each at least one hop long; a singer may have none */
export function createCropSampler(
  clips: readonly WaveformClip[],
  config: Pick<WavenetBlocks, 'hop' | 'hasPitch'>,
): CropSampler {
  const { hop } = config
  for (const { levels, pitch } of clips) checkClip(levels.length, pitch, config)
  const singers = [...new Set(clips.map(({ singerIndex }) => singerIndex))].sort((a, b) => a - b)
  const clipsOf = new Map(
    singers.map((singer) => [singer, [...clips.keys()].filter((index) => clips[index].singerIndex === singer)]),
  )
  assert(singers.length > 0, 'a training needs at least one clip')

  function drawOf(random: Random, singerIndex: number, { segmentSamples, isAugmented }: CropDraw): Crop {
    const own = clipsOf.get(singerIndex)
    assert(own !== undefined, `singer ${singerIndex} has no clips`)
    const clipIndex = own[random.integer(own.length)]
    const length = clips[clipIndex].levels.length
    const sampleCount = hop * Math.floor(Math.min(length, segmentSamples) / hop)
    // At a frame of the pitch.
    const places = Math.floor((length - sampleCount) / pitchHopOf(config)) + 1
    const start = pitchHopOf(config) * random.integer(places)
    const augmentation = augmentations[isAugmented ? random.integer(augmentations.length) : 0]
    return { clipIndex, start, sampleCount, augmentation }
  }
  return { drawOf, draw: (random, draw) => drawOf(random, singers[random.integer(singers.length)], draw) }
}

function checkClip(
  length: number,
  pitch: Float32Array | null,
  { hop, hasPitch }: Pick<WavenetBlocks, 'hop' | 'hasPitch'>,
): void {
  assert(length >= hop, `a clip needs at least ${hop} samples, not ${length}`)
  if (!hasPitch) return
  const frames = Math.floor(length / pitchHopOf({ hop }))
  assert(pitch?.length === frames, `a clip of ${length} samples needs ${frames} frames of pitch, not ${pitch?.length}`)
}

/** The levels and the pitch of a crop, turned as it says. */
export function cutCrop(clips: readonly WaveformClip[], crop: Crop, hop: number): Augmented {
  const { levels, pitch } = clips[crop.clipIndex]
  const pitchHop = pitchHopOf({ hop })
  const end = crop.start + crop.sampleCount
  return augment(
    {
      levels: levels.subarray(crop.start, end),
      pitch: pitch && pitch.subarray(crop.start / pitchHop, end / pitchHop),
    },
    crop.augmentation,
  )
}

/** A crop, and what the encoder hears in its place, if that is something else. */
export interface HeardCrop {
  readonly crop: Crop
  readonly heard: Uint8Array | null
}

/**
 * Crops as batches of one length each, and of one singer each where everybody has a decoder of their own, in the order
 * in which these first come.
 * @param masksOf draws what the adversaries are kept from hearing
 */
export function batchesOf(
  clips: readonly WaveformClip[],
  { hop, hasPitch, singer }: WavenetBlocks,
  crops: readonly HeardCrop[],
  masksOf: (items: number, sampleCount: number) => LatentMasks | null = () => null,
): readonly WavenetBatch[] {
  const kindOf = ({ crop }: HeardCrop) =>
    `${crop.sampleCount} ${singer === undefined ? clips[crop.clipIndex].singerIndex : 'anybody'}`
  return [...new Set(crops.map(kindOf))].map((kind) => {
    const own = crops.filter((one) => kindOf(one) === kind)
    const { sampleCount } = own[0].crop
    const cut = own.map(({ crop }) => cutCrop(clips, crop, hop))
    const target = concatenated(
      cut.map(({ levels }) => levels),
      Uint8Array,
    )
    const masks = masksOf(own.length, sampleCount)
    return {
      sampleCount,
      target,
      heard: concatenated(
        own.map(({ heard }, item) => heard ?? cut[item].levels),
        Uint8Array,
      ),
      singerIndices: own.map(({ crop }) => clips[crop.clipIndex].singerIndex),
      pitch: hasPitch ? concatenated(cut.map(({ pitch }) => pitch ?? new Float32Array(0))) : null,
      ...(masks && { masks }),
    }
  })
}

/** A check hears no more than this: of an hour of clips it would take longer than the steps before it. */
const MOST_JUDGED_SAMPLES = 40 * WAVENET_RATE_HZ

/** Of each clip all, in pieces no longer than a crop of whole hops; of many pieces some, evenly. */
export function heldOutCrops(
  clips: readonly WaveformClip[],
  segmentSamples: number,
  hop: number,
): readonly HeardCrop[] {
  const pieces = piecesOf(clips, segmentSamples, hop)
  const samples = pieces.reduce((sum, { crop }) => sum + crop.sampleCount, 0)
  const every = Math.max(samples / MOST_JUDGED_SAMPLES, 1)
  return pieces.filter((_, index) => Math.floor(index / every) !== Math.floor((index - 1) / every))
}

function piecesOf(clips: readonly WaveformClip[], segmentSamples: number, hop: number): readonly HeardCrop[] {
  return clips.flatMap(({ levels }, clipIndex) => {
    const end = hop * Math.floor(levels.length / hop)
    return Array.from({ length: Math.ceil(end / segmentSamples) }, (_, piece) => {
      const start = piece * segmentSamples
      const sampleCount = Math.min(segmentSamples, end - start)
      return { crop: { clipIndex, start, sampleCount, augmentation: 'none' as const }, heard: null }
    })
  })
}
