import { zeros, type Rank, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core'
import { elu, relu } from '../../nn/activation.ts'
import { convolve } from '../../nn/conv.ts'
import { gate } from '../../nn/gate.ts'
import { addResidual, joinChannels } from '../../nn/join.ts'
import { biasOf, convolveCausally, convolveNamed, convolveUnbiased, weightOf } from '../../nn/named-layers.ts'
import type { TensorsByName } from '../../nn/parameters.ts'
import { overTime } from '../../nn/per-item.ts'
import { asRemembered, type Remembering } from '../../nn/remembered-block.ts'
import { averagePool, repeatFrames } from '../../nn/resample-time.ts'
import { convolveStrided } from '../../nn/strided-conv.ts'
import { cropChannels, cropTime, padTime } from '../../nn/shape.ts'
import { alignCornersMatrix, mapTime } from '../../nn/time-map.ts'
import { dilationsOf, samplesApart, type WavenetBlocks } from './config.ts'

/** So many layers are computed again together: about as many as there are such blocks, where the peak is least. */
const LAYERS_AT_ONCE = 5

interface Layer {
  readonly name: string
  readonly dilation: number
  readonly isLast: boolean
}

/**
 * The encoder E: what is sung, without who sings it.
 * @param x [B, T, 1], level / 255 − .5; T a multiple of the hop
 * @returns [B, T / hop, latent]
 */
export function encode(
  x: Tensor3D,
  parameters: TensorsByName,
  config: WavenetBlocks,
  remembering: Remembering = 'everything',
): Tensor3D {
  let h = entered(x, parameters, config) // [B, T / samples apart, C]
  for (const layers of blocksOf('encoder', dilationsOf(config.encoder))) {
    const names = layers.map(({ name }) => name)
    h = asRemembered(remembering, names, parameters, [h], (own, before) =>
      layers.reduce((h, layer) => heard(own, layer, h), before),
    )
  }
  return averagePool(convolveNamed(parameters, 'encoder/out', h), config.hop / samplesApart(config.encoder))
}

function entered(x: Tensor3D, parameters: TensorsByName, { encoder: { strides } }: WavenetBlocks): Tensor3D {
  if (strides === undefined) return convolveNamed(parameters, 'encoder/in', x)
  return strides.reduce((h, stride, index) => {
    const name = `encoder/in${index}`
    const before = index === 0 ? h : relu(h)
    return convolveStrided(before, weightOf(parameters, name), biasOf(parameters, name), stride)
  }, x)
}

function heard(parameters: TensorsByName, { name, dilation }: Layer, h: Tensor3D): Tensor3D {
  const inner = convolveNamed(parameters, `${name}/conv`, relu(h), dilation)
  return addResidual(h, convolveNamed(parameters, `${name}/out`, relu(inner)))
}

function blocksOf(network: string, dilations: readonly number[]): readonly (readonly Layer[])[] {
  const layers = dilations.map((dilation, layer) => {
    return { name: `${network}/layer${layer}`, dilation, isLast: layer === dilations.length - 1 }
  })
  return Array.from({ length: Math.ceil(layers.length / LAYERS_AT_ONCE) }, (_, block) =>
    layers.slice(block * LAYERS_AT_ONCE, (block + 1) * LAYERS_AT_ONCE),
  )
}

/** What the decoder is told beside the samples. */
export interface DecoderCondition {
  /** [B, T / hop, condition but for the pitch]: what holds for a latent's samples. */
  readonly held: Tensor3D
  /** [B, T, 1], or null for a network without. */
  readonly pitch: Tensor3D | null
}

/**
 * @param z [B, T / hop, latent], beside which there may be notes
 * @param v [B, singer], or null where everybody has a decoder of their own
 * @param pitch [B, T, 1], or null for a network without
 */
export const condition = (z: Tensor3D, v: Tensor2D | null, pitch: Tensor3D | null): DecoderCondition => ({
  held: v === null ? z : joinChannels([z, overTime(v, z.shape[1])]),
  pitch,
})

/** A layer's [B, T, out] of the condition: what is held is multiplied once for each latent, and not for each sample. */
function toldTo(parameters: TensorsByName, name: string, { held, pitch }: DecoderCondition, hop: number): Tensor3D {
  const weight = weightOf<Tensor3D>(parameters, name) // [1, condition, out]
  const width = held.shape[2]
  const perLatent = convolve(held, cropTime(weight, 0, width), biasOf(parameters, name))
  const perSample = repeatFrames(perLatent, hop)
  if (pitch === null) return perSample
  return addResidual(perSample, convolve(pitch, cropTime(weight, width, 1), zeros<Rank.R1>([weight.shape[2]])))
}

/**
 * The decoder D[v]: what the next sample may be. Causal, fed with the true samples, each one later.
 * @param x [B, T, 1], level / 255 − .5; the first sample is predicted from 0. Beside it there are the lag taps, as they are
 * @param decoder what its parameters' names begin with
 * @returns logits [B, T, 256]
 */
export function decode(
  x: Tensor3D,
  c: DecoderCondition,
  parameters: TensorsByName,
  config: WavenetBlocks,
  remembering: Remembering = 'everything',
  decoder = 'decoder',
): Tensor3D {
  const { lagTaps = 0 } = config
  const past = lagTaps === 0 ? x : cropChannels(x, 0, 1)
  const before = cropTime(padTime(past, 1, 0), 0, x.shape[1])
  const fromLast = convolveCausally(parameters, `${decoder}/in`, before) // [B, T, R]
  const periodBack = () => convolveUnbiased(parameters, `${decoder}/lags`, cropChannels(x, 1, lagTaps))
  const h = lagTaps === 0 ? fromLast : addResidual(fromLast, periodBack())
  let streams: Streams = { h, skip: convolveNamed(parameters, `${decoder}/skip`, h) }
  for (const layers of blocksOf(decoder, dilationsOf(config.decoder)))
    streams = throughBlock(parameters, layers, streams, c, config.hop, remembering)
  const told = toldTo(parameters, `${decoder}/head-condition`, c, config.hop)
  const head = relu(addResidual(convolveNamed(parameters, `${decoder}/head`, relu(streams.skip)), told))
  return convolveNamed(parameters, `${decoder}/logits`, head)
}

/** What goes on to the next layer [B, T, R], and what goes to the head [B, T, S]. */
interface Streams {
  readonly h: Tensor3D
  readonly skip: Tensor3D
}

function throughBlock(
  parameters: TensorsByName,
  layers: readonly Layer[],
  streams: Streams,
  c: DecoderCondition,
  hop: number,
  remembering: Remembering,
): Streams {
  const through = (own: TensorsByName, from: Streams, c: DecoderCondition) =>
    layers.reduce((streams, layer) => sung(own, layer, streams, c, hop), from)
  if (remembering === 'everything') return through(parameters, streams, c)
  const names = layers.flatMap(({ name, isLast }) =>
    ['conv', 'condition', 'skip', ...(isLast ? [] : ['residual'])].map((part) => `${name}/${part}`),
  )
  // A block that computes itself again gives one tensor.
  const { held, pitch } = c
  const block = (own: TensorsByName, h: Tensor3D, skip: Tensor3D, held: Tensor3D, pitch: Tensor3D | null = null) => {
    const after = through(own, { h, skip }, { held, pitch })
    return joinChannels([after.h, after.skip])
  }
  const inputs = [streams.h, streams.skip, held] as const
  const joined =
    pitch === null
      ? asRemembered(remembering, names, parameters, inputs, block)
      : asRemembered(remembering, names, parameters, [...inputs, pitch], block)
  const [R, S] = [streams.h.shape[2], streams.skip.shape[2]]
  return { h: cropChannels(joined, 0, R), skip: cropChannels(joined, R, S) }
}

function sung(
  parameters: TensorsByName,
  { name, dilation, isLast }: Layer,
  { h, skip }: Streams,
  c: DecoderCondition,
  hop: number,
): Streams {
  const both = addResidual(
    convolveCausally(parameters, `${name}/conv`, h, dilation),
    toldTo(parameters, `${name}/condition`, c, hop),
  )
  const z = gate(both)
  return {
    h: isLast ? h : addResidual(h, convolveNamed(parameters, `${name}/residual`, z)),
    skip: addResidual(skip, convolveNamed(parameters, `${name}/skip`, z)),
  }
}

/**
 * The singer classifier C, which learns against the encoder.
 * @param z [B, T', latent]
 * @returns logits [B, 1, singers]
 */
export function classify(z: Tensor3D, parameters: TensorsByName, config: WavenetBlocks): Tensor3D {
  const frames = z.shape[1]
  let h = z
  if (config.classifier === 'pointwise') {
    for (const layer of [0, 1, 2]) h = elu(convolveNamed(parameters, `classifier/layer${layer}`, h))
    return averagePool(convolveNamed(parameters, 'classifier/out', h), frames)
  }
  for (const layer of [0, 1]) h = relu(convolveNamed(parameters, `classifier/layer${layer}`, h))
  return convolveNamed(parameters, 'classifier/out', averagePool(h, frames))
}

/**
 * The pitch regressor P: what of the pitch is left in the latent.
 * @param frameCount of the pitch track
 * @returns [B, frameCount, 1]
 */
export function regress(z: Tensor3D, parameters: TensorsByName, frameCount: number): Tensor3D {
  let h = z
  for (const layer of [0, 1]) h = relu(convolveNamed(parameters, `regressor/layer${layer}`, h))
  return mapTime(convolveNamed(parameters, 'regressor/out', h), alignCornersMatrix(z.shape[1], frameCount))
}

/** The sample that a level is to the networks. */
export const levelInput = (level: number): number => level / 255 - 0.5
