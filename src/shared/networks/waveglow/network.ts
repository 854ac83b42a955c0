import { fill, type Rank, type Scalar, type Tensor1D, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core'
import { assert } from '../../base/assert.ts'
import { LOG_SCALE_BOUND } from '../../dsp/coupling-flow.ts'
import { boundedLogScale } from '../../nn/bounded-scale.ts'
import { mixChannels, scaledAndShifted, total, unscaled, type PermutedTriangles } from '../../nn/flow.ts'
import { gate } from '../../nn/gate.ts'
import { addResidual, joinChannels, scaled, totalOf } from '../../nn/join.ts'
import { mixingNamed } from '../../nn/mixing.ts'
import { biasOf, convolveNamed, parameterOf, weightOf } from '../../nn/named-layers.ts'
import type { TensorsByName } from '../../nn/parameters.ts'
import { pixelShuffle } from '../../nn/pixel-shuffle.ts'
import { cropChannels } from '../../nn/shape.ts'
import { squeezeTime } from '../../nn/squeeze-time.ts'
import { convolveTransposed } from '../../nn/strided-conv.ts'
import { EARLY_CHANNELS, flowWidths, leavesBefore, type WaveglowConfig } from './config.ts'

/** Where each flow's matrix takes its rows from: fixed when a network is made, and kept with it. */
export type Permutations = readonly PermutedTriangles[]

export interface FlowOutcome {
  /** [B, T / group, group]: what left early first. */
  readonly z: Tensor3D
  /** Of all items together. */
  readonly logDeterminant: Scalar
}

/**
 * A mel spectrum at the rate of the samples; every frame sounds from its own place on.
 * @param mel [B, frames, mels]
 * @returns [B, frames · hop, mels]
 */
export const stretchMel = (mel: Tensor3D, parameters: TensorsByName, { hop }: WaveglowConfig): Tensor3D =>
  convolveTransposed(mel, weightOf<Tensor3D>(parameters, 'upsampling'), biasOf(parameters, 'upsampling'), hop, 0)

/** What a coupling's layers are told beside what they hear: for each, [B, T / group, 2 · channels]. */
export type TellCoupling = (flow: string) => (layer: number) => Tensor3D

/** The flow apart from what it is told. */
export interface FlowShape extends Pick<WaveglowConfig, 'group' | 'flows' | 'earlyEvery' | 'layers' | 'channels'> {
  /** Log-scales are bent to 2 tanh(s / 2). */
  readonly isBounded: boolean
}

/**
 * From audio to noise.
 * @param audio [B, T, 1], T a multiple of the group
 * @param mel [B, T, mels], at the rate of the samples
 */
export const flowForward = (
  audio: Tensor3D,
  mel: Tensor3D,
  parameters: TensorsByName,
  permutations: Permutations,
  config: WaveglowConfig,
): FlowOutcome =>
  toldFlow(audio, tellMel(mel, parameters, config), parameters, permutations, { ...config, isBounded: false })

/** The same, told anything. */
export function toldFlow(
  audio: Tensor3D,
  tell: TellCoupling,
  parameters: TensorsByName,
  permutations: Permutations,
  config: FlowShape,
): FlowOutcome {
  const left: Tensor3D[] = []
  const determinants: Scalar[] = []
  let x = squeezeTime(audio, config.group)
  flowWidths(config).forEach((width, flow) => {
    if (leavesBefore(flow, config)) {
      left.push(cropChannels(x, 0, EARLY_CHANNELS))
      x = cropChannels(x, EARLY_CHANNELS, width)
    }
    const name = `flow${flow}`
    x = mixChannels(x, mixingNamed(parameters, name, permutations[flow]))
    const frames = x.shape[0] * x.shape[1]
    determinants.push(scaled(total(parameterOf<Tensor1D>(parameters, `${name}/log-scale`)), frames))
    const kept = cropChannels(x, 0, width / 2)
    const moved = cropChannels(x, width / 2, width / 2)
    const { shift, logScale } = coupling(kept, tell(name), parameters, name, config)
    x = joinChannels([kept, scaledAndShifted(moved, shift, logScale)])
    determinants.push(total(logScale))
  })
  return { z: joinChannels([...left, x]), logDeterminant: totalOf(determinants) }
}

/**
 * From noise to audio: the inverse of `flowForward`.
 * @param z [B, T / group, group]
 * @param inverses of the mixing matrices, [width, width] each
 * @returns [B, T, 1]
 */
export function flowInverse(
  z: Tensor3D,
  mel: Tensor3D,
  parameters: TensorsByName,
  inverses: readonly Tensor2D[],
  config: WaveglowConfig,
): Tensor3D {
  const tell = tellMel(mel, parameters, config)
  const widths = flowWidths(config)
  let first = config.group - widths[widths.length - 1]
  let x = cropChannels(z, first, widths[widths.length - 1])
  for (let flow = config.flows - 1; flow >= 0; flow--) {
    const width = widths[flow]
    const kept = cropChannels(x, 0, width / 2)
    const { shift, logScale } = coupling(kept, tell(`flow${flow}`), parameters, `flow${flow}`, {
      ...config,
      isBounded: false,
    })
    const moved = unscaled(cropChannels(x, width / 2, width / 2), shift, logScale)
    x = mixChannels(joinChannels([kept, moved]), inverses[flow])
    if (leavesBefore(flow, config)) {
      first -= EARLY_CHANNELS
      x = joinChannels([cropChannels(z, first, EARLY_CHANNELS), x])
    }
  }
  return pixelShuffle(x, config.group)
}

/** One projection of every group's spectrum for all layers of a coupling. */
function tellMel(mel: Tensor3D, parameters: TensorsByName, { group, channels: C }: WaveglowConfig): TellCoupling {
  const told = squeezeTime(mel, group)
  return (flow) => {
    const conditions = convolveNamed(parameters, `${flow}/condition`, told)
    return (layer) => cropChannels(conditions, layer * 2 * C, 2 * C)
  }
}

/** The network of a coupling: not causal, gated, told everything at once. */
function coupling(
  kept: Tensor3D,
  tell: (layer: number) => Tensor3D,
  parameters: TensorsByName,
  name: string,
  { channels: C, layers, isBounded }: FlowShape,
): { readonly shift: Tensor3D; readonly logScale: Tensor3D } {
  let h = convolveNamed(parameters, `${name}/start`, kept)
  let skip: Tensor3D | null = null
  for (let layer = 0; layer < layers; layer++) {
    const inner = convolveNamed(parameters, `${name}/layer${layer}/in`, h, 2 ** layer)
    const out = convolveNamed(parameters, `${name}/layer${layer}/out`, gate(addResidual(inner, tell(layer))))
    const isLast = layer === layers - 1
    if (!isLast) h = addResidual(h, cropChannels(out, 0, C))
    const seen = isLast ? out : cropChannels(out, C, C)
    skip = skip === null ? seen : addResidual(skip, seen)
  }
  assert(skip !== null, 'a coupling has a layer')
  const end = convolveNamed(parameters, `${name}/end`, skip)
  const half = end.shape[2] / 2
  const raw = cropChannels(end, half, half)
  return { shift: cropChannels(end, 0, half), logScale: isBounded ? bounded(raw) : raw }
}

const bounded = (raw: Tensor3D): Tensor3D =>
  boundedLogScale(scaled(raw, 1 / LOG_SCALE_BOUND), fill<Rank.R1>([raw.shape[2]], LOG_SCALE_BOUND))
