import type { Scalar, Tensor1D, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core'
import { exponentialGain } from '../../nn/channel-gain.ts'
import { convolve2d } from '../../nn/conv-2d.ts'
import {
  actNorm,
  logMagnitude,
  logSquash,
  mixChannels,
  scaledAndShifted,
  squashedAndShifted,
  total,
  undoneActNorm,
  unscaled,
  unsquashed,
  type PermutedTriangles,
} from '../../nn/flow.ts'
import type { FlowOutcome } from '../../nn/flow-loss.ts'
import { joinChannels, scaled, totalOf } from '../../nn/join.ts'
import { inRow, reluMap } from '../../nn/maps.ts'
import { mixingNamed } from '../../nn/mixing.ts'
import { biasOf, parameterOf, weightOf } from '../../nn/named-layers.ts'
import type { TensorsByName } from '../../nn/parameters.ts'
import { pixelShuffle2d, pixelUnshuffle2d } from '../../nn/pixel-shuffle.ts'
import { cropChannels, reshaped } from '../../nn/shape.ts'
import type { GlowConfig } from './config.ts'

/** Where each step's matrix takes its rows from, step after step: fixed when a network is made, and kept with it. */
export type Permutations = readonly PermutedTriangles[]

/**
 * From pictures to noise.
 * @param x [B, H, W, 1], both axes multiples of 2^levels
 * @returns of z what left after each level, then what is left, [B, H · W, C] each
 */
export function flowForward(
  x: Tensor4D,
  parameters: TensorsByName,
  permutations: Permutations,
  config: GlowConfig,
): FlowOutcome {
  const left: Tensor3D[] = []
  const determinants: Scalar[] = []
  let map = x
  for (let level = 0; level < config.levels; level++) {
    map = pixelUnshuffle2d(map, 2)
    const [B, H, W, C] = map.shape
    let rows = inRow(map)
    for (let step = 0; step < config.stepsPerLevel; step++) {
      const name = `level${level}/step${step}`
      const scale = parameterOf<Tensor1D>(parameters, `${name}/scale`)
      const normal = actNorm(rows, parameterOf<Tensor1D>(parameters, `${name}/shift`), scale)
      const mixed = mixChannels(
        normal,
        mixingNamed(parameters, name, permutations[level * config.stepsPerLevel + step]),
      )
      const kept = cropChannels(mixed, 0, C / 2)
      const { shift, raw } = coupling(kept, parameters, name, [H, W])
      rows = joinChannels([kept, squashedAndShifted(cropChannels(mixed, C / 2, C / 2), shift, raw)])
      const perPlace = [logMagnitude(scale), total(parameterOf<Tensor1D>(parameters, `${name}/log-scale`))]
      determinants.push(scaled(totalOf(perPlace), B * H * W), logSquash(raw))
    }
    if (level === config.levels - 1) return { z: [...left, rows], logDeterminant: totalOf(determinants) }
    const kept = cropChannels(rows, 0, C / 2)
    const prior = halves(ending(kept, parameters, `level${level}/prior`, [H, W]))
    left.push(unscaled(cropChannels(rows, C / 2, C / 2), prior.first, prior.second))
    determinants.push(scaled(total(prior.second), -1))
    map = reshaped<Tensor4D>(kept, [B, H, W, C / 2])
  }
  return { z: left, logDeterminant: totalOf(determinants) }
}

/**
 * From noise to pictures: the inverse of `flowForward`.
 * @param z as `flowForward` gives it
 * @param inverses of the mixing matrices, step after step
 * @param size [H, W] of the picture
 */
export function flowInverse(
  z: readonly Tensor3D[],
  parameters: TensorsByName,
  inverses: readonly Tensor2D[],
  [high, wide]: readonly [number, number],
  config: GlowConfig,
): Tensor4D {
  let rows = z[z.length - 1]
  for (let level = config.levels - 1; ; level--) {
    const size: readonly [number, number] = [high / 2 ** (level + 1), wide / 2 ** (level + 1)]
    for (let step = config.stepsPerLevel - 1; step >= 0; step--) {
      const name = `level${level}/step${step}`
      const half = rows.shape[2] / 2
      const kept = cropChannels(rows, 0, half)
      const { shift, raw } = coupling(kept, parameters, name, size)
      const mixed = joinChannels([kept, unsquashed(cropChannels(rows, half, half), shift, raw)])
      const normal = mixChannels(mixed, inverses[level * config.stepsPerLevel + step])
      const scale = parameterOf<Tensor1D>(parameters, `${name}/scale`)
      rows = undoneActNorm(normal, parameterOf<Tensor1D>(parameters, `${name}/shift`), scale)
    }
    const map = pixelShuffle2d(reshaped<Tensor4D>(rows, [rows.shape[0], ...size, rows.shape[2]]), 2)
    if (level === 0) return map
    const kept = inRow(map)
    const outer: readonly [number, number] = [2 * size[0], 2 * size[1]]
    const prior = halves(ending(kept, parameters, `level${level - 1}/prior`, outer))
    rows = joinChannels([kept, scaledAndShifted(z[level - 1], prior.first, prior.second)])
  }
}

type Size = readonly [high: number, wide: number]

function coupling(kept: Tensor3D, parameters: TensorsByName, name: string, size: Size) {
  const first = reluMap(convolution(inMap(kept, size), parameters, `${name}/in`))
  const middle = reluMap(convolution(first, parameters, `${name}/middle`))
  const { first: shift, second: raw } = halves(ending(inRow(middle), parameters, `${name}/end`, size))
  return { shift, raw }
}

/** The last convolution of a network: it starts as zeros, and grows by a gain of its own. */
function ending(x: Tensor3D, parameters: TensorsByName, name: string, size: Size): Tensor3D {
  const out = inRow(convolution(inMap(x, size), parameters, name))
  return exponentialGain(out, parameterOf<Tensor1D>(parameters, `${name}/gain`))
}

function halves(x: Tensor3D): { readonly first: Tensor3D; readonly second: Tensor3D } {
  const half = x.shape[2] / 2
  return { first: cropChannels(x, 0, half), second: cropChannels(x, half, half) }
}

const inMap = (x: Tensor3D, [high, wide]: Size): Tensor4D => reshaped<Tensor4D>(x, [x.shape[0], high, wide, x.shape[2]])

const convolution = (x: Tensor4D, parameters: TensorsByName, name: string): Tensor4D =>
  convolve2d(x, weightOf<Tensor4D>(parameters, name), biasOf(parameters, name))
