import type { ClipFeatures } from '../../../src/shared/conversion/clip-features.ts'
import { everySecondFrame, shapes } from '../../../src/shared/conversion/features.ts'
import { rowsOf } from '../../../src/shared/conversion/frame-rows.ts'
import { frameKeys, KEY_WIDTH } from '../../../src/shared/conversion/key.ts'
import { auxiliaryReader, decodeShapes, type PreparedSinger } from '../../../src/shared/conversion/prepared-singer.ts'
import { sourceFeatures, type SourceFeatures } from '../../../src/shared/conversion/source-features.ts'
import { BAND_COUNT } from '../../../src/shared/networks/spectral-autoencoder/config.ts'
import { latentOf } from './latent.ts'
import type { Rendering } from './variants.ts'

/** A singer's real active frames at 10 ms, the network's pictures of them, and what they are found by. */
export interface Bank {
  readonly count: number
  readonly keys: Float32Array
  readonly shapes: Float32Array
  readonly pictures: Float32Array
}

/** More real frames than this gain nothing and cost time. */
const MOST_FRAMES = 8000

export function buildBank(singer: PreparedSinger, clips: readonly ClipFeatures[], rendering: Rendering): Bank {
  const frames = clips.flatMap((clip) => {
    const features = sourceFeatures(rowsOf(clip.lm), clip.f0)
    const pictures = pictureOf(singer, features, rendering)
    const count = features.slowFrameCount
    const keys = frameKeys(pictures, count)
    const real = shapes(everySecondFrame(clip.lm))
    return Array.from({ length: count }, (_, frame) => ({
      isActive: features.active[2 * frame] === 1,
      key: keys.subarray(frame * KEY_WIDTH, (frame + 1) * KEY_WIDTH),
      shape: real.subarray(frame * BAND_COUNT, (frame + 1) * BAND_COUNT),
      picture: pictures.subarray(frame * BAND_COUNT, (frame + 1) * BAND_COUNT),
    })).filter(({ isActive }) => isActive)
  })
  const count = Math.min(frames.length, MOST_FRAMES)
  const bank = {
    count,
    keys: new Float32Array(count * KEY_WIDTH),
    shapes: new Float32Array(count * BAND_COUNT),
    pictures: new Float32Array(count * BAND_COUNT),
  }
  for (let index = 0; index < count; index++) {
    const { key, shape, picture } = frames[Math.floor((index * frames.length) / count)]
    bank.keys.set(key, index * KEY_WIDTH)
    bank.shapes.set(shape, index * BAND_COUNT)
    bank.pictures.set(picture, index * BAND_COUNT)
  }
  return bank
}

/** The network's picture of a recording in the singer's voice, [frames × 64] at 10 ms. */
export function pictureOf(singer: PreparedSinger, features: SourceFeatures, rendering: Rendering): Float32Array {
  const latent = latentOf(singer, features, rendering)
  const count = features.slowFrameCount
  return decodeShapes(singer, latent, count, auxiliaryReader(features.auxiliary), 0, count)
}
