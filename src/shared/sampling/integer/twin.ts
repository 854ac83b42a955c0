import { firstLagOffset } from '../../networks/wavenet-autoencoder/pitch-lags.ts'
import { integerKinds, PITCH_UNIT, type IntegerPanels } from './panels.ts'
import type { ActivationFormat, IntegerDecoder, IntegerFirst } from './quantize.ts'
import { powerTable, tangentCoefficients } from './tables.ts'

/**
 * The plain twin of the integer samplers: one segment, one number at a time, and what the kernels are held to, bit for
 * bit. A start is what `startsOf` makes of the condition.
 */
export interface IntegerTwin {
  /** The level of the next sample. @param pitch 0…1 @param lag of a period, 0 for none */
  sing(starts: Int32Array, pitch: number, uniform: number, temperature: number, lag?: number): number
}

export function createIntegerTwin(decoder: IntegerDecoder): IntegerTwin {
  const { residual, levels, dilations } = decoder
  const facts = integerKinds[decoder.kind]
  const queues = dilations.map((dilation) =>
    Array.from({ length: dilation + 1 }, () => new Int16Array(residual).fill(facts.zeroActivation)),
  )
  let [older, newer] = [0, 0]
  let sample = 0
  const inputs: number[] = []

  return {
    sing(starts, pitch, uniform, temperature, lag = 0) {
      const wholePitch = Math.round(pitch * PITCH_UNIT)
      const stream = firstOf(decoder.first, older, newer)
      const skips = firstOf(decoder.firstSkip, older, newer)
      if (decoder.lags !== null && lag > 0) {
        addLags(decoder.lags.toStream, inputs, lag, stream)
        addLags(decoder.lags.toSkips, inputs, lag, skips)
      }
      decoder.layers.forEach((layer, index) => {
        const queue = queues[index]
        const now = queue[sample % queue.length]
        const past = queue[(sample + 1) % queue.length]
        now.set(activationsOf(stream, layer.format, facts.greatestActivation, facts.zeroActivation))
        const heard = Int16Array.of(...past, ...now)
        const gates = sumsOf(layer.gate, heard, starts.subarray(2 * residual * index), layer.pitch, wholePitch)
        const mixed = sumsOf(layer.mix, gatedOf(gates, facts.weightBytes), layer.mixBias, null, 0)
        mixed.forEach((value, row) => {
          if (row < residual) stream[row] += value
          else skips[row - residual] += value
        })
      })
      const greatest = integerKinds.w16a14.greatestActivation
      const heads = starts.subarray(2 * residual * dilations.length)
      const heard = activationsOf(skips, decoder.headFormat, greatest, 0).map((value) => Math.max(value, 0))
      const hidden = sumsOf(decoder.head, heard, heads, decoder.headPitch, wholePitch)
      const last = activationsOf(hidden, decoder.logitsFormat, greatest, 0).map((value) => Math.max(value, 0))
      const scores = sumsOf(decoder.logits, last, decoder.logitsBias, null, 0)
      const level = drawLevel(scores, Math.round(decoder.sharpness / temperature), uniform)
      older = newer
      newer = 2 * level - (levels - 1)
      inputs.push(newer)
      sample++
      return level
    },
  }
}

/**
 * What sums start from in a frame: f32 as everywhere, rounded to whole numbers at the end.
 * @param base bias and fixed part of the condition, per row
 * @param heldWeights [rows × held]
 */
export function startsOf(
  { condition }: IntegerDecoder,
  base: Float32Array,
  heldWeights: Float64Array,
  held: Float32Array,
): Int32Array {
  return Int32Array.from(base, (start, row) => {
    let sum = start
    for (let column = 0; column < held.length; column++)
      sum = Math.fround(sum + Math.fround(Math.fround(heldWeights[row * held.length + column]) * held[column]))
    const limit = condition.limits[Math.floor(row / 8)]
    return roundToEven(Math.min(Math.max(Math.fround(sum * condition.scales[row]), -limit), limit))
  })
}

