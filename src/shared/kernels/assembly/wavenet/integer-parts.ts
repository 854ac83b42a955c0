import { storeTurned } from './tile'
import { Format } from './plan'

/**
 * Everything that an integer sampler does besides multiplying matrices, in whole numbers alone: what
 * `sampling/integer/twin.ts` says one number at a time.
 */

/** Index bytes for one half of a 16-bit entry: out of range, so 0, for the other half. */
const upperOut: u16 = 0xff00
const lowerOut: u16 = 0x00ff

/**
 * tanh of 8 values in units of 5.5 / 2^15, as fractions of 2^15: a cubic in each of 16 intervals. Values are floors, so
 * a negative one is the complement of its mirror image.
 */
function hyperbolicTangent(value: v128, table: usize): v128 {
  const sign = i16x8.shr_s(value, 15)
  const magnitude = v128.xor(value, sign)
  const interval = i16x8.shr_u(magnitude, 11)
  const lower = v128.or(interval, i16x8.splat(upperOut))
  const upper = v128.or(i16x8.shl(interval, 8), i16x8.splat(lowerOut))
  const place = v128.xor(i16x8.shl(magnitude, 5), i16x8.splat(-32768))
  let sum = entryOf(table, 96, lower, upper)
  sum = i16x8.add(i16x8.q15mulr_sat_s(sum, place), entryOf(table, 64, lower, upper))
  sum = i16x8.add(i16x8.q15mulr_sat_s(sum, place), entryOf(table, 32, lower, upper))
  sum = i16x8.add_sat_s(i16x8.q15mulr_sat_s(sum, place), entryOf(table, 0, lower, upper))
  return v128.xor(sum, sign)
}

function entryOf(table: usize, at: usize, lower: v128, upper: v128): v128 {
  return v128.or(v128.swizzle(v128.load(table + at), lower), v128.swizzle(v128.load(table + at, 16), upper))
}

/** Sums of four tangents and their four gates to four channels of activations. `multipliers` are of bytes alone. */
export function storeGates<T>(
  sums: usize,
  pitchWeights: usize,
  pitch: usize,
  multipliers: usize,
  shift: i32,
  table: usize,
  at: usize,
): void {
  const v0 = hyperbolicTangent(gateOf<T>(sums, pitchWeights, pitch, multipliers, shift), table)
  const v1 = hyperbolicTangent(gateOf<T>(sums + 32, pitchWeights, pitch + 4, multipliers, shift), table)
  const v2 = hyperbolicTangent(gateOf<T>(sums + 64, pitchWeights, pitch + 8, multipliers, shift), table)
  const v3 = hyperbolicTangent(gateOf<T>(sums + 96, pitchWeights, pitch + 12, multipliers, shift), table)
  const z01 = gated<T>(v0, v1)
  const z23 = gated<T>(v2, v3)
  if (sizeof<T>() == 1) {
    v128.store(at, i8x16.narrow_i16x8_u(z01, z23))
  } else {
    v128.store(at, v128.shuffle<i32>(z01, z23, 0, 2, 4, 6))
    v128.store(at, v128.shuffle<i32>(z01, z23, 1, 3, 5, 7), 16)
  }
}

function gateOf<T>(sums: usize, pitchWeights: usize, pitch: usize, multipliers: usize, shift: i32): v128 {
  let a = v128.load(sums)
  let b = v128.load(sums, 16)
  if (sizeof<T>() == 1) {
    a = i32x4.mul(a, v128.load(multipliers))
    b = i32x4.mul(b, v128.load(multipliers, 16))
  }
  if (pitchWeights) {
    const p = v128.load32_splat(pitch)
    a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load(pitchWeights), p))
    b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load(pitchWeights, 16), p))
  }
  return i16x8.narrow_i32x4_s(i32x4.shr_s(a, shift), i32x4.shr_s(b, shift))
}

/** tanh(a) (1 + tanh(b)) / 2 of two segments with four channels each, as activations. */
function gated<T>(v0: v128, v1: v128): v128 {
  const tangents = v128.shuffle<i64>(v0, v1, 0, 2)
  const gates = i16x8.add(i16x8.shr_s(v128.shuffle<i64>(v0, v1, 1, 3), 1), i16x8.splat(16384))
  const z = i16x8.q15mulr_sat_s(tangents, gates)
  if (sizeof<T>() == 1) {
    // 63 of 64, rounded to 7 bits around 64.
    const scaled = i16x8.q15mulr_sat_s(z, i16x8.splat(32256))
    return i16x8.add(i16x8.shr_s(i16x8.add_sat_s(scaled, i16x8.splat(256)), 9), i16x8.splat(64))
  }
  return i16x8.shr_s(i16x8.add_sat_s(z, i16x8.splat(2)), 2)
}

/** Adds what a sample's pitch says to 8 rows of four segments. */
export function addPitch(sums: usize, weights: usize, pitch: usize): void {
  for (const end = sums + 128; sums < end; sums += 32, pitch += 4) {
    const p = v128.load32_splat(pitch)
    v128.store(sums, i32x4.add(v128.load(sums), i32x4.dot_i16x8_s(v128.load(weights), p)))
    v128.store(sums, i32x4.add(v128.load(sums, 16), i32x4.dot_i16x8_s(v128.load(weights, 16), p)), 16)
  }
}

