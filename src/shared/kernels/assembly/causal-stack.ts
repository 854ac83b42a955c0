import { gate } from './numbers/gate'

/**
 * A causal network in f32, one sample at a time: see the twin, `dsp/causal-stack.ts`, whose sums are taken in the same
 * order. Weights lie in panels of eight outputs, [panel][input][8], and are read once for every sample.
 */

/** Room for the caller's arrays, kept for good. */
export function allocate(bytes: usize): usize {
  return heap.alloc(bytes)
}

/** y = from + Σ weights · x, for `panels` times eight outputs. */
export function multiply(weights: usize, from: usize, x: usize, inputs: usize, panels: usize, y: usize): void {
  const panelBytes = inputs << 5
  for (; panels >= 4; panels -= 4) {
    fourPanels(weights, from, x, panelBytes, y)
    weights += panelBytes << 2
    from += 128
    y += 128
  }
  for (; panels > 0; panels--) {
    onePanel(weights, from, x, panelBytes, y)
    weights += panelBytes
    from += 32
    y += 32
  }
}

/**
 * A layer: its gates start between two frames of the condition; of what they give, the first `channels` go on and the
 * `skip` others are added up.
 * @param row what was, then what is: [2 · channels]
 * @param slot of the queue: what was a dilation ago, and then what is
 */
export function layer(
  gates: usize,
  before: usize,
  after: usize,
  part: f32,
  mix: usize,
  bias: usize,
  slot: usize,
  channels: usize,
  skip: usize,
  gain: f32,
  row: usize,
  sums: usize,
  skips: usize,
): void {
  const bytes = channels << 2
  const now = row + bytes
  memory.copy(row, slot, bytes)
  memory.copy(slot, now, bytes)
  const way = f32x4.splat(part)
  for (let at: usize = 0; at < bytes << 1; at += 16) {
    const start = v128.load(before + at)
    v128.store(sums + at, f32x4.add(start, f32x4.mul(way, f32x4.sub(v128.load(after + at), start))))
  }
  multiply(gates, sums, row, channels << 1, channels >> 2, sums)
  // Gated where the sums were: what is written was read.
  for (let at: usize = 0; at < bytes; at += 16) {
    const from = sums + (at << 1)
    v128.store(sums + at, gate(v128.load(from), v128.load(from, 16)))
  }
  const mixed = sums + bytes
  multiply(mix, bias, sums, channels, (channels + skip) >> 3, mixed)
  const gains = f32x4.splat(gain)
  for (let at: usize = 0; at < bytes; at += 16)
    v128.store(now + at, f32x4.mul(f32x4.add(v128.load(now + at), v128.load(mixed + at)), gains))
  const heard = mixed + bytes
  for (let at: usize = 0; at < skip << 2; at += 16)
    v128.store(skips + at, f32x4.add(v128.load(skips + at), v128.load(heard + at)))
}

/** None of `count` numbers under 0. */
export function rectify(x: usize, count: usize): void {
  const zero = f32x4.splat(0)
  for (const end = x + (count << 2); x < end; x += 16) v128.store(x, f32x4.pmax(zero, v128.load(x)))
}

/** Eight sums that do not wait for each other: as many as registers hold. */
function fourPanels(weights: usize, from: usize, x: usize, panelBytes: usize, y: usize): void {
  let second = weights + panelBytes
  let third = second + panelBytes
  let fourth = third + panelBytes
  let a0 = v128.load(from)
  let b0 = v128.load(from, 16)
  let a1 = v128.load(from, 32)
  let b1 = v128.load(from, 48)
  let a2 = v128.load(from, 64)
  let b2 = v128.load(from, 80)
  let a3 = v128.load(from, 96)
  let b3 = v128.load(from, 112)
  const end = weights + panelBytes
  do {
    const input = v128.load32_splat(x)
    a0 = f32x4.add(a0, f32x4.mul(v128.load(weights), input))
    b0 = f32x4.add(b0, f32x4.mul(v128.load(weights, 16), input))
    a1 = f32x4.add(a1, f32x4.mul(v128.load(second), input))
    b1 = f32x4.add(b1, f32x4.mul(v128.load(second, 16), input))
    a2 = f32x4.add(a2, f32x4.mul(v128.load(third), input))
    b2 = f32x4.add(b2, f32x4.mul(v128.load(third, 16), input))
    a3 = f32x4.add(a3, f32x4.mul(v128.load(fourth), input))
    b3 = f32x4.add(b3, f32x4.mul(v128.load(fourth, 16), input))
    weights += 32
    second += 32
    third += 32
    fourth += 32
    x += 4
  } while (weights != end)
  v128.store(y, a0)
  v128.store(y, b0, 16)
  v128.store(y, a1, 32)
  v128.store(y, b1, 48)
  v128.store(y, a2, 64)
  v128.store(y, b2, 80)
  v128.store(y, a3, 96)
  v128.store(y, b3, 112)
}

function onePanel(weights: usize, from: usize, x: usize, panelBytes: usize, y: usize): void {
  let a = v128.load(from)
  let b = v128.load(from, 16)
  const end = weights + panelBytes
  do {
    const input = v128.load32_splat(x)
    a = f32x4.add(a, f32x4.mul(v128.load(weights), input))
    b = f32x4.add(b, f32x4.mul(v128.load(weights, 16), input))
    weights += 32
    x += 4
  } while (weights != end)
  v128.store(y, a)
  v128.store(y, b, 16)
}
