import { assert } from '../../base/assert.ts'
import {
  AUXILIARY_CHANNELS,
  BAND_COUNT,
  DECODER_DILATIONS,
  KERNEL_TAPS,
  type SpectralAutoencoderConfig,
} from './config.ts'
import { convolutionLayer, gateInto, linearMap, type ReadRows } from './inference-layers.ts'
import { convolutionReach, type Convolve } from '../../dsp/packed-convolution.ts'
import type { Parameters } from './parameters.ts'

/** Frames of result per chunk; around it as many more as the network sees. */
const CHUNK_FRAMES = 512

/**
 * D of the reference: the latent brought to twice its rate, the singer's row and the auxiliary channels, through a
 * convolution, residual blocks that the row biases, and a 1×1. Each chunk is computed with the decoder's whole reach
 * around it, so that the chunks equal the whole.
 */
export function createDecoder(parameters: Parameters, config: SpectralAutoencoderConfig, convolve: Convolve) {
  const { channels, latent: latentWidth, singer: rowWidth, decoderBlocks } = config
  const input = convolutionLayer(parameters, 'decoder/in')
  const output = convolutionLayer(parameters, 'decoder/out')
  const dilations = DECODER_DILATIONS.slice(0, decoderBlocks)
  const gates = dilations.map((_, index) => convolutionLayer(parameters, `decoder/block${index}/gate`))
  const outs = dilations.map((_, index) => convolutionLayer(parameters, `decoder/block${index}/out`))
  const halo = [1, ...dilations].reduce((sum, dilation) => sum + convolutionReach(KERNEL_TAPS, dilation), 0)
  const inputWidth = latentWidth + rowWidth + AUXILIARY_CHANNELS

  function loadInput(
    latent: Float32Array,
    row: Float32Array,
    readAuxiliary: ReadRows,
    from: number,
    count: number,
    x: Float64Array,
  ): void {
    const latentCount = latent.length / latentWidth
    const auxiliary = new Float64Array(count * AUXILIARY_CHANNELS)
    readAuxiliary(from, count, auxiliary)
    const reach = convolutionReach(KERNEL_TAPS, 1)
    x.fill(0)
    for (let index = 0; index < count; index++) {
      const at = (index + reach) * inputWidth
      interpolateLatent(latent, latentWidth, latentCount, from + index, x, at)
      x.set(row, at + latentWidth)
      for (let channel = 0; channel < AUXILIARY_CHANNELS; channel++)
        x[at + latentWidth + rowWidth + channel] = auxiliary[index * AUXILIARY_CHANNELS + channel]
    }
  }

  function decodeChunk(row: RowBiases, x: Float64Array, count: number): Float64Array {
    const hidden = new Float64Array((count + 1) * input.stride)
    convolve(input, x, 1, count, hidden)
    const gateRows = new Float64Array((count + 1) * gates[0].stride)
    const gated = new Float64Array((count + 1) * channels)
    const change = new Float64Array((count + 1) * outs[0].stride)
    dilations.forEach((dilation, block) => {
      const reach = convolutionReach(KERNEL_TAPS, dilation)
      const padded = new Float64Array((count + 2 * reach + 1) * channels)
      for (let index = 0; index < count; index++)
        padded.set(hidden.subarray(index * input.stride, index * input.stride + channels), (index + reach) * channels)
      convolve(gates[block], padded, dilation, count, gateRows)
      addToRows(gateRows, gates[block].stride, row.blocks[block], count)
      gateInto(gateRows, gates[block].stride, channels, count, gated)
      convolve(outs[block], gated, 1, count, change)
      for (let index = 0; index < count; index++)
        for (let channel = 0; channel < channels; channel++)
          hidden[index * input.stride + channel] += change[index * outs[block].stride + channel]
    })
    for (let index = 0; index < count; index++)
      gated.set(hidden.subarray(index * input.stride, index * input.stride + channels), index * channels)
    const decoded = new Float64Array((count + 1) * BAND_COUNT)
    convolve(output, gated, 1, count, decoded)
    addToRows(decoded, BAND_COUNT, row.output, count)
    return decoded
  }

  return (
    latent: Float32Array,
    row: Float32Array,
    frameCount: number,
    readAuxiliary: ReadRows,
    first: number,
    count: number,
  ): Float32Array => {
    assert(row.length === rowWidth, `a singer's row holds ${rowWidth} numbers, not ${row.length}`)
    const biases: RowBiases = {
      blocks: dilations.map((_, block) => linearMap(parameters, `decoder/block${block}/singer`, row)),
      output: linearMap(parameters, 'decoder/singer', row),
    }
    const result = new Float32Array(count * BAND_COUNT)
    for (let start = first; start < first + count; start += CHUNK_FRAMES) {
      const end = Math.min(start + CHUNK_FRAMES, first + count)
      const from = Math.max(start - halo, 0)
      const to = Math.min(end + halo, frameCount)
      const x = new Float64Array((to - from + 2 * convolutionReach(KERNEL_TAPS, 1) + 1) * inputWidth)
      loadInput(latent, row, readAuxiliary, from, to - from, x)
      const decoded = decodeChunk(biases, x, to - from)
      result.set(decoded.subarray((start - from) * BAND_COUNT, (end - from) * BAND_COUNT), (start - first) * BAND_COUNT)
    }
    return result
  }
}

/** What the singer's row adds to each block's gate and to the bands. */
interface RowBiases {
  readonly blocks: readonly Float64Array[]
  readonly output: Float64Array
}

/** Half-pixel linear interpolation by exactly two: frame t reads latent position (t + ½) / 2 − ½, held at the ends. */
function interpolateLatent(
  latent: Float32Array,
  width: number,
  latentCount: number,
  frame: number,
  output: Float64Array,
  offset: number,
): void {
  const position = Math.min(Math.max((frame + 0.5) / 2 - 0.5, 0), latentCount - 1)
  const left = Math.floor(position)
  const right = Math.min(left + 1, latentCount - 1)
  const weight = position - left
  for (let channel = 0; channel < width; channel++)
    output[offset + channel] = latent[left * width + channel] * (1 - weight) + latent[right * width + channel] * weight
}

function addToRows(rows: Float64Array, stride: number, addition: Float64Array, count: number): void {
  for (let frame = 0; frame < count; frame++)
    for (let channel = 0; channel < addition.length; channel++) rows[frame * stride + channel] += addition[channel]
}
