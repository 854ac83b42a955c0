import type { Numbers } from './numbers.ts'

/**
 * The analog filters that ITU-R BS.1770-4 gives as coefficients for 48 kHz: a shelf for the head, then a high-pass
 * (De Man 2014, "Evaluation of Implementations of the EBU R128 Loudness Measurement"). From these the digital ones
 * follow at any rate, and at 48 kHz they are the standard's.
 */
const SHELF = { centerHz: 1681.974450955533, gainDb: 3.999843853973347, quality: 0.7071752369554196 }
const SHELF_MIDDLE_POWER = 0.4996667741545416
const HIGH_PASS = { cutoffHz: 38.13547087602444, quality: 0.5003270373238773 }

/** y = b0 x + b1 x₁ + b2 x₂ − a1 y₁ − a2 y₂. */
export interface Biquad {
  readonly b0: number
  readonly b1: number
  readonly b2: number
  readonly a1: number
  readonly a2: number
}

/** The two filters of K-weighting at a rate, in their order. */
export const kWeightingBiquads = (rateHz: number): readonly [Biquad, Biquad] => [highShelf(rateHz), highPass(rateHz)]

/** Filters one channel piece by piece and gives each piece's squares, one per sample. */
export function createKWeighting(rateHz: number): (samples: Numbers, squares: Float64Array) => void {
  const [shelf, pass] = kWeightingBiquads(rateHz)
  let [s1, s2, p1, p2] = [0, 0, 0, 0]
  return (samples, squares) => {
    for (let index = 0; index < samples.length; index++) {
      const x = samples[index]
      const shelved = shelf.b0 * x + s1
      s1 = shelf.b1 * x - shelf.a1 * shelved + s2
      s2 = shelf.b2 * x - shelf.a2 * shelved
      const y = pass.b0 * shelved + p1
      p1 = pass.b1 * shelved - pass.a1 * y + p2
      p2 = pass.b2 * shelved - pass.a2 * y
      squares[index] = y * y
    }
  }
}

function highShelf(rateHz: number): Biquad {
  const { centerHz, gainDb, quality } = SHELF
  const k = Math.tan((Math.PI * centerHz) / rateHz)
  const high = 10 ** (gainDb / 20)
  const middle = high ** SHELF_MIDDLE_POWER
  const a0 = 1 + k / quality + k * k
  return {
    b0: (high + (middle * k) / quality + k * k) / a0,
    b1: (2 * (k * k - high)) / a0,
    b2: (high - (middle * k) / quality + k * k) / a0,
    a1: (2 * (k * k - 1)) / a0,
    a2: (1 - k / quality + k * k) / a0,
  }
}

function highPass(rateHz: number): Biquad {
  const { cutoffHz, quality } = HIGH_PASS
  const k = Math.tan((Math.PI * cutoffHz) / rateHz)
  const a0 = 1 + k / quality + k * k
  return { b0: 1, b1: -2, b2: 1, a1: (2 * (k * k - 1)) / a0, a2: (1 - k / quality + k * k) / a0 }
}
