import { gate } from '../numbers/gate'
import { accumulate, startFrom, sums, TILE_BYTES, TILE_ROWS } from './tile'

/**
 * Layers of a coupling's network in f32, many rows at once: see the twin, `dsp/gated-stack.ts`, whose sums are taken in
 * the same order. Weights lie in panels of eight outputs, [panel][tap][input][8]; the rows of a tile share each load of them.
 */

/** Rows that meet every panel while they lie in the processor's cache. */
const BLOCK_ROWS: usize = 60

/** Of two rows' three taps (`dsp/paired-taps.ts`). */
const PAIR_PRODUCTS: usize = 4

/** Room for the caller's arrays, kept for good. */
export function allocate(bytes: usize): usize {
  return heap.alloc(bytes)
}

/**
 * y[t] = bias + Σ weight[tap] · x[t + tap · dilation] for `rows` rows, whole
 * tiles; of y are `panels` · 8 numbers a row.
 */
export function convolve(
  weights: usize,
  bias: usize,
  x: usize,
  inputs: usize,
  taps: usize,
  dilation: usize,
  rows: usize,
  panels: usize,
  y: usize,
): void {
  const rowBytes = inputs << 2
  const panelBytes = (taps * inputs) << 5
  const strideBytes = panels << 5
  for (let first: usize = 0; first < rows; first += BLOCK_ROWS) {
    const end = min(first + BLOCK_ROWS, rows)
    for (let panel: usize = 0; panel < panels; panel++) {
      const own = weights + panel * panelBytes
      for (let row = first; row < end; row += TILE_ROWS) {
        startFrom(bias + (panel << 5))
        accumulate(own, x + row * rowBytes, rowBytes, taps, dilation * rowBytes, sums)
        const to = y + row * strideBytes + (panel << 5)
        for (let r: usize = 0; r < TILE_ROWS; r++) {
          v128.store(to + r * strideBytes, v128.load(sums + (r << 5)))
          v128.store(to + r * strideBytes, v128.load(sums + (r << 5), 16), 16)
        }
      }
    }
  }
}

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

/**
 * What goes on of gated rows, and what is heard of them: next = (x + first outputs) · gain, skip += the others. The last
 * layer has none of the first.
 */
export function mix(
  weights: usize,
  bias: usize,
  z: usize,
  channels: usize,
  gated: usize,
  isLast: bool,
  gain: f32,
  x: usize,
  next: usize,
  skip: usize,
  rows: usize,
): void {
  const rowBytes = channels << 2
  const gatedBytes = gated << 2
  const panelBytes = gated << 5
  const residual: usize = isLast ? 0 : channels >> 3
  const panels = residual + (channels >> 3)
  const gains = f32x4.splat(gain)
  for (let panel: usize = 0; panel < panels; panel++) {
    const own = weights + panel * panelBytes
    const goesOn = panel < residual
    const column = (goesOn ? panel : panel - residual) << 5
    for (let row: usize = 0; row < rows; row += TILE_ROWS) {
      startFrom(bias + (panel << 5))
      accumulate(own, z + row * gatedBytes, gatedBytes, 1, 0, sums)
      for (let r: usize = 0; r < TILE_ROWS; r++) {
        const low = v128.load(sums + (r << 5))
        const high = v128.load(sums + (r << 5), 16)
        const place = (row + r) * rowBytes + column
        if (goesOn) {
          v128.store(next + place, f32x4.mul(f32x4.add(v128.load(x + place), low), gains))
          v128.store(next + place, f32x4.mul(f32x4.add(v128.load(x + place, 16), high), gains), 16)
        } else {
          v128.store(skip + place, f32x4.add(v128.load(skip + place), low))
          v128.store(skip + place, f32x4.add(v128.load(skip + place, 16), high), 16)
        }
      }
    }
  }
}

/** None of `count` numbers under 0. */
export function rectify(x: usize, count: usize): void {
  const zero = f32x4.splat(0)
  for (const end = x + (count << 2); x < end; x += 16) v128.store(x, f32x4.pmax(zero, v128.load(x)))
}

function interpolated(before: usize, after: usize, part: v128): v128 {
  const start = v128.load(before)
  return f32x4.add(start, f32x4.mul(part, f32x4.sub(v128.load(after), start)))
}
