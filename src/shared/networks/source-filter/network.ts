import type { Tensor3D } from '@tensorflow/tfjs-core'
import { gate } from '../../nn/gate.ts'
import { addResidual, scaled } from '../../nn/join.ts'
import { convolveNamed, convolveUnbiased } from '../../nn/named-layers.ts'
import type { TensorsByName } from '../../nn/parameters.ts'
import { cropChannels, reshaped } from '../../nn/shape.ts'
import { spreadToGroups, toldFeatures } from '../told-features.ts'
import { GROUP, type SourceFilterConfig } from './config.ts'

/** Keeps the variance of a sum of two. */
const RESIDUAL_GAIN = Math.SQRT1_2

/** What the network hears. */
export interface SourceFilterInput {
  /** [B, groups, 16]: pulses and noise, eight samples a group; groups a multiple of ten. */
  readonly source: Tensor3D
  /** [B, groups, 8] */
  readonly phase: Tensor3D
  /** [B, groups / 10 + 5, features], normalized; its third frame is centered at the first sample. */
  readonly features: Tensor3D
}

/**
 * A sound without its envelope. Nothing is recurrent: every sample follows from its surroundings.
 * @returns [B, 8 · groups, 1]
 */
export function excite(
  { source, phase, features }: SourceFilterInput,
  parameters: TensorsByName,
  config: SourceFilterConfig,
): Tensor3D {
  const [B, groups] = source.shape
  const told = toldFeatures(features, parameters)
  let h = convolveNamed(parameters, 'in', source)
  let skips: Tensor3D | null = null
  config.dilations.forEach((dilation, layer) => {
    const name = `layer${layer}`
    const heard = addResidual(
      convolveNamed(parameters, `${name}/conv`, h, dilation),
      addResidual(
        convolveUnbiased(parameters, `${name}/phase`, phase),
        spreadToGroups(convolveUnbiased(parameters, `${name}/condition`, told), groups),
      ),
    )
    const out = convolveNamed(parameters, `${name}/out`, gate(heard))
    const skip = cropChannels(out, config.residual, config.skip)
    h = scaled(addResidual(h, cropChannels(out, 0, config.residual)), RESIDUAL_GAIN)
    skips = skips === null ? skip : addResidual(skips, skip)
  })
  const sum = scaled(skips ?? h, 1 / Math.sqrt(config.dilations.length))
  return reshaped<Tensor3D>(convolveNamed(parameters, 'end', sum), [B, groups * GROUP, 1])
}
