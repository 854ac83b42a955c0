import { assert } from '../../base/assert.ts'
import type { OpenScratch } from '../../base/scratch.ts'
import { convolve, type Convolve } from '../../dsp/packed-convolution.ts'
import { AUXILIARY_CHANNELS, BAND_COUNT, ENCODER_INPUT_CHANNELS, type SpectralAutoencoderConfig } from './config.ts'
import { createDecoder } from './inference-decoder.ts'
import { createEncoder } from './inference-encoder.ts'
import type { ReadRows } from './inference-layers.ts'
import type { Parameters } from './parameters.ts'

export type { ReadRows } from './inference-layers.ts'

/**
 * The trained networks in plain typed arrays: the same bytes on every machine, bounded memory on any length.
 * Weights and kept layers are float32, sums are double.
 */
export interface Inference {
  readonly config: SpectralAutoencoderConfig
  /**
   * The latent of a whole file, [ceil(frames / 2) × latent], frame-major. `readInput` gives rows of 57 channels and
   * may be asked for the same rows again. `visit` is called between chunks with the fraction done. One layer of the
   * file lies in a scratch, in memory unless another is given.
   */
  encode(
    frameCount: number,
    readInput: ReadRows,
    visit?: (fraction: number) => void,
    openScratch?: OpenScratch,
  ): Float32Array
  /**
   * Frames `first … first + count − 1` of the decoded file, normalized shapes [count × 64], frame-major.
   * `latent` is of the whole file of `frameCount` frames, `readAuxiliary` gives rows of its 3 channels.
   */
  decode(
    latent: Float32Array,
    row: Float32Array,
    frameCount: number,
    readAuxiliary: ReadRows,
    first: number,
    count: number,
  ): Float32Array
}

/**
 * Lays the parameters out for reading. `convolution` does the work: the kernel, or its plain twin with the same bits.
 * Errors: a parameter that is missing or of another shape is a bug here.
 */
export function createInference(
  parameters: Parameters,
  config: SpectralAutoencoderConfig,
  convolution: Convolve = convolve,
): Inference {
  const encode = createEncoder(parameters, config, convolution)
  return { config, encode, decode: createDecoder(parameters, config, convolution) }
}

/** E of a whole input [57 × frames], channel-major, to the latent [latent × ceil(frames / 2)], channel-major. */
export function encode(
  parameters: Parameters,
  config: SpectralAutoencoderConfig,
  input: Float32Array | Float64Array,
  frameCount: number,
): Float32Array {
  assert(input.length === ENCODER_INPUT_CHANNELS * frameCount, 'the encoder takes 57 channels')
  const latent = createInference(parameters, config).encode(frameCount, channelReader(input, frameCount))
  return transposed(latent, Math.ceil(frameCount / 2), config.latent)
}

/** D of a whole latent and auxiliary [3 × frames], both channel-major, to normalized shapes [64 × frames]. */
export function decode(
  parameters: Parameters,
  config: SpectralAutoencoderConfig,
  latent: Float32Array,
  row: Float32Array,
  auxiliary: Float32Array | Float64Array,
  frameCount: number,
): Float32Array {
  assert(auxiliary.length === AUXILIARY_CHANNELS * frameCount, 'the decoder takes 3 auxiliary channels')
  const rows = transposed(latent, config.latent, Math.ceil(frameCount / 2))
  const { decode: decodeRows } = createInference(parameters, config)
  const decoded = decodeRows(rows, row, frameCount, channelReader(auxiliary, frameCount), 0, frameCount)
  return transposed(decoded, frameCount, BAND_COUNT)
}

/** Reads frame-major rows out of channel-major values. */
export function channelReader(values: Float32Array | Float64Array, frameCount: number): ReadRows {
  const channelCount = values.length / frameCount
  return (first, count, output) => {
    for (let channel = 0; channel < channelCount; channel++)
      for (let index = 0; index < count; index++)
        output[index * channelCount + channel] = values[channel * frameCount + first + index]
  }
}

function transposed(values: Float32Array, rowCount: number, columnCount: number): Float32Array {
  const result = new Float32Array(values.length)
  for (let row = 0; row < rowCount; row++)
    for (let column = 0; column < columnCount; column++)
      result[column * rowCount + row] = values[row * columnCount + column]
  return result
}