const firstOf = ({ values, shift }: IntegerFirst, older: number, newer: number): Int32Array =>
  Int32Array.from({ length: values.length / 3 }, (_, row) => {
    const [now, before, bias] = values.subarray(3 * row, 3 * row + 3)
    return (now * newer + before * older + bias) >> shift
  })

function addLags({ values, shift }: IntegerFirst, inputs: readonly number[], lag: number, sums: Int32Array): void {
  const taps = values.length / sums.length
  const from = inputs.length - lag + firstLagOffset(taps)
  for (let row = 0; row < sums.length; row++) {
    let sum = 0
    for (let tap = Math.max(-from, 0); tap < taps; tap++) sum += values[row * taps + tap] * inputs[from + tap]
    sums[row] += sum >> shift
  }
}

function activationsOf(
  stream: Int32Array,
  { shift, multiplier }: ActivationFormat,
  greatest: number,
  zero: number,
): Int16Array {
  return Int16Array.from(stream, (value) => {
    const fraction = fractionOf(within16(value >> shift), multiplier)
    return Math.min(Math.max(fraction, -greatest), greatest) + zero
  })
}

function sumsOf(
  { rows, columns, values, shifts, multipliers }: IntegerPanels,
  x: Int16Array,
  starts: Int32Array,
  pitchWeights: Int16Array | null,
  pitch: number,
): Int32Array {
  const sums = new Int32Array(rows)
  for (let row = 0; row < rows; row++) {
    let sum = starts[row]
    for (let column = 0; column < columns; column++) sum += values[row * columns + column] * x[column]
    if (multipliers !== null) sum = Math.imul(sum, multipliers[row])
    if (pitchWeights !== null) sum += pitchWeights[row] * pitch
    sums[row] = (sum | 0) >> shifts[Math.floor(row / 8)]
  }
  return sums
}

/** Panels of four tangents and four gates to channels. */
function gatedOf(gates: Int32Array, weightBytes: 1 | 2): Int16Array {
  return Int16Array.from({ length: gates.length / 2 }, (_, channel) => {
    const row = 8 * Math.floor(channel / 4) + (channel % 4)
    const tangent = tangentOf(within16(gates[row]))
    const z = fractionOf(tangent, (tangentOf(within16(gates[row + 4])) >> 1) + 16384)
    if (weightBytes === 2) return within16(z + 2) >> 2
    return (within16(fractionOf(z, 32256) + 256) >> 9) + 64
  })
}

const coefficients = tangentCoefficients()

/** tanh of a 16-bit argument: see `TANGENT_REACH`. */
function tangentOf(value: number): number {
  const sign = value >> 15
  const magnitude = value ^ sign
  const interval = magnitude >> 11
  const place = ((magnitude << 5) & 0xffff) - 32768
  const [c0, c1, c2, c3] = coefficients.map((power) => power[interval])
  const curve = fractionOf(fractionOf(c3, place) + c2, place)
  return within16(fractionOf(curve + c1, place) + c0) ^ sign
}

const powers = powerTable()
const LEAST_BITS = 24n

function drawLevel(scores: Int32Array, sharpness: number, uniform: number): number {
  const highest = scores.reduce((most, score) => Math.max(most, score))
  const weights = Array.from(scores, (score) => {
    const exponent = (BigInt(highest - score) * BigInt(sharpness)) >> 16n
    if (exponent >> 16n >= LEAST_BITS) return 0
    return powers[Number(exponent & 0xffffn) >> 7] >>> Number(exponent >> 16n)
  })
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const threshold = Number((BigInt(total) * BigInt(uniform)) >> 32n)
  let cumulated = 0
  for (let level = 0; level < weights.length; level++) {
    cumulated += weights[level]
    if (cumulated > threshold) return level
  }
  return weights.length - 1
}

const within16 = (value: number): number => Math.min(Math.max(value, -32768), 32767)

/** A product of fractions of 2^15, rounded. */
const fractionOf = (a: number, b: number): number => within16((a * b + 16384) >> 15)

function roundToEven(value: number): number {
  const down = Math.floor(value)
  const rest = value - down
  if (rest !== 0.5) return Math.round(value)
  return down % 2 === 0 ? down : down + 1
}
