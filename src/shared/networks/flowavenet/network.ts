import type { Scalar, Tensor1D, Tensor3D } from '@tensorflow/tfjs-core'
import { actNorm, logMagnitude, scaledAndShifted, total, undoneActNorm, unscaled } from '../../nn/flow.ts'
import type { FlowOutcome } from '../../nn/flow-loss.ts'
import { joinChannels, scaled, totalOf } from '../../nn/join.ts'
import { biasOf, parameterOf, weightOf } from '../../nn/named-layers.ts'
import type { TensorsByName } from '../../nn/parameters.ts'
import { pixelShuffle } from '../../nn/pixel-shuffle.ts'
import { stretchSpectrum } from '../../nn/spectrum-stretch.ts'
import { squeezeTime } from '../../nn/squeeze-time.ts'
import { blockShapes, type FlowavenetConfig } from './config.ts'
import { couplingNetwork, halvesOf, swapped } from './coupling.ts'

/**
 * A mel spectrum at the rate of the samples.
 * @param mel [B, frames, mels]
 * @returns [B, frames · hop, mels]
 */
export const stretchMel = (mel: Tensor3D, parameters: TensorsByName, { stretches }: FlowavenetConfig): Tensor3D =>
  stretches.reduce((x, stretch, index) => {
    const name = `stretch${index}`
    return stretchSpectrum(x, weightOf<Tensor3D>(parameters, name), biasOf(parameters, name), stretch)
  }, mel)

/**
 * From audio to noise.
 * @param audio [B, T, 1], T a multiple of `samplesPerFrame`
 * @param mel [B, T, mels], at the rate of the samples
 * @returns of z what left after each split, then what is left
 */
export function flowForward(
  audio: Tensor3D,
  mel: Tensor3D,
  parameters: TensorsByName,
  config: FlowavenetConfig,
): FlowOutcome {
  const left: Tensor3D[] = []
  const determinants: Scalar[] = []
  let x = audio
  let told = mel
  blockShapes(config).forEach(({ isSplit }, block) => {
    x = squeezeTime(x, 2)
    told = squeezeTime(told, 2)
    for (let flow = 0; flow < config.flowsPerBlock; flow++) {
      const moved = flowStep(x, told, parameters, `block${block}/flow${flow}`, config)
      x = moved.x
      told = moved.told
      determinants.push(moved.logDeterminant)
    }
    if (!isSplit) return
    const { first: kept, second: leaving } = halvesOf(x)
    const prior = couplingNetwork(kept, told, parameters, `block${block}/prior`, config.layers)
    left.push(unscaled(leaving, prior.first, prior.second))
    determinants.push(scaled(total(prior.second), -1))
    x = kept
  })
  return { z: [...left, x], logDeterminant: totalOf(determinants) }
}

/** ActNorm, coupling, and the halves of audio and condition change places. */
export function flowStep(
  x: Tensor3D,
  told: Tensor3D,
  parameters: TensorsByName,
  name: string,
  { layers }: FlowavenetConfig,
): { readonly x: Tensor3D; readonly told: Tensor3D; readonly logDeterminant: Scalar } {
  const scale = parameterOf<Tensor1D>(parameters, `${name}/scale`)
  const normal = actNorm(x, parameterOf<Tensor1D>(parameters, `${name}/shift`), scale)
  const { first: kept, second: moved } = halvesOf(normal)
  const near = halvesOf(told)
  const { first: logScale, second: shift } = couplingNetwork(kept, near.first, parameters, name, layers)
  const frames = x.shape[0] * x.shape[1]
  return {
    x: joinChannels([unscaled(moved, shift, logScale), kept]),
    told: swapped(near),
    logDeterminant: totalOf([scaled(logMagnitude(scale), frames), scaled(total(logScale), -1)]),
  }
}

/**
 * From noise to audio: the inverse of `flowForward`.
 * @param z as `flowForward` gives it
 * @param mel [B, T, mels], at the rate of the samples
 * @returns [B, T, 1]
 */
export function flowInverse(
  z: readonly Tensor3D[],
  mel: Tensor3D,
  parameters: TensorsByName,
  config: FlowavenetConfig,
): Tensor3D {
  const shapes = blockShapes(config)
  let told = mel
  // The halves of the condition change places with every flow: what the last flow gave is where the way back begins.
  for (let block = 0; block < shapes.length; block++) {
    told = squeezeTime(told, 2)
    if (config.flowsPerBlock % 2 === 1) told = swapped(halvesOf(told))
  }
  const left = z.slice(0, -1)
  let x = z[z.length - 1]
  for (let block = shapes.length - 1; block >= 0; block--) {
    const leaving = shapes[block].isSplit ? left.pop() : undefined
    if (leaving !== undefined) {
      const prior = couplingNetwork(x, told, parameters, `block${block}/prior`, config.layers)
      x = joinChannels([x, scaledAndShifted(leaving, prior.first, prior.second)])
    }
    for (let flow = config.flowsPerBlock - 1; flow >= 0; flow--) {
      const back = stepInverse(x, told, parameters, `block${block}/flow${flow}`, config)
      x = back.x
      told = back.told
    }
    x = pixelShuffle(x, 2)
    told = pixelShuffle(told, 2)
  }
  return x
}

function stepInverse(
  y: Tensor3D,
  told: Tensor3D,
  parameters: TensorsByName,
  name: string,
  { layers }: FlowavenetConfig,
): { readonly x: Tensor3D; readonly told: Tensor3D } {
  const before = swapped(halvesOf(told))
  const { first: moved, second: kept } = halvesOf(y)
  const near = halvesOf(before)
  const { first: logScale, second: shift } = couplingNetwork(kept, near.first, parameters, name, layers)
  const normal = joinChannels([kept, scaledAndShifted(moved, shift, logScale)])
  const scale = parameterOf<Tensor1D>(parameters, `${name}/scale`)
  return { x: undoneActNorm(normal, parameterOf<Tensor1D>(parameters, `${name}/shift`), scale), told: before }
}
