import { MU_LAW_LEVELS } from '../../dsp/mu-law.ts'
import { conditionWidth, dilationsOf, tapsOf, type WavenetAutoencoderConfig, type WavenetBlocks } from './config.ts'

export type Shapes = Map<string, readonly number[]>

/**
 * Names and stored shapes of everything that is learned, in a fixed order: encoder, decoder, the singers' table
 * [singerCount, singer], classifier, and the regressor where there is pitch. Convolutions are [out, in, taps].
 * A gated layer has the outputs of the tangent first, then those of the gate.
 */
export function wavenetAutoencoderShapes(
  config: WavenetAutoencoderConfig,
  singerCount: number,
): ReadonlyMap<string, readonly number[]> {
  const shapes: Shapes = new Map()
  addEncoder(shapes, config)
  addDecoder(shapes, config, 'decoder')
  shapes.set('singers/table', [singerCount, config.singer])
  addClassifier(shapes, config, singerCount)
  if (config.hasPitch) addRegressor(shapes, config)
  return shapes
}

/** Those of the encoder alone. */
export function encoderShapes(config: WavenetBlocks): ReadonlyMap<string, readonly number[]> {
  const shapes: Shapes = new Map()
  addEncoder(shapes, config)
  return shapes
}

/** The networks that learn against the encoder; all others learn together. */
export const isAdversarys = (name: string): boolean => name.startsWith('classifier/') || name.startsWith('regressor/')

/** The last layer's residual leads nowhere: published with the others, and never learned. */
export const isIdle = (name: string, { decoder }: Pick<WavenetBlocks, 'decoder'>): boolean =>
  name.includes(`/layer${dilationsOf(decoder).length - 1}/residual/`)

export function addEncoder(shapes: Shapes, { encoder, latent }: WavenetBlocks): void {
  const C = encoder.channels
  if (encoder.strides === undefined) convolution(shapes, 'encoder/in', C, 1, 3)
  encoder.strides?.forEach((stride, index) =>
    convolution(shapes, `encoder/in${index}`, C, index === 0 ? 1 : C, 2 * stride),
  )
  dilationsOf(encoder).forEach((_, layer) => {
    convolution(shapes, `encoder/layer${layer}/conv`, C, C, 3)
    convolution(shapes, `encoder/layer${layer}/out`, C, C, 1)
  })
  convolution(shapes, 'encoder/out', latent, C, 1)
}

/** @param decoder what its names begin with */
export function addDecoder(shapes: Shapes, config: WavenetBlocks, decoder: string): void {
  const { channels: R, skip: S } = config.decoder
  const condition = conditionWidth(config)
  const taps = tapsOf(config.decoder)
  convolution(shapes, `${decoder}/in`, R, 1, taps)
  if (config.lagTaps !== undefined) shapes.set(`${decoder}/lags/weight`, [R, config.lagTaps, 1])
  convolution(shapes, `${decoder}/skip`, S, R, 1)
  dilationsOf(config.decoder).forEach((_, layer) => {
    const name = `${decoder}/layer${layer}`
    convolution(shapes, `${name}/conv`, 2 * R, R, taps)
    convolution(shapes, `${name}/condition`, 2 * R, condition, 1)
    convolution(shapes, `${name}/residual`, R, R, 1)
    convolution(shapes, `${name}/skip`, S, R, 1)
  })
  convolution(shapes, `${decoder}/head`, S, S, 1)
  convolution(shapes, `${decoder}/head-condition`, S, condition, 1)
  convolution(shapes, `${decoder}/logits`, MU_LAW_LEVELS, S, 1)
}

export function addClassifier(
  shapes: Shapes,
  { classifier, latent, adversary: H }: WavenetBlocks,
  singerCount: number,
): void {
  const taps = classifier === 'pointwise' ? 1 : 3
  const hidden = classifier === 'pointwise' ? 3 : 2
  for (let layer = 0; layer < hidden; layer++)
    convolution(shapes, `classifier/layer${layer}`, H, layer === 0 ? latent : H, taps)
  convolution(shapes, 'classifier/out', singerCount, H, 1)
}

export function addRegressor(shapes: Shapes, { latent, adversary: H }: WavenetBlocks): void {
  convolution(shapes, 'regressor/layer0', H, latent, 3)
  convolution(shapes, 'regressor/layer1', H, H, 3)
  convolution(shapes, 'regressor/out', 1, H, 1)
}

function convolution(shapes: Shapes, name: string, out: number, inputs: number, taps: number): void {
  shapes.set(`${name}/weight`, [out, inputs, taps])
  shapes.set(`${name}/bias`, [out])
}
