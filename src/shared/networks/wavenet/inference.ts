import { assert } from '../../base/assert.ts'
import { LAYER_TAPS, type GatedStack } from '../../dsp/gated-stack.ts'
import { heardOnly } from '../heard-only.ts'
import { conditionOfLayer, pairedGates, packedNamed, type Parameters } from '../packed-coupling.ts'
import { dilationsOf, type WavenetConfig } from './config.ts'

/**
 * A flow of a student, laid out for the kernel of gated stacks: all its samples at once, in f32. What it is told comes
 * beside it, a spectrum a row.
 * @param prefix of the parameters' names
 */
export function studentStack(config: WavenetConfig, parameters: Parameters, prefix: string): GatedStack {
  const { residual, gate, skip, taps, firstTaps, isSkipAveraged } = config
  assert(taps === LAYER_TAPS && skip === residual && !isSkipAveraged, 'a flow hears three taps, and all that goes on')
  const dilations = dilationsOf(config)
  return {
    channels: residual,
    gated: gate,
    isCausal: true,
    extras: 0,
    front: packedNamed(parameters, `${prefix}in`),
    isFrontRectified: firstTaps > 1,
    residualGain: Math.fround(Math.SQRT1_2),
    layers: dilations.map((dilation, layer) => {
      const name = `${prefix}layer${layer}`
      return {
        dilation,
        gates: pairedGates(parameters, `${name}/conv`, null),
        condition: conditionOfLayer(parameters, {
          ...{ condition: `${name}/condition`, firstRow: 0, bias: `${name}/conv`, channels: gate },
        }),
        mix:
          layer < dilations.length - 1
            ? packedNamed(parameters, `${name}/out`)
            : heardOnly(parameters, `${name}/out`, skip),
      }
    }),
    tail: [
      { layer: packedNamed(parameters, `${prefix}head`), isInputRectified: true },
      { layer: packedNamed(parameters, `${prefix}end`), isInputRectified: true },
    ],
  }
}
