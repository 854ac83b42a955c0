import type { Tensor3D, Tensor4D } from '@tensorflow/tfjs-core'
import { relu } from './activation.ts'
import { gate } from './gate.ts'
import { addResidual } from './join.ts'
import { reshaped } from './shape.ts'

/** What is done to each place by itself, over two axes: [B, H, W, C]. */

/** `gate`: half as many channels. */
export const gateMap = (x: Tensor4D): Tensor4D => placewise(x, gate)

export const reluMap = (x: Tensor4D): Tensor4D => placewise(x, relu)

export const addMaps = (x: Tensor4D, y: Tensor4D): Tensor4D => placewise(x, (rows) => addResidual(rows, inRow(y)))

/** Through a brick for one axis. */
export function placewise(x: Tensor4D, brick: (rows: Tensor3D) => Tensor3D): Tensor4D {
  const [B, H, W] = x.shape
  const rows = brick(inRow(x))
  return reshaped<Tensor4D>(rows, [B, H, W, rows.shape[2]])
}

/** All places one after the other: [B, H · W, C]. */
export function inRow(x: Tensor4D): Tensor3D {
  const [B, H, W, C] = x.shape
  return reshaped<Tensor3D>(x, [B, H * W, C])
}
