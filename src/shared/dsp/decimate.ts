/** Share of the new Nyquist frequency that passes the anti-alias filter. */
export const decimationPassband = 0.8
/** Ripple of that filter, and how far the signal's edges are reflected. */
const rippleDb = 0.05
const reflectedSamples = 9

/**
 * Keeps every `ratio`-th sample after a zero-phase Chebyshev filter of order 3 (run forward and backward).
 * The last sample is always kept, so the first kept one is (length - 1) mod ratio.
 */
export function decimate(input: Float64Array, ratio: number): Float64Array {
  const extended = reflectEdges(input)
  const filter = chebyshevLowPass(decimationPassband / ratio)
  filterForward(extended, filter)
  filterBackward(extended, filter)
  const output = new Float64Array(Math.ceil(input.length / ratio))
  let from = reflectedSamples + ((input.length - 1) % ratio)
  for (let i = 0; i < output.length; i++, from += ratio) output[i] = extended[from]
  return output
}

/** Point reflection at either end: 2 x[0] - x[9 .. 1], and so at the end. */
function reflectEdges(input: Float64Array): Float64Array {
  const last = input.length - 1
  const extended = new Float64Array(input.length + 2 * reflectedSamples)
  extended.set(input, reflectedSamples)
  for (let i = 1; i <= reflectedSamples; i++) {
    extended[reflectedSamples - i] = 2 * input[0] - input[Math.min(i, last)]
    extended[reflectedSamples + last + i] = 2 * input[last] - input[Math.max(last - i, 0)]
  }
  return extended
}

/** y[n] = gain (x[n] + 3 x[n-1] + 3 x[n-2] + x[n-3]) - a1 y[n-1] - a2 y[n-2] - a3 y[n-3]. */
interface ThirdOrderFilter {
  readonly gain: number
  readonly a1: number
  readonly a2: number
  readonly a3: number
}

/** Type I, order 3, by the bilinear transform; `normalizedCutoff` in units of the Nyquist frequency. */
function chebyshevLowPass(normalizedCutoff: number): ThirdOrderFilter {
  const epsilon = Math.sqrt(10 ** (rippleDb / 10) - 1)
  const mu = Math.asinh(1 / epsilon) / 3
  const warped = 4 * Math.tan((Math.PI * normalizedCutoff) / 2)
  const real = warped * Math.sinh(mu)
  const pairRe = (warped * Math.sinh(mu)) / 2
  const pairIm = (warped * Math.cosh(mu) * Math.sqrt(3)) / 2
  const pairSquared = pairRe ** 2 + pairIm ** 2
  // Bilinear transform of 1 / (s + real) and 1 / (s^2 + 2 pairRe s + pairSquared) with s = 4 (z - 1) / (z + 1).
  const realScale = 4 + real
  const pairScale = 16 + 8 * pairRe + pairSquared
  const p1 = (real - 4) / realScale
  const q1 = (2 * pairSquared - 32) / pairScale
  const q2 = (16 - 8 * pairRe + pairSquared) / pairScale
  return {
    gain: (real * pairSquared) / (realScale * pairScale),
    a1: p1 + q1,
    a2: p1 * q1 + q2,
    a3: p1 * q2,
  }
}

function filterForward(samples: Float64Array, { gain, a1, a2, a3 }: ThirdOrderFilter): void {
  let w1 = 0
  let w2 = 0
  let w3 = 0
  for (let i = 0; i < samples.length; i++) {
    const w0 = samples[i] - a1 * w1 - a2 * w2 - a3 * w3
    samples[i] = gain * (w0 + 3 * w1 + 3 * w2 + w3)
    w3 = w2
    w2 = w1
    w1 = w0
  }
}

/** As `filterForward`, from the last sample to the first. */
function filterBackward(samples: Float64Array, { gain, a1, a2, a3 }: ThirdOrderFilter): void {
  let w1 = 0
  let w2 = 0
  let w3 = 0
  for (let i = samples.length - 1; i >= 0; i--) {
    const w0 = samples[i] - a1 * w1 - a2 * w2 - a3 * w3
    samples[i] = gain * (w0 + 3 * w1 + 3 * w2 + w3)
    w3 = w2
    w2 = w1
    w1 = w0
  }
}
