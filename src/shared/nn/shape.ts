import { pad, reshape, slice, transpose, type Tensor, type Tensor3D } from '@tensorflow/tfjs-core'
import { withGradient } from './custom-gradient.ts'

/** Zeros before and after: [B, before + T + after, C]. */
export function padTime(x: Tensor3D, before: number, after: number): Tensor3D {
  const [B, T, C] = x.shape
  if (before === 0 && after === 0) return x
  const widths: [number, number][] = [
    [0, 0],
    [before, after],
    [0, 0],
  ]
  return withGradient(
    [x],
    () => ({ value: pad(x, widths), saved: [] }),
    (dy) => [slice(dy, [0, before, 0], [B, T, C])],
  )
}

/** `length` frames from `start` on: [B, length, C]. */
export function cropTime(x: Tensor3D, start: number, length: number): Tensor3D {
  const [B, T, C] = x.shape
  if (start === 0 && length === T) return x
  return withGradient(
    [x],
    () => ({ value: slice(x, [0, start, 0], [B, length, C]), saved: [] }),
    (dy) => [
      pad(dy, [
        [0, 0],
        [start, T - start - length],
        [0, 0],
      ]),
    ],
  )
}

/** The same numbers in the same order under another shape. */
export function reshaped<Kind extends Tensor>(x: Tensor, shape: Kind['shape']): Kind {
  return withGradient<Kind>(
    [x],
    () => ({ value: reshape(x, shape) as Tensor as Kind, saved: [] }), // the shape is the kind's
    (dy) => [reshape(dy, x.shape)],
  )
}

/** The axes in another order. */
export function permuted<Kind extends Tensor>(x: Kind, order: readonly number[]): Kind {
  const back = order.map((_, axis) => order.indexOf(axis))
  return withGradient<Kind>(
    [x],
    () => ({ value: transpose(x, [...order]), saved: [] }),
    (dy) => [transpose(dy, back)],
  )
}

/** `count` channels from `start` on: [B, T, count]. */
export function cropChannels(x: Tensor3D, start: number, count: number): Tensor3D {
  const [B, T, C] = x.shape
  if (start === 0 && count === C) return x
  return withGradient(
    [x],
    () => ({ value: slice(x, [0, 0, start], [B, T, count]), saved: [] }),
    (dy) => [
      pad(dy, [
        [0, 0],
        [0, 0],
        [start, C - start - count],
      ]),
    ],
  )
}
