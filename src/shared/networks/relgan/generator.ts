import type { Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core'
import { assert } from '../../base/assert.ts'
import { gatedLinear } from '../../nn/gate.ts'
import { addResidual, joinChannels } from '../../nn/join.ts'
import { convolveNamed } from '../../nn/named-layers.ts'
import type { TensorsByName } from '../../nn/parameters.ts'
import { overTime } from '../../nn/per-item.ts'
import { pixelShuffle2d } from '../../nn/pixel-shuffle.ts'
import { permuted, reshaped } from '../../nn/shape.ts'
import { MIDDLE_BLOCKS, SHRINKING } from './config.ts'
import { convolvedMap, gatedMap, normed } from './layers.ts'

/**
 * The generator G: mel-cepstra of one emotion to those of another (CycleGAN-VC2's 2-1-2D network with the relative
 * attribute as further channels). Convolutional in time.
 * @param x [B, cepstra, T], normalized; T a multiple of 4
 * @param v [B, K], target less source, times the degree; or [B, T, K], so that the degree follows a curve
 * @returns [B, cepstra, T]
 */
export function generate(x: Tensor3D, v: Tensor2D | Tensor3D, parameters: TensorsByName): Tensor3D {
  const [B, F, T] = x.shape
  assert(T % SHRINKING === 0, `the generator takes a multiple of ${SHRINKING} frames, not ${T}`)
  let h = gatedMap(convolvedMap(parameters, 'generator/in', withAttribute(x, v)))
  for (const name of ['generator/down1', 'generator/down2'])
    h = gatedMap(normed(parameters, name, convolvedMap(parameters, name, h, 2)))
  const C = h.shape[3]

  let line = timeNormed(parameters, 'generator/narrow', toLine(h))
  for (let block = 0; block < MIDDLE_BLOCKS; block++) {
    const name = `generator/block${block}`
    const inner = gatedLinear(timeNormed(parameters, `${name}/in`, line))
    line = addResidual(line, timeNormed(parameters, `${name}/out`, inner))
  }

  h = toMap(timeNormed(parameters, 'generator/wide', line), C)
  for (const name of ['generator/up1', 'generator/up2'])
    h = gatedMap(normed(parameters, name, pixelShuffle2d(convolvedMap(parameters, name, h), 2)))
  return reshaped<Tensor3D>(convolvedMap(parameters, 'generator/out', h), [B, F, T])
}

/** Beside every value the attribute of its frame: [B, F, T, 1 + K]. */
export function withAttribute(x: Tensor3D, v: Tensor2D | Tensor3D): Tensor4D {
  const [B, F, T] = x.shape
  const K = v.shape[v.shape.length - 1]
  const perFrame = v.shape.length === 3 ? (v as Tensor3D) : overTime(v as Tensor2D, T) // by its rank
  const perPlace = reshaped<Tensor3D>(overTime(reshaped<Tensor2D>(perFrame, [B, T * K]), F), [B, F * T, K])
  const joined = joinChannels([reshaped<Tensor3D>(x, [B, F * T, 1]), perPlace])
  return reshaped<Tensor4D>(joined, [B, F, T, 1 + K])
}

/** [B, F, T, C] to [B, T, F · C]: frequency never mixes with time. */
export function toLine(h: Tensor4D): Tensor3D {
  const [B, F, T, C] = h.shape
  return reshaped<Tensor3D>(permuted(h, [0, 2, 1, 3]), [B, T, F * C])
}

/** The way back. */
export function toMap(line: Tensor3D, C: number): Tensor4D {
  const [B, T, wide] = line.shape
  return permuted(reshaped<Tensor4D>(line, [B, T, wide / C, C]), [0, 2, 1, 3])
}

const timeNormed = (parameters: TensorsByName, name: string, x: Tensor3D): Tensor3D =>
  normed(parameters, name, convolveNamed(parameters, name, x))
