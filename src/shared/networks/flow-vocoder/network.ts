import type { Tensor3D } from '@tensorflow/tfjs-core'
import { addResidual } from '../../nn/join.ts'
import { convolveUnbiased } from '../../nn/named-layers.ts'
import type { TensorsByName } from '../../nn/parameters.ts'
import { GROUP } from '../source-filter/config.ts'
import { spreadToGroups, toldFeatures } from '../told-features.ts'
import { toldFlow, type FlowOutcome, type FlowShape } from '../waveglow/network.ts'
import type { FlowVocoderConfig } from './config.ts'
import { startingMixings } from './mixing.ts'

/** What the network is told. */
export interface FlowVocoderCondition {
  /** [B, groups, 8] */
  readonly phase: Tensor3D
  /** [B, groups / 10 + 5, features], normalized; its third frame is centered at the first sample. */
  readonly features: Tensor3D
}

const shapeOf = ({ flows, layers, channels }: FlowVocoderConfig): FlowShape => {
  // Nothing leaves early: of eight channels few are left, and each is worth a likelihood of its own.
  return { group: GROUP, flows, earlyEvery: flows, layers, channels, isBounded: true }
}

/**
 * From sound without its envelope to noise. The way back is `inference.ts`.
 * @param sound [B, 8 · groups, 1]
 */
export function forward(
  sound: Tensor3D,
  { phase, features }: FlowVocoderCondition,
  parameters: TensorsByName,
  config: FlowVocoderConfig,
): FlowOutcome {
  const groups = phase.shape[1]
  const told = toldFeatures(features, parameters)
  const tell = (flow: string) => (layer: number) =>
    addResidual(
      convolveUnbiased(parameters, `${flow}/layer${layer}/phase`, phase),
      spreadToGroups(convolveUnbiased(parameters, `${flow}/layer${layer}/condition`, told), groups),
    )
  return toldFlow(sound, tell, parameters, startingMixings(config), shapeOf(config))
}
