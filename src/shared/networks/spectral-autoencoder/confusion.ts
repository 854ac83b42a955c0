import { clone, mul, type Scalar, type Tensor1D, type Tensor3D } from '@tensorflow/tfjs-core'
import { assert } from '../../base/assert.ts'
import { leakyRelu } from '../../nn/activation.ts'
import { convolve } from '../../nn/conv.ts'
import { softmaxCrossEntropy } from '../../nn/cross-entropy.ts'
import { withGradient } from '../../nn/custom-gradient.ts'
import type { TensorsByName } from '../../nn/parameters.ts'
import { KERNEL_TAPS, type SpectralAutoencoderConfig } from './config.ts'

/**
 * The confusion classifier of the published training: it learns to tell from the latent who sings, while the encoder
 * learns to keep it from that. Only there while a network is trained, and in no file.
 */
const HIDDEN = 32
const SLOPE = 0.2
const PREFIX = 'confusion/'

export const isOfConfusion = (name: string): boolean => name.startsWith(PREFIX)

/** Two convolutions over the latent, a verdict every 20 ms. */
export function confusionShapes(
  { latent }: SpectralAutoencoderConfig,
  singerCount: number,
): ReadonlyMap<string, readonly number[]> {
  return new Map([
    [`${PREFIX}in/weight`, [HIDDEN, latent, KERNEL_TAPS]],
    [`${PREFIX}in/bias`, [HIDDEN]],
    [`${PREFIX}out/weight`, [singerCount, HIDDEN, KERNEL_TAPS]],
    [`${PREFIX}out/bias`, [singerCount]],
  ])
}

/**
 * Cross-entropy of the classifier, nats. On the way back its gradient reaches the latent times −`weight`: one step
 * teaches both sides (Ganin and Lempitsky 2015).
 * @param z [B, T, latent]
 * @param singerIndices the true row of each item
 */
export function confusionLoss(
  z: Tensor3D,
  singerIndices: readonly number[],
  parameters: TensorsByName,
  weight: number,
): Scalar {
  const [, T] = z.shape
  const classes = Int32Array.from({ length: singerIndices.length * T }, (_, row) => singerIndices[Math.floor(row / T)])
  const hidden = leakyRelu(convolveNamed(parameters, `${PREFIX}in`, reversed(z, weight)), SLOPE)
  return softmaxCrossEntropy(convolveNamed(parameters, `${PREFIX}out`, hidden), classes)
}

/** The same value; the gradient comes back turned around. */
function reversed(z: Tensor3D, weight: number): Tensor3D {
  return withGradient(
    [z],
    () => ({ value: clone(z), saved: [] }),
    (dy) => [mul(dy, -weight)],
  )
}

function convolveNamed(parameters: TensorsByName, name: string, x: Tensor3D): Tensor3D {
  const weight = parameters.get(`${name}/weight`)
  const bias = parameters.get(`${name}/bias`)
  assert(weight !== undefined && bias !== undefined, `the classifier's ${name} is missing`)
  return convolve(x, weight as Tensor3D, bias as Tensor1D) // `confusionShapes` fixes the ranks
}
