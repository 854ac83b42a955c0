import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import { gate } from '../../nn/gate.ts'
import { addResidual, joinChannels } from '../../nn/join.ts'
import { createFrameWeights, maskedNorm, type FrameWeights } from '../../nn/masked-norm.ts'
import { convolveNamed, linearNamed } from '../../nn/named-layers.ts'
import type { TensorsByName } from '../../nn/parameters.ts'
import { addPerItem, overTime } from '../../nn/per-item.ts'
import { asRemembered, type Remembering } from '../../nn/remembered-block.ts'
import { mapTime, pool2Matrix, upsample2Matrix } from '../../nn/time-map.ts'
import {
  DECODER_DILATIONS,
  ENCODER_DILATIONS,
  ENCODER_INPUT_CHANNELS,
  type SpectralAutoencoderConfig,
} from './config.ts'

/** Frames whose energy channel is above this count in the encoder's statistics; the others count a thousandth. */
export const ACTIVE_ENERGY = -1.725
const INACTIVE_WEIGHT = 1e-3

/** Frame weights at the encoder's rate, and at half of it for the latent. */
export interface EncoderFrameWeights {
  readonly full: FrameWeights
  readonly pooled: FrameWeights
}

/** @param encoderInput [B × T × 57], the energy in the last channel */
export function createEncoderFrameWeights(encoderInput: Float32Array, B: number, T: number): EncoderFrameWeights {
  const weights = new Float32Array(B * T)
  for (let row = 0; row < B * T; row++) {
    const energy = encoderInput[(row + 1) * ENCODER_INPUT_CHANNELS - 1]
    weights[row] = (energy > ACTIVE_ENERGY ? 1 : 0) + INACTIVE_WEIGHT
  }
  const pooledCount = Math.ceil(T / 2)
  const pooled = new Float32Array(B * pooledCount)
  for (let item = 0; item < B; item++) {
    for (let t = 0; t < pooledCount; t++) {
      const left = weights[item * T + 2 * t]
      const right = 2 * t + 1 < T ? weights[item * T + 2 * t + 1] : left
      pooled[item * pooledCount + t] = (left + right) / 2
    }
  }
  return { full: createFrameWeights(weights, B, T), pooled: createFrameWeights(pooled, B, pooledCount) }
}

/**
 * The encoder E: what is sung, without who sings it.
 * @param x [B, T, 57] at 10 ms
 * @param isUnnormalized leaves all instance norms out
 * @returns [B, ⌈T/2⌉, latent] at 20 ms
 */
export function encode(
  x: Tensor3D,
  weights: EncoderFrameWeights,
  parameters: TensorsByName,
  remembering: Remembering = 'everything',
  isUnnormalized = false,
): Tensor3D {
  const normed = (values: Tensor3D, frames: FrameWeights) => (isUnnormalized ? values : maskedNorm(values, frames))
  let h = convolveNamed(parameters, 'encoder/in', x) // [B, T, C]
  ENCODER_DILATIONS.forEach((dilation, block) => {
    const name = `encoder/block${block}`
    h = asRemembered(remembering, [name], parameters, [h], (own, h) => {
      const both = normed(convolveNamed(own, `${name}/gate`, h, dilation), weights.full) // [B, T, 2C]
      return addResidual(h, convolveNamed(own, `${name}/out`, gate(both)))
    })
  })
  const narrow = convolveNamed(parameters, 'encoder/out', h) // [B, T, latent]
  return normed(mapTime(narrow, pool2Matrix(x.shape[1])), weights.pooled)
}

/**
 * The decoder D: one singer's normalized shape.
 * @param z [B, ⌈T/2⌉, latent]
 * @param v [B, singer]
 * @param auxiliary [B, T, 3]: octaves above 220 Hz, voiced, energy
 * @returns [B, T, 64]
 */
export function decode(
  z: Tensor3D,
  v: Tensor2D,
  auxiliary: Tensor3D,
  parameters: TensorsByName,
  config: SpectralAutoencoderConfig,
  remembering: Remembering = 'everything',
): Tensor3D {
  const T = auxiliary.shape[1]
  const seen = joinChannels([mapTime(z, upsample2Matrix(T)), overTime(v, T), auxiliary])
  let h = convolveNamed(parameters, 'decoder/in', seen) // [B, T, C]
  for (let block = 0; block < config.decoderBlocks; block++) {
    const name = `decoder/block${block}`
    h = asRemembered(remembering, [name], parameters, [h, v], (own, h, v) => {
      const content = convolveNamed(own, `${name}/gate`, h, DECODER_DILATIONS[block]) // [B, T, 2C]
      const both = addPerItem(content, linearNamed(own, `${name}/singer`, v))
      return addResidual(h, convolveNamed(own, `${name}/out`, gate(both)))
    })
  }
  return addPerItem(convolveNamed(parameters, 'decoder/out', h), linearNamed(parameters, 'decoder/singer', v))
}
