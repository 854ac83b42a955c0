import type { Random } from '../base/random.ts'
import {
  AUXILIARY_CHANNELS,
  BAND_COUNT,
  ENCODER_INPUT_CHANNELS,
  LOW_BAND_COUNT,
} from '../networks/spectral-autoencoder/config.ts'
import type { TrainingBatch } from '../networks/spectral-autoencoder/training-batch.ts'
import type { AlignedReading, Span, TrainingClip } from './clip.ts'
import { CROP_FRAMES } from './crops.ts'
import type { Normalization } from './normalization.ts'

/** Offsets of the decoder's pitch (octaves) and energy, per item: the singer must not hide in them. */
const PITCH_DEVIATION = 0.1
const ENERGY_DEVIATION = 0.1
/** Energy channel of the frames that fill up a crop beyond its phrase: silence. */
const SILENT_ENERGY = -3

/** A linear map of the 64 bands, [64 × 64] row-major: rows give, columns receive; null changes nothing. */
export type SampleBandMap = (random: Random) => { readonly matrix: Float64Array } | null

export interface BatchSource {
  readonly clips: readonly TrainingClip[]
  /** Mean shape over each clip's active frames (64). */
  readonly clipMeans: readonly Float64Array[]
  readonly normalization: Normalization
  /** Share of the crops that the encoder hears in another's reading, where a clip has any; missing, none. */
  readonly readingShare?: number
  /** Share of the crops that run backwards; missing, none. */
  readonly reversedShare?: number
}

/** How one item is changed on its way in; nothing when it judges. */
interface Change {
  /** Whose frames the encoder hears; null for the clip's own. */
  readonly reading: AlignedReading | null
  readonly isReversed: boolean
  readonly bands: BandSources | null
  readonly pitchOffset: number
  readonly energyOffset: number
}
const unchanged: Change = { reading: null, isReversed: false, bands: null, pitchOffset: 0, energyOffset: 0 }

/** Crops as they are, to judge by. */
export const plainBatch = (source: BatchSource, crops: readonly Span[]): TrainingBatch =>
  fillBatch(source, crops, () => unchanged)

/** Crops to learn from: the encoder's input augmented, the decoder's pitch and energy offset, the target clean. */
export function augmentedBatch(
  source: BatchSource,
  crops: readonly Span[],
  sampleBandMap: SampleBandMap,
  random: Random,
): TrainingBatch {
  return fillBatch(source, crops, ({ clipIndex }) => {
    const reading = drawReading(source, clipIndex, random)
    const isReversed = (source.reversedShare ?? 0) > 0 && random.uniform() < (source.reversedShare ?? 0)
    const map = sampleBandMap(random)
    return {
      reading,
      isReversed,
      bands: map === null ? null : bandSources(map.matrix),
      pitchOffset: PITCH_DEVIATION * random.normal(),
      energyOffset: ENERGY_DEVIATION * random.normal(),
    }
  })
}

/** Where nothing is to be drawn the random numbers stay as they are. */
function drawReading({ clips, readingShare = 0 }: BatchSource, clipIndex: number, random: Random) {
  const { readings = [] } = clips[clipIndex]
  if (readingShare === 0 || readings.length === 0 || random.uniform() >= readingShare) return null
  return readings[random.integer(readings.length)]
}

function fillBatch(source: BatchSource, crops: readonly Span[], nextChange: (crop: Span) => Change): TrainingBatch {
  const rows = crops.length * CROP_FRAMES
  const batch = {
    frameCount: CROP_FRAMES,
    encoderInput: new Float32Array(rows * ENCODER_INPUT_CHANNELS),
    auxiliary: new Float32Array(rows * AUXILIARY_CHANNELS),
    target: new Float32Array(rows * BAND_COUNT),
    singerIndices: crops.map(({ clipIndex }) => source.clips[clipIndex].singerIndex),
    isNarrow: crops.map(({ clipIndex }) => source.clips[clipIndex].isNarrow),
  }
  crops.forEach((crop, item) => fillItem(source, crop, nextChange(crop), batch, item * CROP_FRAMES))
  return batch
}

function fillItem(source: BatchSource, crop: Span, change: Change, batch: TrainingBatch, firstRow: number): void {
  const clip = source.clips[crop.clipIndex]
  const { reading } = change
  const heardIndex = reading?.clipIndex ?? crop.clipIndex
  const heard = source.clips[heardIndex]
  const { meanShape, spread } = source.normalization
  // The map is linear: the mean over the clip's changed frames is the changed mean.
  const clipMean = new Float64Array(BAND_COUNT)
  readBands(source.clipMeans[heardIndex], 0, change.bands, clipMean)
  const shape = new Float64Array(BAND_COUNT)
  for (let row = 0; row < CROP_FRAMES; row++) {
    const place = change.isReversed ? CROP_FRAMES - 1 - row : row
    const isFilling = place >= crop.frameCount
    const frame = crop.startFrame + Math.min(place, crop.frameCount - 1)
    const heardFrame = reading?.frames[frame] ?? frame

    const input = (firstRow + row) * ENCODER_INPUT_CHANNELS
    readBands(heard.shapes, heardFrame * BAND_COUNT, change.bands, shape)
    for (let band = 0; band < LOW_BAND_COUNT; band++) {
      batch.encoderInput[input + band] = (shape[band] - clipMean[band]) / spread
    }
    batch.encoderInput[input + LOW_BAND_COUNT] = isFilling ? 0 : heard.voiced[heardFrame]
    batch.encoderInput[input + LOW_BAND_COUNT + 1] = isFilling ? SILENT_ENERGY : heard.energy[heardFrame]

    const auxiliary = (firstRow + row) * AUXILIARY_CHANNELS
    batch.auxiliary[auxiliary] = clip.pitch[frame] + change.pitchOffset
    batch.auxiliary[auxiliary + 1] = isFilling ? 0 : clip.voiced[frame]
    batch.auxiliary[auxiliary + 2] = (isFilling ? SILENT_ENERGY : clip.energy[frame]) + change.energyOffset

    const target = (firstRow + row) * BAND_COUNT
    for (let band = 0; band < BAND_COUNT; band++) {
      batch.target[target + band] = (clip.shapes[frame * BAND_COUNT + band] - meanShape[band]) / spread
    }
  }
}

/** Per receiving band the few bands that it reads, and how much of each. */
type BandSources = readonly { readonly bands: readonly number[]; readonly weights: readonly number[] }[]

/** The maps have a handful of entries per column; reading only these is ten times faster than the whole product. */
function bandSources(matrix: Float64Array): BandSources {
  return Array.from({ length: BAND_COUNT }, (_, receiver) => {
    const bands = Array.from({ length: BAND_COUNT }, (_, giver) => giver).filter(
      (giver) => matrix[giver * BAND_COUNT + receiver] !== 0,
    )
    return { bands, weights: bands.map((giver) => matrix[giver * BAND_COUNT + receiver]) }
  })
}

function readBands(
  values: Float32Array | Float64Array,
  at: number,
  sources: BandSources | null,
  output: Float64Array,
): void {
  for (let band = 0; band < LOW_BAND_COUNT; band++) {
    if (sources === null) {
      output[band] = values[at + band]
      continue
    }
    const { bands, weights } = sources[band]
    let sum = 0
    for (let index = 0; index < bands.length; index++) sum += values[at + bands[index]] * weights[index]
    output[band] = sum
  }
}
