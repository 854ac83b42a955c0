import { realFft } from '../dsp/fft.ts'
import type { Numbers } from '../dsp/numbers.ts'
import { innerHannWindow } from '../dsp/window.ts'

/** How well one and how well two periods explain a short stretch of sound. */
export interface PeriodPair {
  /** Mean square of the stretch, 80 Hz to 2.5 kHz. */
  readonly power: number
  /** Share of the power that is left when the best single period is cancelled: near 0 for one steady voice. */
  readonly leftByOne: number
  /** … and when two are cancelled one after the other. */
  readonly leftByTwo: number
  /** Both periods, in lags of the reader. */
  readonly first: number
  readonly second: number
}

export interface PeriodPairReader {
  /** Around a sample; what the signal does not hold counts as silence. */
  read(samples: Numbers, center: number): PeriodPair
}

/** Three periods of the lowest voice; longer ones smear a melody's slides. */
const WINDOW_SEC = 0.06
/** Lags are counted at about this rate. */
const LAG_RATE_HZ = 12_000
const LOWEST_HZ = 71
const HIGHEST_HZ = 1000
/** Breath and hiss have no period: they are kept out, and so is rumble. Eighth-order slopes. */
const PASS_LOW_HZ = 80
const PASS_HIGH_HZ = 2500
/** Periods within 9 % of each other, or within 4 % of a whole ratio, are one voice and its multiples. */
const SAME_RATIO = 0.09
const WHOLE_RATIO = 0.04

/**
 * Double cancellation in the autocorrelation domain (after de Cheveigné 1993): the power of
 * x[n] − x[n−a] − x[n−b] + x[n−a−b], for all pairs of periods, from one autocorrelation r of the stretch:
 * 4 r(0) − 4 r(a) − 4 r(b) + 2 r(a+b) + 2 r(|a−b|). `rateHz` from 8000 on.
 */
export function createPeriodPairReader(rateHz: number): PeriodPairReader {
  const window = Float64Array.from(innerHannWindow(Math.round(WINDOW_SEC * rateHz)))
  const size = 2 ** Math.ceil(Math.log2(2 * window.length))
  const lagSize = size / 2 ** Math.max(0, Math.round(Math.log2(rateHz / LAG_RATE_HZ)))
  const lagRateHz = (rateHz * lagSize) / size
  const [forward, backward] = [realFft(size), realFft(lagSize)]
  const pass = passBand(lagSize, rateHz / size)
  const input = new Float64Array(size)
  const [re, im] = [new Float64Array(size / 2 + 1), new Float64Array(size / 2 + 1)]
  const [lagRe, lagIm] = [new Float64Array(lagSize / 2 + 1), new Float64Array(lagSize / 2 + 1)]
  const correlation = new Float64Array(lagSize)

  function correlate(weights: Float64Array | null): void {
    forward.forward(input, re, im)
    for (let bin = 0; bin < lagRe.length; bin++)
      lagRe[bin] = (re[bin] * re[bin] + im[bin] * im[bin]) * (weights === null ? 1 : weights[bin])
    backward.inverse(lagRe, lagIm, correlation)
  }
  input.set(window)
  correlate(null)
  const taper = correlation.map((value) => correlation[0] / Math.max(value, correlation[0] * 1e-6))
  const [shortest, longest] = [Math.round(lagRateHz / HIGHEST_HZ), Math.round(lagRateHz / LOWEST_HZ)]
  const partners = partnersOf(shortest, longest)

  return {
    read(samples, center) {
      const start = center - (window.length >> 1)
      for (let index = 0; index < window.length; index++) input[index] = window[index] * (samples[start + index] ?? 0)
      correlate(pass)
      const power = correlation[0]
      if (!(power > 0)) return { power: 0, leftByOne: 1, leftByTwo: 1, first: 0, second: 0 }
      for (let lag = 0; lag <= 2 * longest; lag++) correlation[lag] *= taper[lag] / power
      let highest = -Infinity
      for (let lag = shortest; lag <= longest; lag++) highest = Math.max(highest, correlation[lag])
      return { power, leftByOne: 1 - highest, ...bestPair(correlation, partners) }
    },
  }
}

function passBand(lagSize: number, binHz: number): Float64Array {
  return Float64Array.from({ length: lagSize / 2 + 1 }, (_, bin) => {
    const low = ((bin * binHz) / PASS_LOW_HZ) ** 8
    return low / (1 + low) / (1 + ((bin * binHz) / PASS_HIGH_HZ) ** 8)
  })
}

interface Pairs {
  readonly firsts: Int32Array
  readonly seconds: Int32Array
}

/** All pairs of periods that can be two voices. */
function partnersOf(shortest: number, longest: number): Pairs {
  const [firsts, seconds]: [number[], number[]] = [[], []]
  for (let first = shortest; first <= longest; first++) {
    for (let second = first + 1; second <= longest; second++) {
      const ratio = second / first
      const whole = Math.round(ratio)
      if (ratio - 1 < SAME_RATIO || Math.abs(ratio - whole) / whole < WHOLE_RATIO) continue
      firsts.push(first)
      seconds.push(second)
    }
  }
  return { firsts: Int32Array.from(firsts), seconds: Int32Array.from(seconds) }
}

function bestPair(correlation: Float64Array, { firsts, seconds }: Pairs) {
  let [least, best] = [Infinity, 0]
  for (let pair = 0; pair < firsts.length; pair++) {
    const [first, second] = [firsts[pair], seconds[pair]]
    const left =
      correlation[first + second] + correlation[second - first] - 2 * (correlation[first] + correlation[second])
    if (left < least) [least, best] = [left, pair]
  }
  return { leftByTwo: 1 + least / 2, first: firsts[best], second: seconds[best] }
}
