import { engine, getKernel, reshape, type Rank, type Tensor, type Tensor3D } from '@tensorflow/tfjs-core'

/**
 * A kernel that an engine may register beside tfjs's own: the gradient of a convolution's weight with dilation, which
 * tfjs's kernel of that kind cannot have.
 * Inputs `x` [B, 1, T, in] and `dy` [B, 1, T', out]; attributes `taps`, `dilation`, `padding`; gives [1, taps, in, out].
 */
export const FILTER_GRADIENT_KERNEL = 'UnderstudyDilatedFilterGradient'

export type FilterGradient = (
  x: Tensor3D,
  dy: Tensor3D,
  taps: number,
  dilation: number,
  padding: 'same' | 'valid',
) => Tensor3D

/** The kernel of the engine that is set, or null where it brings none. */
export function filterGradientKernel(): FilterGradient | null {
  // Without one tfjs says undefined, whatever its types promise.
  const found: unknown = getKernel(FILTER_GRADIENT_KERNEL, engine().backendName)
  if (found === undefined) return null
  return (x, dy, taps, dilation, padding) => {
    const [B, T, inputs] = x.shape
    const [, length, outputs] = dy.shape
    const image = reshape<Rank.R4>(x, [B, 1, T, inputs])
    const arrived = reshape<Rank.R4>(dy, [B, 1, length, outputs])
    const attributes = { taps, dilation, padding }
    // The kernel gives one tensor.
    const gradient = engine().runKernel(FILTER_GRADIENT_KERNEL, { x: image, dy: arrived }, attributes) as Tensor
    return reshape(gradient, [taps, inputs, outputs])
  }
}
