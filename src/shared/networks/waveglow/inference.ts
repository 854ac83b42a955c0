import type { BackwardFlow } from '../../dsp/coupling-flow.ts'
import type { StackCondition } from '../../dsp/gated-stack.ts'
import { mixingMatrices } from '../../nn/mixing.ts'
import type { PermutedTriangles } from '../../nn/flow.ts'
import { conditionOfLayer, pairedGates, packedNamed, valuesOf, type Parameters } from '../packed-coupling.ts'
import { flowWidths, type WaveglowConfig } from './config.ts'

/**
 * The way back of `network.ts` for `invertFlow`: told every group's mel spectrum at the rate of the samples, so that each
 * row is a frame of its own.
 */
export function backwardWaveglow(
  config: WaveglowConfig,
  parameters: Parameters,
  permutations: readonly PermutedTriangles[],
): BackwardFlow {
  const { channels: C, layers } = config
  const steps = flowWidths(config).map((width, flow) => {
    const name = `flow${flow}`
    return {
      width,
      isBounded: false,
      unmixing: unmixingNamed(parameters, name, permutations[flow]),
      stack: {
        channels: C,
        gated: C,
        isCausal: false,
        extras: 0,
        front: packedNamed(parameters, `${name}/start`),
        isFrontRectified: false,
        residualGain: 1,
        layers: Array.from({ length: layers }, (_, layer) => ({
          dilation: 2 ** layer,
          gates: pairedGates(parameters, `${name}/layer${layer}/in`, null),
          condition: conditionOfLayer(parameters, {
            ...{ condition: `${name}/condition`, firstRow: layer * 2 * C },
            ...{ bias: `${name}/layer${layer}/in`, channels: C },
          }),
          mix: packedNamed(parameters, `${name}/layer${layer}/out`),
        })),
        tail: [{ layer: packedNamed(parameters, `${name}/end`), isInputRectified: false }],
      },
    }
  })
  return { group: config.group, steps: steps.reverse() }
}

/** What undoes the mixing matrix stored as `<name>/lower`, `<name>/upper` and `<name>/log-scale`. */
export function unmixingNamed(parameters: Parameters, name: string, permutation: PermutedTriangles): Float64Array {
  const [lower, upper, logScale] = ['lower', 'upper', 'log-scale'].map((part) =>
    valuesOf(parameters, `${name}/${part}`),
  )
  return mixingMatrices(lower, upper, logScale, permutation).inverse
}

/**
 * A mel spectrum at the rate of the samples as the rows of a `BackwardFlow` hear it: each group's own.
 * @param mel [samples, mels]
 */
export function conditionOfGroups(
  mel: Float32Array,
  { group, mels }: Pick<WaveglowConfig, 'group' | 'mels'>,
): StackCondition {
  const told = new Float32Array(mel.length)
  const rows = mel.length / (group * mels)
  for (let row = 0; row < rows; row++)
    for (let sample = 0; sample < group; sample++)
      for (let band = 0; band < mels; band++)
        told[(row * mels + band) * group + sample] = mel[(row * group + sample) * mels + band]
  return {
    firstRow: 0,
    told,
    frames: Int32Array.from({ length: rows }, (_, row) => row),
    parts: new Float32Array(rows),
    extras: new Float32Array(0),
  }
}
