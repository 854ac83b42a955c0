import { gate } from '../numbers/gate'
import { plusProduct } from '../numbers/plus-product'
import { storeTurned } from './tile'

/** Sums of four tangents and their four gates to four channels of activations. */
export function storeGates(sums: usize, pitchWeights: usize, pitch: usize, at: usize): void {
  storeTurned(
    at,
    gateOf(sums, pitchWeights, pitch),
    gateOf(sums + 32, pitchWeights, pitch + 4),
    gateOf(sums + 64, pitchWeights, pitch + 8),
    gateOf(sums + 96, pitchWeights, pitch + 12),
  )
}

function gateOf(sums: usize, pitchWeights: usize, pitch: usize): v128 {
  let a = v128.load(sums)
  let b = v128.load(sums, 16)
  if (pitchWeights) {
    const p = v128.load32_splat(pitch)
    a = plusProduct(v128.load(pitchWeights), p, a)
    b = plusProduct(v128.load(pitchWeights, 16), p, b)
  }
  return gate(a, b)
}

/** Adds what a sample's pitch says to 8 rows of four segments. */
export function addPitch(sums: usize, weights: usize, pitch: usize): void {
  for (const end = sums + 128; sums < end; sums += 32, pitch += 4) {
    const p = v128.load32_splat(pitch)
    v128.store(sums, f32x4.add(v128.load(sums), f32x4.mul(v128.load(weights), p)))
    v128.store(sums, f32x4.add(v128.load(sums, 16), f32x4.mul(v128.load(weights, 16), p)), 16)
  }
}

/** Adds 8 rows of sums to a stream. */
export function addSums(sums: usize, stream: usize): void {
  for (let segment: usize = 0; segment < 4; segment++) {
    const from = sums + (segment << 5)
    const to = stream + (segment << 4)
    v128.store(to, f32x4.add(v128.load(to), v128.load(from)))
    v128.store(to, f32x4.add(v128.load(to, 64), v128.load(from, 16)), 64)
  }
}

/** As activations, and where asked none under 0. */
export function storeActivations(stream: usize, rows: usize, at: usize, isRectified: bool): void {
  const end = stream + (rows << 4)
  for (; stream < end; stream += 64, at += 64) {
    let v0 = v128.load(stream)
    let v1 = v128.load(stream, 16)
    let v2 = v128.load(stream, 32)
    let v3 = v128.load(stream, 48)
    if (isRectified) {
      const zero = f32x4.splat(0)
      v0 = f32x4.pmax(zero, v0)
      v1 = f32x4.pmax(zero, v1)
      v2 = f32x4.pmax(zero, v2)
      v3 = f32x4.pmax(zero, v3)
    }
    storeTurned(at, v0, v1, v2, v3)
  }
}

/** Both inputs times their weights [rows / 4][newer, older, bias][4]. */
export function storeFirst(weights: usize, rows: usize, older: i32, newer: i32, at: usize): void {
  const before = f32x4.splat(<f32>older)
  const now = f32x4.splat(<f32>newer)
  for (let row: usize = 0; row < rows; row += 4, at += 64, weights += 48) {
    const sum = f32x4.add(f32x4.mul(v128.load(weights, 16), before), v128.load(weights, 32))
    v128.store(at, f32x4.add(f32x4.mul(v128.load(weights), now), sum))
  }
}

/** Adds inputs times their weights [rows / 4][taps][4]. */
export function addLags(weights: usize, rows: usize, inputs: usize, taps: usize, at: usize): void {
  for (let row: usize = 0; row < rows; row += 4, at += 64) {
    let sum = v128.load(at)
    for (let tap: usize = 0; tap < taps; tap++, weights += 16)
      sum = f32x4.add(sum, f32x4.mul(v128.load(weights), f32x4.splat(<f32>load<i32>(inputs + (tap << 2)))))
    v128.store(at, sum)
  }
}

/** Greatest magnitudes so far, [rows], of the four segments. */
export function keepPeaks(stream: usize, rows: usize, peaks: usize): void {
  for (let row: usize = 0; row < rows; row += 4, stream += 64, peaks += 16) {
    let most = v128.load(peaks)
    for (let segment: usize = 0; segment < 64; segment += 16)
      most = f32x4.pmax(most, f32x4.abs(v128.load(stream + segment)))
    v128.store(peaks, most)
  }
}

/** e^x of x ≤ 0 within 1e-6 of the value; under −80 as −80. */
function exponential(x: v128): v128 {
  x = f32x4.pmax(f32x4.splat(-80), x)
  const turns = f32x4.nearest(f32x4.mul(x, f32x4.splat(1.44269504)))
  const nearer = f32x4.sub(x, f32x4.mul(turns, f32x4.splat(0.693359375)))
  const r = f32x4.add(nearer, f32x4.mul(turns, f32x4.splat(2.1219444e-4)))
  let p = f32x4.splat(1.98756915e-4)
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3))
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3))
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2))
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1))
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1))
  p = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(p, r), r), r), f32x4.splat(1))
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(turns), i32x4.splat(127)), 23)
  return f32x4.mul(p, power)
}

/** The first level whose cumulated probability passes uniform / 2^32. Scores lie as [levels / 4][segment][4]. */
export function draw(scores: usize, levels: usize, sharpness: f32, uniform: u32, work: usize): i32 {
  const end = scores + (levels << 4)
  let most = v128.load(scores)
  for (let at = scores; at < end; at += 64) most = f32x4.pmax(most, v128.load(at))
  const highest = f32x4.splat(
    max<f32>(
      max<f32>(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
      max<f32>(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
    ),
  )
  const sharpnesses = f32x4.splat(sharpness)
  let total: f64 = 0
  let to = work
  for (let at = scores; at < end; at += 64, to += 16) {
    const weights = exponential(f32x4.mul(f32x4.sub(v128.load(at), highest), sharpnesses))
    v128.store(to, weights)
    total += <f64>f32x4.extract_lane(weights, 0)
    total += <f64>f32x4.extract_lane(weights, 1)
    total += <f64>f32x4.extract_lane(weights, 2)
    total += <f64>f32x4.extract_lane(weights, 3)
  }
  const threshold = total * (<f64>uniform / 4294967296.0)
  let cumulated: f64 = 0
  for (let level: usize = 0; level < levels; level++) {
    cumulated += <f64>load<f32>(work + (level << 2))
    if (cumulated > threshold) return <i32>level
  }
  return <i32>levels - 1
}
