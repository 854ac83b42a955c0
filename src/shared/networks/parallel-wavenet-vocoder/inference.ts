import { assert } from '../../base/assert.ts'
import type { GatedStack, StackCondition } from '../../dsp/gated-stack.ts'
import { heardOnly } from '../heard-only.ts'
import { conditionOfLayer, pairedGates, packedNamed, type Parameters } from '../packed-coupling.ts'
import { conditionFrames, FEATURES, FRAME_SAMPLES } from '../source-filter/config.ts'
import { toldRows } from '../told-rows.ts'
import { headOfSkips } from '../wavenet-vocoder/inference.ts'
import { flowDilations, flowPrefix, noiseReach, type ParallelWavenetConfig } from './config.ts'

/** The flows of `network.ts` without tensors, for the kernel of gated stacks: all samples at once, in f32. */
export interface ParallelWavenet {
  /** Of the flows, in their order. Each hears rows of `heardRows` of what the one before made. */
  readonly stacks: readonly GatedStack[]
  /** Frames of context before a stretch that make it equal to the same samples of the whole. */
  readonly reachFrames: number
  /** @param features [frames + 5, features], of frames of the whole sound from `firstFrame` on */
  condition(features: Float32Array, frames: number, firstFrame: number): StackCondition
}

export function createParallelWavenet(config: ParallelWavenetConfig, parameters: Parameters): ParallelWavenet {
  const conditions = [packedNamed(parameters, 'condition0'), packedNamed(parameters, 'condition1')]
  return {
    stacks: Array.from({ length: config.flows }, (_, flow) => flowStack(config, parameters, flowPrefix(flow))),
    reachFrames: Math.ceil(noiseReach(config) / FRAME_SAMPLES),
    condition(features, frames, firstFrame) {
      assert(features.length === conditionFrames(frames) * FEATURES, `${frames} frames need two more on each side`)
      const places = Float64Array.from({ length: frames * FRAME_SAMPLES }, (_, at) => (at + 0.5) / FRAME_SAMPLES)
      return {
        firstRow: firstFrame * FRAME_SAMPLES,
        told: toldRows(conditions, features, conditionFrames(frames)),
        frames: Int32Array.from(places, Math.floor),
        parts: Float32Array.from(places, (place) => place - Math.floor(place)),
        extras: new Float32Array(0),
      }
    },
  }
}

function flowStack(config: ParallelWavenetConfig, parameters: Parameters, prefix: string): GatedStack {
  const { channels } = config
  const dilations = flowDilations(config)
  return {
    channels,
    gated: channels,
    isCausal: true,
    extras: 0,
    front: packedNamed(parameters, `${prefix}in`),
    isFrontRectified: false,
    residualGain: Math.fround(Math.SQRT1_2),
    layers: dilations.map((dilation, layer) => {
      const name = `${prefix}layer${layer}`
      const mix = `${name}/out`
      return {
        dilation,
        gates: pairedGates(parameters, `${name}/conv`, null),
        condition: conditionOfLayer(parameters, {
          ...{ condition: `${name}/condition`, firstRow: 0, bias: `${name}/conv`, channels },
        }),
        mix: layer < dilations.length - 1 ? packedNamed(parameters, mix) : heardOnly(parameters, mix, channels),
      }
    }),
    tail: [
      { layer: headOfSkips(parameters, `${prefix}head`, dilations), isInputRectified: true },
      { layer: packedNamed(parameters, `${prefix}end`), isInputRectified: true },
    ],
  }
}
