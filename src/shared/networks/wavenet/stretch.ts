import { zeros, type Rank, type Tensor3D } from '@tensorflow/tfjs-core'
import { convolve, convolveValid } from '../../nn/conv.ts'
import { biasOf, weightOf } from '../../nn/named-layers.ts'
import type { TensorsByName } from '../../nn/parameters.ts'
import { repeatFrames } from '../../nn/resample-time.ts'
import { permuted, reshaped } from '../../nn/shape.ts'
import { stretchSpectrum } from '../../nn/spectrum-stretch.ts'
import type { WavenetConfig } from './config.ts'

/**
 * A mel spectrum at the rate of the samples.
 * @param mel [B, frames (+ context on both sides, where the network looks around), mels]
 * @returns [B, frames · hop, mels]
 */
export function stretchMel(mel: Tensor3D, parameters: TensorsByName, { mels, stretch }: WavenetConfig): Tensor3D {
  if (stretch.kind === 'transposed')
    return stretch.factors.reduce((x, factor, index) => {
      const name = `stretch${index}`
      return stretchSpectrum(x, weightOf<Tensor3D>(parameters, name), biasOf(parameters, name), factor)
    }, mel)
  const looked = convolveValid(mel, weightOf<Tensor3D>(parameters, 'context'), zeros<Rank.R1>([mels]))
  return stretch.factors.reduce(
    (x, factor, index) => smoothed(repeatFrames(x, factor), weightOf<Tensor3D>(parameters, `stretch${index}`)),
    looked,
  )
}

/** Every band through the same filter. */
function smoothed(x: Tensor3D, weight: Tensor3D): Tensor3D {
  const [B, T, M] = x.shape
  const bands = reshaped<Tensor3D>(permuted(x, [0, 2, 1]), [B * M, T, 1])
  return permuted(reshaped<Tensor3D>(convolve(bands, weight, zeros<Rank.R1>([1])), [B, M, T]), [0, 2, 1])
}
