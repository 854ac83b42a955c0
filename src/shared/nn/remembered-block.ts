import type { Tensor } from '@tensorflow/tfjs-core'
import { parameterOf } from './named-layers.ts'
import type { TensorsByName } from './parameters.ts'
import { recomputing } from './recompute.ts'

/** What a block keeps for the way back: everything it computed, or its inputs alone, to compute itself again. */
export type Remembering = 'everything' | 'inputs'

/**
 * A block with its inputs and the parameters of its layers, which come back to it in the same order and kinds.
 * @param layers names that its parameters' names begin with
 */
export function asRemembered<Inputs extends Tensor[], Output extends Tensor>(
  remembering: Remembering,
  layers: readonly string[],
  parameters: TensorsByName,
  inputs: readonly [...Inputs],
  block: (own: TensorsByName, ...inputs: Inputs) => Output,
): Output {
  if (remembering === 'everything') return block(parameters, ...inputs)
  const names = [...parameters.keys()].filter((key) => layers.some((layer) => key.startsWith(`${layer}/`)))
  const all = [...inputs, ...names.map((key) => parameterOf(parameters, key))]
  return recomputing(all, (...again) => {
    const own = new Map(names.map((key, index) => [key, again[inputs.length + index]]))
    return block(own, ...(again.slice(0, inputs.length) as Inputs)) // those that were given, in order
  })
}
