import { assert } from '../../base/assert.ts'
import type { GatedStack, StackCondition } from '../../dsp/gated-stack.ts'
import type { FlowLevel, LeveledFlow } from '../../dsp/leveled-flow.ts'
import { packRows, type PackedRows } from '../../dsp/packed-rows.ts'
import { heardOnly } from '../heard-only.ts'
import {
  conditionOfLayer,
  pairedGates,
  packedNamed,
  storedNamed,
  valuesOf,
  type Parameters,
} from '../packed-coupling.ts'
import { blockShapes, type FlowavenetConfig } from './config.ts'

/** Of a level's conditions: flows in turn are told one half of it and the other, and a prior all of it. */
const HALVES = [0, 1]
const WHOLE = 2

/** The way back of `network.ts` without tensors, for `invertLeveledFlow`. Flows of a block are an even number. */
export function backwardFlowavenet(config: FlowavenetConfig, parameters: Parameters): LeveledFlow {
  const { flowsPerBlock } = config
  assert(flowsPerBlock % 2 === 0, `halves of the condition change places ${flowsPerBlock} times`)
  const levels = blockShapes(config).map(({ width, isSplit }, block): FlowLevel => ({
    width,
    steps: Array.from({ length: flowsPerBlock }, (_, flow) => {
      const name = `block${block}/flow${flow}`
      return {
        stack: stackNamed(config, parameters, name),
        told: HALVES[flow % 2],
        scale: valuesOf(parameters, `${name}/scale`),
        bias: valuesOf(parameters, `${name}/shift`),
      }
    }).reverse(),
    prior: isSplit ? { stack: stackNamed(config, parameters, `block${block}/prior`), told: WHOLE } : null,
  }))
  return { levels: levels.reverse() }
}

function stackNamed({ layers, channels }: FlowavenetConfig, parameters: Parameters, name: string): GatedStack {
  return {
    channels,
    gated: channels,
    isCausal: false,
    extras: 0,
    front: packedNamed(parameters, `${name}/front`),
    isFrontRectified: true,
    residualGain: Math.fround(Math.SQRT1_2),
    layers: Array.from({ length: layers }, (_, layer) => {
      const part = `${name}/layer${layer}`
      return {
        dilation: 2 ** layer,
        gates: pairedGates(parameters, `${part}/in`, null),
        condition: conditionOfLayer(parameters, {
          ...{ condition: `${part}/condition`, firstRow: 0, bias: `${part}/in`, channels },
        }),
        mix:
          layer < layers - 1 ? packedNamed(parameters, `${part}/out`) : heardOnly(parameters, `${part}/out`, channels),
      }
    }),
    tail: [
      { layer: packedNamed(parameters, `${name}/head`), isInputRectified: true },
      { layer: endOf(parameters, name), isInputRectified: true },
    ],
  }
}

/** With its gains, which are e³ to the stored ones. */
function endOf(parameters: Parameters, name: string): PackedRows {
  const { shape, values } = storedNamed(parameters, `${name}/end/weight`)
  const gains = valuesOf(parameters, `${name}/end/gain`)
  const order = Array.from(gains, (gain, row) => ({ row, gain: Math.exp(3 * gain) }))
  return packRows({ shape, values }, valuesOf(parameters, `${name}/end/bias`), order)
}

/**
 * A mel spectrum at the rate of the samples as each level hears it, the slowest first: both halves, and all of it.
 * @param mel [samples, mels], samples a multiple of `samplesPerFrame`
 */
export const conditionsOfLevels = (
  mel: Float32Array,
  { blocks, mels }: FlowavenetConfig,
): readonly (readonly StackCondition[])[] =>
  Array.from({ length: blocks }, (_, block) => {
    const whole = squeezed(mel, mels, block + 1)
    const width = mels * 2 ** (block + 1)
    return [rowsOf(whole, width, 0, width / 2), rowsOf(whole, width, width / 2, width), rowsOf(whole, width, 0, width)]
  }).reverse()

/** Squeezed by two so many times: the first of them decides by a sample's last bit. */
function squeezed(mel: Float32Array, mels: number, times: number): Float32Array {
  const together = 2 ** times
  const told = new Float32Array(mel.length)
  for (let at = 0; at < mel.length; at++) {
    const sample = Math.floor(at / mels)
    let place = at % mels
    for (let bit = 0; bit < times; bit++) place = 2 * place + (Math.floor(sample / 2 ** bit) % 2)
    told[Math.floor(sample / together) * mels * together + place] = mel[at]
  }
  return told
}

/** Some columns, each row a frame of its own. */
function rowsOf(whole: Float32Array, width: number, from: number, to: number): StackCondition {
  const rows = whole.length / width
  const told = new Float32Array(rows * (to - from))
  for (let row = 0; row < rows; row++) told.set(whole.subarray(row * width + from, row * width + to), row * (to - from))
  return {
    firstRow: 0,
    told,
    frames: Int32Array.from({ length: rows }, (_, row) => row),
    parts: new Float32Array(rows),
    extras: new Float32Array(0),
  }
}
