import { assert } from '../../base/assert.ts'
import { flowReach, type BackwardFlow } from '../../dsp/coupling-flow.ts'
import type { StackCondition } from '../../dsp/gated-stack.ts'
import { conditionOfLayer, pairedGates, packedNamed, type Parameters } from '../packed-coupling.ts'
import { conditionFrames, FEATURES, GROUP, GROUPS_PER_FRAME, PHASE_CHANNELS } from '../source-filter/config.ts'
import { toldRows } from '../told-rows.ts'
import { unmixingNamed } from '../waveglow/inference.ts'
import type { FlowVocoderConfig } from './config.ts'
import { startingMixings } from './mixing.ts'

/** A stretch of sound as its flow is told of it. */
export interface ToldStretch {
  /** Of the whole sound. */
  readonly firstFrame: number
  /** [frames + 5, features] */
  readonly features: Float32Array
  /** [frames · 10, 8] */
  readonly phase: Float32Array
}

/** The network of `network.ts` the other way, without tensors. */
export interface FlowVocoder {
  readonly flow: BackwardFlow
  /** Frames of context on each side that make a stretch equal to the same samples of the whole. */
  readonly reachFrames: number
  condition(stretch: ToldStretch): StackCondition
}

export function createFlowVocoder(config: FlowVocoderConfig, parameters: Parameters): FlowVocoder {
  const flow = backwardFlow(config, parameters)
  const conditions = [packedNamed(parameters, 'condition0'), packedNamed(parameters, 'condition1')]

  return {
    flow,
    reachFrames: Math.ceil(flowReach(flow) / GROUPS_PER_FRAME),
    condition({ firstFrame, features, phase }) {
      const groups = phase.length / PHASE_CHANNELS
      const frames = groups / GROUPS_PER_FRAME
      assert(features.length === conditionFrames(frames) * FEATURES, `${frames} frames need two more on each side`)
      const told = toldRows(conditions, features, conditionFrames(frames))
      const places = Float64Array.from({ length: groups }, (_, group) => (group + 0.5) / GROUPS_PER_FRAME)
      return {
        firstRow: firstFrame * GROUPS_PER_FRAME,
        told,
        frames: Int32Array.from(places, Math.floor),
        parts: Float32Array.from(places, (place) => place - Math.floor(place)),
        extras: phase,
      }
    },
  }
}

function backwardFlow(config: FlowVocoderConfig, parameters: Parameters): BackwardFlow {
  const { layers, channels } = config
  const steps = startingMixings(config).map((mixing, flow) => {
    const name = `flow${flow}`
    return {
      width: GROUP,
      isBounded: true,
      unmixing: unmixingNamed(parameters, name, mixing),
      stack: {
        channels,
        gated: channels,
        isCausal: false,
        extras: PHASE_CHANNELS,
        front: packedNamed(parameters, `${name}/start`),
        isFrontRectified: false,
        residualGain: 1,
        layers: Array.from({ length: layers }, (_, layer) => {
          const part = `${name}/layer${layer}`
          return {
            dilation: 2 ** layer,
            gates: pairedGates(parameters, `${part}/in`, `${part}/phase`),
            condition: conditionOfLayer(parameters, {
              ...{ condition: `${part}/condition`, firstRow: 0, bias: `${part}/in`, channels },
            }),
            mix: packedNamed(parameters, `${part}/out`),
          }
        }),
        tail: [{ layer: packedNamed(parameters, `${name}/end`), isInputRectified: false }],
      },
    }
  })
  return { group: GROUP, steps: steps.reverse() }
}
