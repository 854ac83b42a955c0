import type { Tensor1D, Tensor3D } from '@tensorflow/tfjs-core'
import { leakyRelu } from './activation.ts'
import { joinChannels } from './join.ts'
import { cropTime, padTime, permuted, reshaped } from './shape.ts'
import { convolveTransposed } from './strided-conv.ts'

/** Neighboring bands that a value reaches, itself in the middle. */
const BANDS = 3
/** As published with FloWaveNet and ClariNet. */
const SLOPE = 0.4

/**
 * A spectrum at `stride` times the rate: a transposed convolution over time and three neighboring bands, the same for
 * all bands, then a leaky rectifier.
 * @param x [B, T, M]
 * @param weight [taps, 3, 1]
 * @param bias [1]
 * @returns [B, T · stride, M]
 */
export function stretchSpectrum(x: Tensor3D, weight: Tensor3D, bias: Tensor1D, stride: number): Tensor3D {
  const [B, T, M] = x.shape
  const bands = padTime(permuted(x, [0, 2, 1]), 1, 1)
  const near = Array.from({ length: BANDS }, (_, place) => reshaped<Tensor3D>(cropTime(bands, place, M), [B * M, T, 1]))
  const stretched = convolveTransposed(joinChannels(near), weight, bias, stride)
  return leakyRelu(permuted(reshaped<Tensor3D>(stretched, [B, M, T * stride]), [0, 2, 1]), SLOPE)
}