/** Adds 8 rows of sums, shifted, to a stream. */
export function addSums<T>(sums: usize, multipliers: usize, shift: i32, stream: usize): void {
  for (let segment: usize = 0; segment < 4; segment++) {
    const from = sums + (segment << 5)
    const to = stream + (segment << 4)
    let a = v128.load(from)
    let b = v128.load(from, 16)
    if (sizeof<T>() == 1) {
      a = i32x4.mul(a, v128.load(multipliers))
      b = i32x4.mul(b, v128.load(multipliers, 16))
    }
    v128.store(to, i32x4.add(v128.load(to), i32x4.shr_s(a, shift)))
    v128.store(to, i32x4.add(v128.load(to, 64), i32x4.shr_s(b, shift)), 64)
  }
}

/** As activations, and where asked none under 0. */
export function storeActivations<T>(stream: usize, rows: usize, format: Format, at: usize, isRectified: bool): void {
  const end = stream + (rows << 4)
  const multiplier = i16x8.splat(<i16>format.multiplier)
  const least = i16x8.splat(isRectified ? 0 : sizeof<T>() == 1 ? -63 : -8191)
  for (; stream < end; stream += 128) {
    const q0 = activationsOf<T>(stream, <i32>format.shift, multiplier, least)
    const q1 = activationsOf<T>(stream + 16, <i32>format.shift, multiplier, least)
    const q2 = activationsOf<T>(stream + 32, <i32>format.shift, multiplier, least)
    const q3 = activationsOf<T>(stream + 48, <i32>format.shift, multiplier, least)
    if (sizeof<T>() == 1) {
      const q01 = i8x16.narrow_i16x8_u(q0, q1)
      const q23 = i8x16.narrow_i16x8_u(q2, q3)
      v128.store(at, v128.shuffle<i32>(q01, q23, 0, 2, 4, 6))
      v128.store(at, v128.shuffle<i32>(q01, q23, 1, 3, 5, 7), 16)
      at += 32
    } else {
      storeTurned(at, q0, q1, q2, q3)
      at += 64
    }
  }
}

/** 8 rows of one segment. */
function activationsOf<T>(stream: usize, shift: i32, multiplier: v128, least: v128): v128 {
  const a = i32x4.shr_s(v128.load(stream), shift)
  const b = i32x4.shr_s(v128.load(stream, 64), shift)
  const q = i16x8.max_s(i16x8.q15mulr_sat_s(i16x8.narrow_i32x4_s(a, b), multiplier), least)
  if (sizeof<T>() == 1) return i16x8.add(i16x8.min_s(q, i16x8.splat(63)), i16x8.splat(64))
  return i16x8.min_s(q, i16x8.splat(8191))
}

/** Both inputs times their weights [rows / 4][newer, older, bias][4]. */
export function storeFirst(weights: usize, rows: usize, shift: i32, older: i32, newer: i32, at: usize): void {
  const before = i32x4.splat(older)
  const now = i32x4.splat(newer)
  for (let row: usize = 0; row < rows; row += 4, at += 64, weights += 48) {
    const sum = i32x4.add(i32x4.mul(v128.load(weights, 16), before), v128.load(weights, 32))
    v128.store(at, i32x4.shr_s(i32x4.add(i32x4.mul(v128.load(weights), now), sum), shift))
  }
}

/** Adds inputs times their weights [rows / 4][taps][4]. */
export function addLags(weights: usize, rows: usize, shift: i32, inputs: usize, taps: usize, at: usize): void {
  for (let row: usize = 0; row < rows; row += 4, at += 64) {
    let sum = i32x4.splat(0)
    for (let tap: usize = 0; tap < taps; tap++, weights += 16)
      sum = i32x4.add(sum, i32x4.mul(v128.load(weights), v128.load32_splat(inputs + (tap << 2))))
    v128.store(at, i32x4.add(v128.load(at), i32x4.shr_s(sum, shift)))
  }
}

/** Sums of f32 to the integers that a panel starts from, in place. Each row has its scale. */
export function roundSums(sums: usize, scales: usize, limit: f32): void {
  const most = f32x4.splat(limit)
  const least = f32x4.splat(-limit)
  for (let at: usize = 0; at < 128; at += 16) {
    const scaled = f32x4.mul(v128.load(sums + at), v128.load(scales + (at & 16)))
    const limited = f32x4.pmin(most, f32x4.pmax(least, scaled))
    v128.store(sums + at, i32x4.trunc_sat_f32x4_s(f32x4.nearest(limited)))
  }
}

/** A weight under 2^-24 of the greatest counts as none. */
const LEAST_BITS: u64 = 24

/**
 * The first level whose cumulated weight passes its share of the sum. Scores are powers of two, and so whole numbers
 * and a look into a table make their weights. They lie as [levels / 4][segment][4].
 */
export function draw(scores: usize, levels: usize, sharpness: u32, uniform: u32, powers: usize, work: usize): i32 {
  let highest = load<i32>(scores)
  for (let level: usize = 1; level < levels; level++) highest = max<i32>(highest, load<i32>(scoreAt(scores, level)))
  let total: u64 = 0
  for (let level: usize = 0; level < levels; level++) {
    const below = <u64>(<i64>highest - <i64>load<i32>(scoreAt(scores, level)))
    const exponent = (below * <u64>sharpness) >> 16
    let weight: u32 = 0
    if (exponent >> 16 < LEAST_BITS) {
      weight = load<u32>(powers + ((((<usize>exponent) & 0xffff) >> 7) << 2)) >> ((<u32>exponent) >> 16)
    }
    store<u32>(work + (level << 2), weight)
    total += weight
  }
  const threshold = (total * <u64>uniform) >> 32
  let cumulated: u64 = 0
  for (let level: usize = 0; level < levels; level++) {
    cumulated += load<u32>(work + (level << 2))
    if (cumulated > threshold) return <i32>level
  }
  return <i32>levels - 1
}

function scoreAt(scores: usize, level: usize): usize {
  return scores + ((level >> 2) << 6) + ((level & 3) << 2)
}
