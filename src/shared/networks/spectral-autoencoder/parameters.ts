import {
  AUXILIARY_CHANNELS,
  BAND_COUNT,
  ENCODER_DILATIONS,
  ENCODER_INPUT_CHANNELS,
  KERNEL_TAPS,
  type SpectralAutoencoderConfig,
} from './config.ts'
import { collectShapes } from '../convolution-shapes.ts'

/** Weights by name, row-major. Convolutions are [out, in, taps], linear maps [out, in]. */
export interface NamedTensor {
  readonly shape: readonly number[]
  readonly values: Float32Array
}
export type Parameters = ReadonlyMap<string, NamedTensor>

/**
 * Every parameter's name and shape, in a fixed order. Checkpoints load by these, never by position.
 * The singers' table is `singers/table` [singerCount, singer].
 */
export function parameterShapes(
  config: SpectralAutoencoderConfig,
  singerCount: number,
): ReadonlyMap<string, readonly number[]> {
  const { channels: C, latent, singer, decoderBlocks } = config
  const { shapes, convolution } = collectShapes()
  const linear = (name: string, out: number, input: number) => {
    shapes.set(`${name}/weight`, [out, input])
    shapes.set(`${name}/bias`, [out])
  }
  convolution('encoder/in', C, ENCODER_INPUT_CHANNELS, KERNEL_TAPS)
  ENCODER_DILATIONS.forEach((_, block) => {
    convolution(`encoder/block${block}/gate`, 2 * C, C, KERNEL_TAPS)
    convolution(`encoder/block${block}/out`, C, C, 1)
  })
  convolution('encoder/out', latent, C, 1)
  convolution('decoder/in', C, latent + singer + AUXILIARY_CHANNELS, KERNEL_TAPS)
  for (let block = 0; block < decoderBlocks; block++) {
    convolution(`decoder/block${block}/gate`, 2 * C, C, KERNEL_TAPS)
    linear(`decoder/block${block}/singer`, 2 * C, singer)
    convolution(`decoder/block${block}/out`, C, C, 1)
  }
  convolution('decoder/out', BAND_COUNT, C, 1)
  linear('decoder/singer', BAND_COUNT, singer)
  shapes.set('singers/table', [singerCount, singer])
  return shapes
}
