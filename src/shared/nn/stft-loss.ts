import {
  abs,
  add,
  clipByValue,
  concat,
  div,
  log,
  mul,
  slice,
  sqrt,
  square,
  sub,
  tensor3d,
  tidy,
  type Scalar,
  type Tensor3D,
} from '@tensorflow/tfjs-core'
import { filterTime } from './conv.ts'
import { withGradient } from './custom-gradient.ts'
import { stagedMean, stagedSum } from './mean.ts'
import { foldHops } from './strided-conv.ts'

/** Cosines and sines under a window: a short-time Fourier transform as one matrix product. */
export interface StftBasis {
  readonly size: number
  readonly hop: number
  readonly binCount: number
  /** [size, 1, 2 · binCount]: the real parts, then the imaginary ones. */
  readonly weight: Float32Array
  /** Added to every power: keeps the root and the logarithm of silence finite. */
  readonly powerFloor: number
}

/** As in the published loss. */
const POWER_FLOOR = 1e-7
/** Times this and clipped to ±1, every float beyond 1e-30 is its sign: far faster on WebAssembly than sign itself. */
const SIGN_GAIN = 1e30

/** Hann window, `size / 2 + 1` bins. tfjs has no gradient for its Fourier transforms. */
export function createStftBasis(size: number, hop: number, powerFloor = POWER_FLOOR): StftBasis {
  const binCount = size / 2 + 1
  const weight = new Float32Array(size * 2 * binCount)
  for (let sample = 0; sample < size; sample++) {
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * sample) / size)
    for (let bin = 0; bin < binCount; bin++) {
      // The remainder first: the angle of a large product would lose digits.
      const angle = (2 * Math.PI * ((sample * bin) % size)) / size
      weight[sample * 2 * binCount + bin] = window * Math.cos(angle)
      weight[sample * 2 * binCount + binCount + bin] = -window * Math.sin(angle)
    }
  }
  return { size, hop, binCount, weight, powerFloor }
}

/**
 * Magnitudes of every whole window.
 * @param x [B, samples, 1]
 * @returns [B, frames, binCount], frames = ⌊(samples − size) / hop⌋ + 1
 */
export function stftMagnitude(x: Tensor3D, basis: StftBasis): Tensor3D {
  const { size, hop, binCount, powerFloor } = basis
  const frames = Math.floor((x.shape[1] - size) / hop) + 1
  const weight = tensor3d(basis.weight, [size, 1, 2 * binCount])
  return magnitude(foldHops(x, weight, hop, frames, filterTime), powerFloor)
}

/** √(re² + im²), the two beside each other in the last axis. */
function magnitude(parts: Tensor3D, powerFloor: number): Tensor3D {
  const [B, F, both] = parts.shape
  const half = (start: number) => slice(parts, [0, 0, start], [B, F, both / 2])
  return withGradient(
    [parts],
    () => {
      const value = tidy(() => sqrt(add<Tensor3D>(add(square(half(0)), square(half(both / 2))), powerFloor)))
      return { value, saved: [parts, value] }
    },
    (dy, [parts, value]) => {
      const share = div(dy, value)
      return [mul(parts, concat([share, share], 2))]
    },
  )
}

/**
 * How far two sounds' magnitudes are apart: spectral convergence, Frobenius norm of the difference over that of the
 * target, plus the mean distance of the logarithms (Yamamoto et al. 2020, eq. 4–6).
 * @param x [B, samples, 1]
 * @param y [B, samples, 1], no gradient
 */
export function stftLoss(x: Tensor3D, y: Tensor3D, basis: StftBasis): Scalar {
  const target = tidy(() => stftMagnitude(y, basis))
  return magnitudeDistance(stftMagnitude(x, basis), target)
}

function magnitudeDistance(found: Tensor3D, target: Tensor3D): Scalar {
  return withGradient(
    [found],
    () => {
      const difference = sub<Tensor3D>(found, target)
      const ofDifference = tidy(() => sqrt(add<Scalar>(stagedSum(square(difference)), POWER_FLOOR)))
      const ofTarget = tidy(() => sqrt(add<Scalar>(stagedSum(square(target)), POWER_FLOOR)))
      const logarithms = tidy(() => sub<Tensor3D>(log(found), log(target)))
      const value = tidy(() => add<Scalar>(div(ofDifference, ofTarget), stagedMean(abs(logarithms))))
      const product = tidy(() => mul<Scalar>(ofDifference, ofTarget))
      return { value, saved: [difference, product, logarithms, found] }
    },
    (dy, [difference, product, logarithms, found]) => {
      const sign = clipByValue(mul(logarithms, SIGN_GAIN), -1, 1)
      const ofLogarithm = mul(div(sign, found), 1 / found.size)
      return [mul(add(div(difference, product), ofLogarithm), dy)]
    },
  )
}
