import type { Tensor1D, Tensor3D } from '@tensorflow/tfjs-core'
import { relu } from '../../nn/activation.ts'
import { exponentialGain } from '../../nn/channel-gain.ts'
import { gate } from '../../nn/gate.ts'
import { addResidual, joinChannels, scaled } from '../../nn/join.ts'
import { convolveNamed, parameterOf } from '../../nn/named-layers.ts'
import type { TensorsByName } from '../../nn/parameters.ts'
import { cropChannels } from '../../nn/shape.ts'

/** Keeps the variance of a sum of two. */
const RESIDUAL_GAIN = Math.sqrt(0.5)

export interface Halves {
  readonly first: Tensor3D
  readonly second: Tensor3D
}

export function halvesOf(x: Tensor3D): Halves {
  const half = x.shape[2] / 2
  return { first: cropChannels(x, 0, half), second: cropChannels(x, half, half) }
}

export const swapped = ({ first, second }: Halves): Tensor3D => joinChannels([second, first])

/**
 * The network of a coupling and of a prior: not causal, gated, told what belongs to its half. Its two halves are
 * log-scales and shifts for a coupling, means and log-deviations for a prior.
 */
export function couplingNetwork(
  x: Tensor3D,
  told: Tensor3D,
  parameters: TensorsByName,
  name: string,
  layers: number,
): Halves {
  let h = relu(convolveNamed(parameters, `${name}/front`, x))
  let skip: Tensor3D | null = null
  for (let layer = 0; layer < layers; layer++) {
    const part = `${name}/layer${layer}`
    const heard = convolveNamed(parameters, `${part}/in`, h, 2 ** layer)
    const gated = gate(addResidual(heard, convolveNamed(parameters, `${part}/condition`, told)))
    const { first: change, second: seen } = halvesOf(convolveNamed(parameters, `${part}/out`, gated))
    h = scaled(addResidual(h, change), RESIDUAL_GAIN)
    skip = skip === null ? seen : addResidual(skip, seen)
  }
  const head = relu(convolveNamed(parameters, `${name}/head`, relu(skip ?? h)))
  const end = convolveNamed(parameters, `${name}/end`, head)
  return halvesOf(exponentialGain(end, parameterOf<Tensor1D>(parameters, `${name}/end/gain`)))
}
