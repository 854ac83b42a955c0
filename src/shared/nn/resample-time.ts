import {
  add,
  concat,
  mul,
  ones,
  pad,
  reshape,
  slice,
  sum,
  tensor,
  tidy,
  type Tensor,
  type Tensor3D,
} from '@tensorflow/tfjs-core'
import { assert } from '../base/assert.ts'
import { withGradient } from './custom-gradient.ts'

/**
 * The mean of each `size` frames.
 * @param x [B, T, C], T a multiple of `size`
 * @returns [B, T / size, C]
 */
export function averagePool(x: Tensor3D, size: number): Tensor3D {
  assert(x.shape[1] % size === 0, `a pool over ${size} frames needs a multiple of it, not ${x.shape[1]}`)
  return withGradient(
    [x],
    () => ({ value: tidy(() => mul<Tensor3D>(gatherRuns(x, size), 1 / size)), saved: [] }),
    (dy) => [mul(spreadRuns(dy, size), 1 / size)],
  )
}

/**
 * Every frame `times` times.
 * @param x [B, T, C]
 * @returns [B, T · times, C]
 */
export function repeatFrames(x: Tensor3D, times: number): Tensor3D {
  return withGradient(
    [x],
    () => ({ value: tidy(() => spreadRuns(x, times)), saved: [] }),
    (dy) => [gatherRuns(dy, times)],
  )
}

/**
 * Half-pixel linear interpolation by a whole factor, held at the ends. Unlike `mapTime` its cost grows with the length,
 * not with its square.
 * @param x [B, T, C]
 * @returns [B, T · factor, C]
 */
export function upsampleLinear(x: Tensor3D, factor: number): Tensor3D {
  const [B, T, C] = x.shape
  const [before, own, after] = phaseWeights(factor)
  const phases = (weights: Float32Array) => tensor(weights, [1, factor, 1])
  const spread = (frames: Tensor, weights: Float32Array) => mul(reshape(frames, [B * T, 1, C]), phases(weights))
  const gathered = (frames: Tensor, weights: Float32Array): Tensor3D =>
    reshape(sum(mul(frames, phases(weights)), 1), [B, T, C])
  return withGradient(
    [x],
    () => ({
      value: tidy(() => {
        const mixed = add(add(spread(previous(x), before), spread(x, own)), spread(next(x), after))
        return reshape<Tensor3D['rankType']>(mixed, [B, T * factor, C])
      }),
      saved: [],
    }),
    (dy) => {
      const arrived = reshape(dy, [B * T, factor, C])
      const fromNeighbors = add(previousGradient(gathered(arrived, before)), nextGradient(gathered(arrived, after)))
      return [add(gathered(arrived, own), fromNeighbors)]
    },
  )
}

/** Shares of the frame before, the frame itself and the one after, by phase. */
function phaseWeights(factor: number): readonly [Float32Array, Float32Array, Float32Array] {
  const shares = [0, 1, 2].map(() => new Float32Array(factor)) as [Float32Array, Float32Array, Float32Array]
  for (let phase = 0; phase < factor; phase++) {
    const offset = (phase + 0.5) / factor - 0.5
    shares[0][phase] = Math.max(-offset, 0)
    shares[1][phase] = 1 - Math.abs(offset)
    shares[2][phase] = Math.max(offset, 0)
  }
  return shares
}

const gatherRuns = (x: Tensor3D, size: number): Tensor3D => {
  const [B, T, C] = x.shape
  return reshape(sum(reshape(x, [(B * T) / size, size, C]), 1), [B, T / size, C])
}

const spreadRuns = (x: Tensor3D, size: number): Tensor3D => {
  const [B, T, C] = x.shape
  return reshape(mul(reshape(x, [B * T, 1, C]), ones([1, size, 1])), [B, T * size, C])
}

const part = (x: Tensor3D, start: number, count: number): Tensor3D =>
  slice(x, [0, start, 0], [x.shape[0], count, x.shape[2]])
/** Frame t − 1 at t, the first one held. */
const previous = (x: Tensor3D): Tensor3D => concat([part(x, 0, 1), part(x, 0, x.shape[1] - 1)], 1)
const next = (x: Tensor3D): Tensor3D => concat([part(x, 1, x.shape[1] - 1), part(x, x.shape[1] - 1, 1)], 1)

/** What `previous` spread comes back: each frame from its follower, the first also from itself. */
const previousGradient = (dy: Tensor3D): Tensor3D => {
  const T = dy.shape[1]
  return add(shifted(part(dy, 1, T - 1), 0, 1), shifted(part(dy, 0, 1), 0, T - 1))
}
const nextGradient = (dy: Tensor3D): Tensor3D => {
  const T = dy.shape[1]
  return add(shifted(part(dy, 0, T - 1), 1, 0), shifted(part(dy, T - 1, 1), T - 1, 0))
}
const shifted = (x: Tensor3D, before: number, after: number): Tensor3D =>
  pad(x, [
    [0, 0],
    [before, after],
    [0, 0],
  ])
