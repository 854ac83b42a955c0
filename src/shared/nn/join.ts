import { add, addN, concat, mul, reshape, slice, type Scalar, type Tensor, type Tensor3D } from '@tensorflow/tfjs-core'
import { withGradient } from './custom-gradient.ts'

/** x + y of one shape: the way around a residual block. */
export function addResidual(x: Tensor3D, y: Tensor3D): Tensor3D {
  return withGradient(
    [x, y],
    () => ({ value: add<Tensor3D>(x, y), saved: [] }),
    (dy) => [share(dy), share(dy)],
  )
}

/** [B, T, K] of each part beside each other: [B, T, ΣK]. */
export function joinChannels(parts: readonly Tensor3D[]): Tensor3D {
  const widths = parts.map((part) => part.shape[2])
  return withGradient(
    parts,
    () => ({ value: concat<Tensor3D>([...parts], 2), saved: [] }),
    (dy) => {
      const [B, T] = dy.shape
      const starts = widths.map((_, index) => widths.slice(0, index).reduce((sum, width) => sum + width, 0))
      return widths.map((width, index) => slice(dy, [0, 0, starts[index]], [B, T, width]))
    },
  )
}

/** The sum of single numbers. */
export function totalOf(parts: readonly Scalar[]): Scalar {
  return withGradient(
    parts,
    () => ({ value: addN<Scalar>([...parts]), saved: [] }),
    (dy) => parts.map(() => share(dy)),
  )
}

/** A second handle on the same numbers: unlike a clone it copies nothing. */
const share = <Kind extends Tensor>(x: Kind): Kind => reshape(x, x.shape) as Tensor as Kind // the shape stays, so the kind does

/** Numbers times a factor that is not learned. */
export function scaled<Kind extends Tensor>(x: Kind, factor: number): Kind {
  return withGradient<Kind>(
    [x],
    () => ({ value: mul(x, factor) as Tensor as Kind, saved: [] }), // the shape stays, so the kind does
    (dy) => [mul(dy, factor)],
  )
}
