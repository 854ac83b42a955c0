import { convolveRows, packedStride, type PackedRows } from '../dsp/packed-rows.ts'
import { CONDITION_REACH } from './source-filter/config.ts'

/**
 * `toldFeatures` without tensors, in f32: what a vocoder makes of its features by convolutions of three taps.
 * @param features [count, inputs of the first]
 * @returns dense rows, two fewer for each layer
 */
export const toldRows = (layers: readonly PackedRows[], features: Float32Array, count: number): Float32Array =>
  layers.reduce((told, layer, index) => rectified(layer, told, count - CONDITION_REACH * (index + 1)), features)

/** Dense rows, none under 0. */
function rectified(layer: PackedRows, x: Float32Array, rows: number): Float32Array {
  const stride = packedStride(layer)
  const y = new Float32Array(rows * stride)
  convolveRows(layer, x, 1, rows, y)
  return Float32Array.from({ length: rows * layer.outputs }, (_, at) => {
    const row = Math.floor(at / layer.outputs)
    return Math.max(y[row * stride + (at - row * layer.outputs)], 0)
  })
}
