import type { Tensor3D, Tensor4D } from '@tensorflow/tfjs-core'
import { permuted, reshaped } from './shape.ts'

/**
 * Frames become channels: channel c · n + phase of frame t is channel c of frame t · n + phase. The way back is `pixelShuffle`.
 * @param x [B, T, C], T a multiple of n
 * @returns [B, T / n, C · n]
 */
export function squeezeTime(x: Tensor3D, n: number): Tensor3D {
  const [B, T, C] = x.shape
  const apart = permuted(reshaped<Tensor4D>(x, [B, T / n, n, C]), [0, 1, 3, 2])
  return reshaped<Tensor3D>(apart, [B, T / n, C * n])
}
