/** Room for the caller's arrays, kept for good. */
export function allocate(bytes: usize): usize {
  return heap.alloc(bytes)
}

/**
 * y[t] = bias + Σ weight[tap] · x[t + tap · dilation] for `count` frames, all in f64: see the twin. Weights lie as
 * [block][tap][input][4], four outputs together; rows of y are `stride` apart. No sum is split and nothing is fused,
 * so that the bits are those of plain code.
 */
export function convolve(
  weights: usize,
  bias: usize,
  x: usize,
  inputs: i32,
  taps: i32,
  stride: i32,
  dilation: i32,
  count: i32,
  y: usize,
): void {
  const rowBytes = (<usize>inputs) << 3
  const blockBytes = ((<usize>(taps * inputs)) << 3) << 2
  for (let block = 0; block < stride; block += 4) {
    const blockWeights = weights + <usize>(block >> 2) * blockBytes
    const blockBias = bias + ((<usize>block) << 3)
    let frame = 0
    for (; frame + 4 <= count; frame += 4) {
      const from = x + <usize>frame * rowBytes
      const to = y + ((<usize>(frame * stride + block)) << 3)
      fourFrames(blockWeights, blockBias, from, rowBytes, taps, dilation, to, (<usize>stride) << 3)
    }
    for (; frame < count; frame++) {
      const from = x + <usize>frame * rowBytes
      oneFrame(blockWeights, blockBias, from, rowBytes, taps, dilation, y + ((<usize>(frame * stride + block)) << 3))
    }
  }
}

/** Four frames share each load of weights. */
function fourFrames(
  weights: usize,
  bias: usize,
  x: usize,
  rowBytes: usize,
  taps: i32,
  dilation: i32,
  y: usize,
  strideBytes: usize,
): void {
  const low = v128.load(bias)
  const high = v128.load(bias, 16)
  let a0 = low
  let a1 = high
  let b0 = low
  let b1 = high
  let c0 = low
  let c1 = high
  let d0 = low
  let d1 = high
  let at = weights
  for (let tap = 0; tap < taps; tap++) {
    let from = x + <usize>(tap * dilation) * rowBytes
    const end = from + rowBytes
    for (; from < end; from += 8) {
      const w0 = v128.load(at)
      const w1 = v128.load(at, 16)
      const u = v128.load64_splat(from)
      a0 = f64x2.add(a0, f64x2.mul(w0, u))
      a1 = f64x2.add(a1, f64x2.mul(w1, u))
      const v = v128.load64_splat(from + rowBytes)
      b0 = f64x2.add(b0, f64x2.mul(w0, v))
      b1 = f64x2.add(b1, f64x2.mul(w1, v))
      const w = v128.load64_splat(from + 2 * rowBytes)
      c0 = f64x2.add(c0, f64x2.mul(w0, w))
      c1 = f64x2.add(c1, f64x2.mul(w1, w))
      const z = v128.load64_splat(from + 3 * rowBytes)
      d0 = f64x2.add(d0, f64x2.mul(w0, z))
      d1 = f64x2.add(d1, f64x2.mul(w1, z))
      at += 32
    }
  }
  v128.store(y, a0)
  v128.store(y, a1, 16)
  v128.store(y + strideBytes, b0)
  v128.store(y + strideBytes, b1, 16)
  v128.store(y + 2 * strideBytes, c0)
  v128.store(y + 2 * strideBytes, c1, 16)
  v128.store(y + 3 * strideBytes, d0)
  v128.store(y + 3 * strideBytes, d1, 16)
}

function oneFrame(weights: usize, bias: usize, x: usize, rowBytes: usize, taps: i32, dilation: i32, y: usize): void {
  let a0 = v128.load(bias)
  let a1 = v128.load(bias, 16)
  let at = weights
  for (let tap = 0; tap < taps; tap++) {
    let from = x + <usize>(tap * dilation) * rowBytes
    const end = from + rowBytes
    for (; from < end; from += 8) {
      const u = v128.load64_splat(from)
      a0 = f64x2.add(a0, f64x2.mul(v128.load(at), u))
      a1 = f64x2.add(a1, f64x2.mul(v128.load(at, 16), u))
      at += 32
    }
  }
  v128.store(y, a0)
  v128.store(y, a1, 16)
}
