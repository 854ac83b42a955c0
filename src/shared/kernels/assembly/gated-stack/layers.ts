import { accumulate, startFrom, sums, TILE_ROWS } from './tile'

/**
 * Layers of a coupling's network in f32, many rows at once: see the twin, `dsp/gated-stack.ts`, whose sums are taken in
 * the same order. Weights lie in panels of eight outputs, [panel][tap][input][8]; the rows of a tile share each load.
 */

/** Rows that meet every panel while they lie in the processor's cache. */
const BLOCK_ROWS: usize = 60

/** Room for the caller's arrays, kept for good. */
export function allocate(bytes: usize): usize {
  return heap.alloc(bytes)
}

/**
 * y[t] = bias + Σ weight[tap] · x[t + tap · dilation] for `rows` rows, whole tiles; of y are `panels` · 8 numbers a row.
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
