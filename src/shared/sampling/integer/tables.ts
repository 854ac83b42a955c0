/**
 * Tables that integer samplers look up, from additions, multiplications, divisions and square roots alone: the same on
 * every machine, which `Math.exp` does not promise.
 */

/** The gate's argument in 16 bits reaches this far on either side; beyond it tanh is 1 but for 3e-5. */
export const TANGENT_REACH = 5.5
/** 16-bit units of a gate's argument. */
export const GATE_UNIT = 32768 / TANGENT_REACH
const INTERVALS = 16
const FRACTION = 32768

/**
 * Coefficients of tanh's cubic in each interval, as fractions of 2^15: [power][interval]. Its variable is the place in
 * the interval, −1…1, of a value that was rounded down: half a unit is added.
 */
export function tangentCoefficients(): readonly Int16Array[] {
  const coefficients = Array.from({ length: 4 }, () => new Int16Array(INTERVALS))
  const half = TANGENT_REACH / INTERVALS / 2
  for (let interval = 0; interval < INTERVALS; interval++) {
    const middle = (2 * interval + 1 + 1 / 2048) * half
    const cubic = cubicThrough((place) => tanhOf(middle + half * place))
    cubic.forEach((value, power) => {
      coefficients[power][interval] = Math.min(Math.round(value * FRACTION), FRACTION - 1)
    })
  }
  return coefficients
}

/** The table as kernels look it up: low bytes of a power's 16 intervals, then their high bytes. */
export function tangentTable(): Uint8Array {
  const table = new Uint8Array(4 * 2 * INTERVALS)
  tangentCoefficients().forEach((values, power) => {
    values.forEach((value, interval) => {
      table[32 * power + interval] = value & 0xff
      table[32 * power + INTERVALS + interval] = (value >> 8) & 0xff
    })
  })
  return table
}

const POWERS = 512
/** What a weight of 1 is drawn with. */
const WEIGHT_UNIT = 2 ** 23

/** 2^-x in the middle of each of 512 steps from 0 to 1. */
export function powerTable(): Uint32Array {
  // 2^(-1/1024) is the tenth square root of a half.
  let step = 0.5
  for (let root = 0; root < 10; root++) step = Math.sqrt(step)
  const table = new Uint32Array(POWERS)
  let power = step
  for (let index = 0; index < POWERS; index++, power *= step * step) table[index] = Math.round(power * WEIGHT_UNIT)
  return table
}

/** The cubic that meets f where Chebyshev's fourth polynomial is 0, lowest power first. */
function cubicThrough(f: (place: number) => number): readonly number[] {
  const inner = Math.sqrt((2 - Math.sqrt(2)) / 4)
  const outer = Math.sqrt((2 + Math.sqrt(2)) / 4)
  const even = [inner, outer].map((place) => (f(place) + f(-place)) / 2)
  const odd = [inner, outer].map((place) => (f(place) - f(-place)) / (2 * place))
  const span = outer * outer - inner * inner
  const c2 = (even[1] - even[0]) / span
  const c3 = (odd[1] - odd[0]) / span
  return [even[0] - c2 * inner * inner, odd[0] - c3 * inner * inner, c2, c3]
}

function tanhOf(x: number): number {
  const square = exponentialOf(2 * x)
  return (square - 1) / (square + 1)
}

/** e^x from its series at x / 1024, squared ten times. */
function exponentialOf(x: number): number {
  const small = x / 1024
  let sum = 1
  for (let power = 12; power > 0; power--) sum = 1 + (small / power) * sum
  for (let squaring = 0; squaring < 10; squaring++) sum *= sum
  return sum
}
