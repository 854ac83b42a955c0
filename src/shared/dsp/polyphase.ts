import { assert } from '../base/assert.ts'

/** A low-pass that also changes the rate by `up / down`: a row of taps for each place between two input samples. */
export interface Polyphase {
  readonly up: number
  readonly down: number
  /** Taps of a row, a multiple of 4. */
  readonly taps: number
  /** [up × taps] */
  readonly rows: Float32Array
}

/** The band passes whole to this share of the lower rate's half; as far beyond that half nothing is left. */
const PASS_SHARE = 0.96
/** Of what is cut off: under anything that 16 bits hold. */
const ATTENUATION_DB = 110
/** Rates that have no small ratio would need a table of megabytes. */
const MOST_ROWS = 640

/**
 * To a lower rate, linear in phase and without delay: a Kaiser window (Kaiser and Schafer 1980) over a sinc.
 * Null where the rate does not fall, or the rates have no small ratio.
 */
export function designPolyphase(fromHz: number, toHz: number): Polyphase | null {
  const divisor = greatestCommonDivisor(fromHz, toHz)
  const [up, down] = [toHz / divisor, fromHz / divisor]
  if (up >= down || up > MOST_ROWS) return null
  const transition = (2 * Math.PI * (1 - PASS_SHARE) * toHz) / fromHz
  const taps = 4 * Math.ceil((ATTENUATION_DB - 8) / (2.285 * transition) / 4)
  const beta = 0.1102 * (ATTENUATION_DB - 8.7)
  const rows = new Float32Array(up * taps)
  for (let row = 0; row < up; row++) {
    const values = Float64Array.from({ length: taps }, (_, tap) => {
      const distance = tap - (taps / 2 - 1) - row / up
      return sinc((distance * toHz) / fromHz) * kaiser((2 * distance) / taps, beta)
    })
    const sum = values.reduce((total, value) => total + value, 0)
    values.forEach((value, tap) => (rows[row * taps + tap] = value / sum))
  }
  return { up, down, taps, rows }
}

/** The input with as much silence around it as the rows of `count` outputs reach. */
export function paddedInput(mono: Float32Array, { up, down, taps }: Polyphase, count: number): Float32Array {
  const padded = new Float32Array(Math.floor((Math.max(count - 1, 0) * down) / up) + taps)
  padded.set(mono.subarray(0, padded.length - (taps / 2 - 1)), taps / 2 - 1)
  return padded
}

/** Filters `count` outputs out of what `paddedInput` gave. */
export type FilterPolyphase = (padded: Float32Array, polyphase: Polyphase, count: number) => Float32Array

/** The plain twin of the kernel `polyphase`: sums in double. */
export const filterPolyphase: FilterPolyphase = (padded, { up, down, taps, rows }, count) => {
  assert(padded.length >= taps, `${taps} taps need as many samples`)
  return Float32Array.from({ length: count }, (_, index) => {
    const first = Math.floor((index * down) / up)
    const row = ((index * down) % up) * taps
    let sum = 0
    for (let tap = 0; tap < taps; tap++) sum += rows[row + tap] * padded[first + tap]
    return sum
  })
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x))

/** @param x −1…1 over the window */
const kaiser = (x: number, beta: number): number =>
  Math.abs(x) > 1 ? 0 : besselI0(beta * Math.sqrt(1 - x * x)) / besselI0(beta)

/** Modified Bessel function of the first kind, order 0, by its series. */
function besselI0(x: number): number {
  let term = 1
  let sum = 1
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (x / (2 * k)) ** 2
    sum += term
  }
  return sum
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
