import { silentProgress, throwIfCancelled, type Progress } from '../base/progress.ts'
import type { Kernels } from '../kernels/kernels.ts'
import { AUXILIARY_CHANNELS, BAND_COUNT } from '../networks/spectral-autoencoder/config.ts'
import { createInference, type Inference, type ReadRows } from '../networks/spectral-autoencoder/inference.ts'
import { auxiliary, type Auxiliary } from './auxiliary.ts'
import { activeMeanShape, encoderInputReader, type ReadShape } from './encoder-input.ts'
import { activeFrames, removeLowMean } from './features.ts'
import { frameKeys, KEY_WIDTH } from './key.ts'
import type { NeighborBank } from './residual-neighbors.ts'
import type { SingerModel } from './singer-model.ts'

/** More real frames than this gain nothing and cost time. */
const MOST_BANK_FRAMES = 10_000

/** A singer ready to be converted to: networks laid out, and the network's picture of every real frame. */
export interface PreparedSinger {
  readonly model: SingerModel
  readonly inference: Inference
  readonly bank: NeighborBank
}

/** Done once when a singer is loaded: about 10 ms (fast) or 40 ms (standard) per second of bank without the kernel. */
export function prepareSinger(
  model: SingerModel,
  progress: Progress = silentProgress,
  { convolution }: Pick<Kernels, 'convolution'> = {},
): PreparedSinger {
  const inference = createInference(model.parameters, model.config, convolution)
  const clips: ClipPicture[] = []
  let first = 0
  for (const frameCount of model.bank.clipFrameCounts) {
    throwIfCancelled(progress)
    clips.push(pictureClip(model, inference, first, frameCount))
    first += frameCount
    progress.report(first / Math.max(1, model.bank.f0.length), 'loading the singer')
  }
  return { model, inference, bank: gatherBank(model, clips) }
}

/** What decoding needs of a singer. */
type ShapeDecoding = Pick<SingerModel, 'row' | 'meanShape' | 'spread'>

/** The shape that the decoder gives for frames `first … first + count`: [count × 64], denormalized, low mean removed. */
export function decodeShapes(
  { model, inference }: { readonly model: ShapeDecoding; readonly inference: Inference },
  latent: Float32Array,
  frameCount: number,
  readAuxiliary: ReadRows,
  first: number,
  count: number,
): Float32Array {
  const shapes = inference.decode(latent, model.row, frameCount, readAuxiliary, first, count)
  for (let index = 0; index < shapes.length; index++)
    shapes[index] = shapes[index] * model.spread + model.meanShape[index % BAND_COUNT]
  for (let frame = 0; frame < count; frame++) removeLowMean(shapes, frame)
  return shapes
}

/** Rows of the decoder's auxiliary channels. */
export function auxiliaryReader({ pitch, voiced, energy }: Auxiliary): ReadRows {
  return (first, count, output) => {
    for (let index = 0; index < count; index++) {
      output[index * AUXILIARY_CHANNELS] = pitch[first + index]
      output[index * AUXILIARY_CHANNELS + 1] = voiced[first + index]
      output[index * AUXILIARY_CHANNELS + 2] = energy[first + index]
    }
  }
}

interface ClipPicture {
  readonly firstFrame: number
  readonly active: Uint8Array
  readonly pictures: Float32Array
  readonly keys: Float32Array
}

function pictureClip(model: SingerModel, inference: Inference, firstFrame: number, frameCount: number): ClipPicture {
  const { bank, spread } = model
  const energies = bank.energy.subarray(firstFrame, firstFrame + frameCount)
  const active = activeFrames(energies)
  const readShape: ReadShape = (frame, shape) => {
    const at = (firstFrame + frame) * BAND_COUNT
    for (let band = 0; band < BAND_COUNT; band++) shape[band] = bank.shapes[at + band]
  }
  const clipMean = activeMeanShape(frameCount, active, readShape)
  const aux = auxiliary(bank.f0.subarray(firstFrame, firstFrame + frameCount), energies)
  const latent = inference.encode(frameCount, encoderInputReader(readShape, aux, clipMean, spread))
  const pictures = decodeShapes({ model, inference }, latent, frameCount, auxiliaryReader(aux), 0, frameCount)
  // Keys look two frames to each side, so they are made before inactive frames are dropped.
  return { firstFrame, active, pictures, keys: frameKeys(pictures, frameCount) }
}

function gatherBank({ bank }: SingerModel, clips: readonly ClipPicture[]): NeighborBank {
  const frames = clips.flatMap((clip) =>
    Array.from(clip.active.keys())
      .filter((frame) => clip.active[frame])
      .map((frame) => ({ clip, frame })),
  )
  const count = Math.min(frames.length, MOST_BANK_FRAMES)
  const gathered = {
    count,
    keys: new Float32Array(count * KEY_WIDTH),
    shapes: new Float32Array(count * BAND_COUNT),
    pictures: new Float32Array(count * BAND_COUNT),
  }
  for (let index = 0; index < count; index++) {
    const { clip, frame } = frames[Math.floor((index * frames.length) / count)]
    const from = frame * BAND_COUNT
    const real = (clip.firstFrame + frame) * BAND_COUNT
    gathered.keys.set(clip.keys.subarray(frame * KEY_WIDTH, (frame + 1) * KEY_WIDTH), index * KEY_WIDTH)
    gathered.shapes.set(bank.shapes.subarray(real, real + BAND_COUNT), index * BAND_COUNT)
    gathered.pictures.set(clip.pictures.subarray(from, from + BAND_COUNT), index * BAND_COUNT)
  }
  return gathered
}
