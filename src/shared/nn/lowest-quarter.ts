import { tensor3d, type Tensor3D } from '@tensorflow/tfjs-core'
import { filterTime } from './conv.ts'
import { padTime } from './shape.ts'
import { foldHops } from './strided-conv.ts'

/** Samples that stay one. */
export const QUARTER_STRIDE = 4
/** A sinc under a Hann window: 40 dB down a third above the band's end. */
const TAPS = 48

/**
 * The lowest quarter of a sound's band at a quarter of its rate: white noise stays white and as loud.
 * @param x [B, T, 1], T a multiple of four
 * @returns [B, T / 4, 1]
 */
export function lowestQuarter(x: Tensor3D): Tensor3D {
  const padded = padTime(x, TAPS / 2, TAPS / 2)
  const weight = tensor3d(lowPass(), [TAPS, 1, 1])
  return foldHops(padded, weight, QUARTER_STRIDE, x.shape[1] / QUARTER_STRIDE, filterTime)
}

/** Of power 1, so that white noise keeps its own. */
function lowPass(): Float32Array {
  const taps = Array.from({ length: TAPS }, (_, tap) => {
    const x = (tap + 0.5 - TAPS / 2) / QUARTER_STRIDE
    return (Math.sin(Math.PI * x) / (Math.PI * x)) * Math.cos((Math.PI * (tap + 0.5 - TAPS / 2)) / TAPS) ** 2
  })
  const norm = Math.hypot(...taps)
  return Float32Array.from(taps, (value) => value / norm)
}
