import { assert } from '../../base/assert.ts'
import {
  convolve as plainConvolve,
  packConvolution,
  type Convolve,
  type PackedConvolution,
} from '../../dsp/packed-convolution.ts'
import { gateInto } from '../spectral-autoencoder/inference-layers.ts'
import {
  CONDITION_REACH,
  conditionFrames,
  FEATURES,
  GROUP,
  GROUPS_PER_FRAME,
  SOURCE_CHANNELS,
  sourceReach,
  type SourceFilterConfig,
} from './config.ts'

type Parameters = ReadonlyMap<string, { readonly shape: readonly number[]; readonly values: Float32Array }>

/** A stretch of sound with what the network hears around it. */
export interface SourceFilterStretch {
  /** [(frames · 10 + groups before + groups after) × 16] */
  readonly source: Float32Array
  /** As many rows of 8. */
  readonly phase: Float32Array
  /** [frames + 5 of the whole stretch, features]: for all frames that `source` touches. */
  readonly features: Float32Array
  /** Groups of context at the front and at the back: the network's reach, or none where the sound ends. */
  readonly before: number
  readonly after: number
}

/** Groups of context, in whole frames, that make a stretch equal to the same samples of the whole. */
export const stretchReach = (config: SourceFilterConfig): number =>
  Math.ceil(sourceReach(config) / GROUPS_PER_FRAME) * GROUPS_PER_FRAME

/**
 * The network of `network.ts` in double precision without tensors: sums run in one order whatever the length, so that
 * stretches with their context are bit for bit parts of the whole.
 */
export function createSourceFilter(
  config: SourceFilterConfig,
  parameters: Parameters,
  convolve: Convolve = plainConvolve,
): (stretch: SourceFilterStretch) => Float32Array {
  const { dilations, residual: R, skip: S } = config
  const layerOf = (name: string) => packed(parameters, name)
  const first = layerOf('in')
  const conditions = [layerOf('condition0'), layerOf('condition1')]
  const layers = dilations.map((dilation, index) => ({
    dilation,
    conv: layerOf(`layer${index}/conv`),
    phase: layerOf(`layer${index}/phase`),
    condition: layerOf(`layer${index}/condition`),
    out: layerOf(`layer${index}/out`),
  }))
  const end = layerOf('end')
  const skipGain = 1 / Math.sqrt(dilations.length)

  return ({ source, phase, features, before, after }) => {
    const groups = source.length / SOURCE_CHANNELS
    assert(groups % GROUPS_PER_FRAME === 0, `a stretch has whole frames, not ${groups} groups`)
    const frames = groups / GROUPS_PER_FRAME
    const told = conditionOf(features, frames)
    let h = pointwise(first, source, groups)
    const skips = new Float64Array(groups * S)
    for (const { dilation, conv, phase: ofPhase, condition, out } of layers) {
      const heard = dilated(conv, h, dilation, groups)
      const turning = pointwise(ofPhase, phase, groups)
      for (let index = 0; index < heard.length; index++) heard[index] += turning[index]
      addSpread(heard, pointwise(condition, told, frames + 1), 2 * R)
      const gated = new Float64Array(groups * R)
      gateInto(heard, 2 * R, R, groups, gated)
      const both = pointwise(out, gated, groups)
      const next = new Float64Array(groups * R)
      for (let group = 0; group < groups; group++) {
        const from = group * (R + S)
        for (let c = 0; c < R; c++) next[group * R + c] = (h[group * R + c] + both[from + c]) * Math.SQRT1_2
        for (let c = 0; c < S; c++) skips[group * S + c] += both[from + R + c]
      }
      h = next
    }
    for (let index = 0; index < skips.length; index++) skips[index] *= skipGain
    const sound = pointwise(end, skips, groups)
    return Float32Array.from(sound.subarray(before * GROUP, (groups - after) * GROUP))
  }

  function conditionOf(features: Float32Array, frames: number): Float64Array {
    assert(features.length === conditionFrames(frames) * FEATURES, `${frames} frames need two more on each side`)
    let rows: Float32Array | Float64Array = features
    let count = conditionFrames(frames)
    for (const layer of conditions) {
      count -= CONDITION_REACH
      rows = computed(layer, rows, 1, count)
      for (let index = 0; index < rows.length; index++) rows[index] = Math.max(rows[index], 0)
    }
    return Float64Array.from(rows)
  }

  /** Zeros stand around the sound. */
  function dilated(layer: PackedConvolution, h: Float64Array, dilation: number, groups: number): Float64Array {
    const padded = new Float64Array((groups + 2 * dilation) * layer.inputs)
    padded.set(h, dilation * layer.inputs)
    return computed(layer, padded, dilation, groups)
  }

  function pointwise(layer: PackedConvolution, x: Float32Array | Float64Array, count: number): Float64Array {
    return computed(layer, x, 1, count)
  }

  function computed(
    layer: PackedConvolution,
    x: Float32Array | Float64Array,
    dilation: number,
    count: number,
  ): Float64Array {
    const { inputs, outputs, stride } = layer
    const room = new Float64Array(x.length + inputs)
    room.set(x)
    const y = new Float64Array((count + 1) * stride)
    convolve(layer, room, dilation, count, y)
    if (stride === outputs) return y.subarray(0, count * outputs)
    const dense = new Float64Array(count * outputs)
    for (let row = 0; row < count; row++) dense.set(y.subarray(row * stride, row * stride + outputs), row * outputs)
    return dense
  }
}

/** Frames go over into each other: a frame is centered at its first sample, a group in its own middle. */
function addSpread(sum: Float64Array, frames: Float64Array, width: number): void {
  const groups = sum.length / width
  for (let group = 0; group < groups; group++) {
    const place = group + GROUPS_PER_FRAME / 2
    const frame = Math.floor(place / GROUPS_PER_FRAME)
    const offset = ((place % GROUPS_PER_FRAME) + 0.5) / GROUPS_PER_FRAME - 0.5
    const other = (offset < 0 ? frame - 1 : frame + 1) * width
    const share = Math.abs(offset)
    for (let c = 0; c < width; c++)
      sum[group * width + c] += (1 - share) * frames[frame * width + c] + share * frames[other + c]
  }
}

function packed(parameters: Parameters, name: string): PackedConvolution {
  const weight = parameters.get(`${name}/weight`)
  assert(weight, `the parameter ${name}/weight is missing`)
  const bias = parameters.get(`${name}/bias`) ?? { shape: [], values: new Float32Array(weight.shape[0]) }
  return packConvolution(weight, bias)
}
