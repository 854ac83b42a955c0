import { gate } from '../numbers/gate'
import { accumulate, sums, TILE_BYTES, TILE_ROWS } from './tile'

/** Three taps of two rows that lie a dilation apart, by four products instead of six: see `dsp/paired-taps.ts`. */
const PAIR_PRODUCTS: usize = 4

/**
 * What pairs of rows multiply, for `pairs` pairs from `first` on: planes of [pairs][channels] for each of the four
 * products, then of [pairs][extras] for what stands beside the earlier and the later rows. `x` is where the first row's
 * earliest tap lies.
 */
export function pairUp(
  x: usize,
  channels: usize,
  dilation: usize,
  extra: usize,
  extras: usize,
  first: usize,
  pairs: usize,
  planes: usize,
): void {
  const rowBytes = channels << 2
  const extraBytes = extras << 2
  const apart = dilation * rowBytes
  const plane = pairs * rowBytes
  const beside = planes + PAIR_PRODUCTS * plane
  for (let pair: usize = 0; pair < pairs; pair++) {
    const row = earlierRow(first + pair, dilation)
    let to = planes + pair * rowBytes
    let from = x + row * rowBytes
    for (const end = from + rowBytes; from < end; from += 16, to += 16) {
      const d0 = v128.load(from)
      const d1 = v128.load(from + apart)
      const d2 = v128.load(from + 2 * apart)
      const d3 = v128.load(from + 3 * apart)
      v128.store(to, f32x4.sub(d0, d2))
      v128.store(to + plane, f32x4.add(d1, d2))
      v128.store(to + 2 * plane, f32x4.sub(d2, d1))
      v128.store(to + 3 * plane, f32x4.sub(d1, d3))
    }
    memory.copy(beside + pair * extraBytes, extra + row * extraBytes, extraBytes)
    memory.copy(beside + (pairs + pair) * extraBytes, extra + (row + dilation) * extraBytes, extraBytes)
  }
}

/** The earlier row of a pair: pairs are counted in runs of a dilation's length. */
function earlierRow(pair: usize, dilation: usize): usize {
  return pair + (pair / dilation) * dilation
}

/**
 * Tangents times gates of the rows of `pairs` pairs from `first` on, whole tiles, into [row][gated]: from the
 * condition's frames, which go over into each other, the pairs' products with three taps, and `extras` more numbers
 * beside each row. A panel is four tangents and their gates, halved.
 */
export function gates(
  weights: usize,
  held: usize,
  frameOf: usize,
  partOf: usize,
  planes: usize,
  channels: usize,
  gated: usize,
  dilation: usize,
  extras: usize,
  first: usize,
  pairs: usize,
  z: usize,
): void {
  const rowBytes = channels << 2
  const extraBytes = extras << 2
  const plane = pairs * rowBytes
  const beside = planes + PAIR_PRODUCTS * plane
  const productBytes = channels << 5
  const tapsBytes = PAIR_PRODUCTS * productBytes
  const panelBytes = tapsBytes + (extras << 5)
  for (let panel: usize = 0; panel < gated >> 2; panel++) {
    const own = weights + panel * panelBytes
    for (let pair: usize = 0; pair < pairs; pair += TILE_ROWS) {
      memory.fill(sums, 0, PAIR_PRODUCTS * TILE_BYTES)
      for (let product: usize = 0; product < PAIR_PRODUCTS; product++) {
        const from = planes + product * plane + pair * rowBytes
        accumulate(own + product * productBytes, from, rowBytes, 1, 0, sums + product * TILE_BYTES)
      }
      for (let r: usize = 0; r < TILE_ROWS; r++) {
        const row = earlierRow(first + pair + r, dilation)
        const at = sums + (r << 5)
        hearPair(at)
        hearPair(at + 16)
        addHeld(held, frameOf, partOf, row, gated, panel, at)
        addHeld(held, frameOf, partOf, row + dilation, gated, panel, at + TILE_BYTES)
      }
      if (extras) {
        const from = beside + pair * extraBytes
        accumulate(own + tapsBytes, from, extraBytes, 1, 0, sums)
        accumulate(own + tapsBytes, from + pairs * extraBytes, extraBytes, 1, 0, sums + TILE_BYTES)
      }
      for (let r: usize = 0; r < TILE_ROWS; r++) {
        const row = earlierRow(first + pair + r, dilation)
        const at = sums + (r << 5)
        storeGates(at, z + ((row * gated) << 2) + (panel << 4))
        storeGates(at + TILE_BYTES, z + (((row + dilation) * gated) << 2) + (panel << 4))
      }
    }
  }
}

/** The four products of a pair to what its rows hear, in place of the first two. */
function hearPair(at: usize): void {
  const m0 = v128.load(at)
  const m1 = v128.load(at + TILE_BYTES)
  const m2 = v128.load(at + 2 * TILE_BYTES)
  const m3 = v128.load(at + 3 * TILE_BYTES)
  v128.store(at, f32x4.add(f32x4.add(m0, m1), m2))
  v128.store(at + TILE_BYTES, f32x4.sub(f32x4.sub(m1, m2), m3))
}

/** Adds a row's condition to a panel's sums. */
function addHeld(held: usize, frameOf: usize, partOf: usize, row: usize, gated: usize, panel: usize, at: usize): void {
  const heldBytes = gated << 3
  const from = held + <usize>load<u32>(frameOf + (row << 2)) * heldBytes + (panel << 5)
  const part = v128.load32_splat(partOf + (row << 2))
  v128.store(at, f32x4.add(interpolated(from, from + heldBytes, part), v128.load(at)))
  v128.store(at, f32x4.add(interpolated(from + 16, from + heldBytes + 16, part), v128.load(at, 16)), 16)
}

function storeGates(from: usize, to: usize): void {
  v128.store(to, gate(v128.load(from), v128.load(from, 16)))
}

function interpolated(before: usize, after: usize, part: v128): v128 {
  const start = v128.load(before)
  return f32x4.add(start, f32x4.mul(part, f32x4.sub(v128.load(after), start)))
}
