import { assert } from '../../base/assert.ts'
import type { CausalStack } from '../../dsp/causal-stack.ts'
import { packRows, type PackedRows } from '../../dsp/packed-rows.ts'
import {
  conditionOfLayer,
  packedGates,
  packedNamed,
  storedNamed,
  valuesOf,
  type Parameters,
} from '../packed-coupling.ts'
import { FEATURES } from '../source-filter/config.ts'
import { toldRows } from '../told-rows.ts'
import { dilationsOf, skipGain, type WavenetVocoderConfig } from './config.ts'

/** The network of `network.ts`, one sample at a time, without tensors. */
export interface WavenetVocoder {
  readonly stack: CausalStack
  /**
   * What the stack is told.
   * @param features [frames + 5, features]
   * @returns [frames + 1, condition]
   */
  condition(features: Float32Array): readonly Float32Array[]
}

export function createWavenetVocoder(config: WavenetVocoderConfig, parameters: Parameters): WavenetVocoder {
  const { residual: channels, skip, condition: width } = config
  const stack: CausalStack = {
    channels,
    skip,
    front: packedNamed(parameters, 'in'),
    layers: dilationsOf(config).map((dilation, layer) => {
      const name = `layer${layer}`
      return {
        dilation,
        gates: packedGates(parameters, `${name}/conv`, null),
        condition: conditionOfLayer(parameters, {
          ...{ condition: `${name}/condition`, firstRow: 0, bias: `${name}/conv`, channels },
        }),
        mix: packedNamed(parameters, `${name}/out`),
      }
    }),
    residualGain: Math.fround(Math.SQRT1_2),
    tail: [headOfSkips(parameters, 'head', dilationsOf(config)), packedNamed(parameters, 'end')],
  }
  const conditions = [packedNamed(parameters, 'condition0'), packedNamed(parameters, 'condition1')]
  return {
    stack,
    condition(features) {
      assert(features.length % FEATURES === 0, `features come in rows of ${FEATURES}`)
      const told = toldRows(conditions, features, features.length / FEATURES)
      return Array.from({ length: told.length / width }, (_, row) => told.subarray(row * width, (row + 1) * width))
    },
  }
}

/** The gain of the skips is a part of its weights: it goes through a rectifier. */
export function headOfSkips(parameters: Parameters, name: string, dilations: readonly number[]): PackedRows {
  const { shape, values } = storedNamed(parameters, `${name}/weight`)
  const gain = skipGain(dilations)
  return packRows({ shape, values: values.map((value) => gain * value) }, valuesOf(parameters, `${name}/bias`))
}
