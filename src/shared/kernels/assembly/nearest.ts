/** First free byte of the memory: the caller lays its arrays out from here on. */
export function heapBase(): usize {
  return __heap_base
}

/**
 * For each query the k bank keys of smallest squared Euclidean distance, nearest first, ties by lower index.
 * Keys are rows of `width` f32, width a multiple of 4 (pad with zeros). All arguments are byte offsets or counts.
 */
export function find(
  queries: usize,
  queryCount: i32,
  bank: usize,
  bankCount: i32,
  width: i32,
  k: i32,
  indices: usize,
  distances: usize,
): void {
  const stride = (<usize>width) << 2
  const rowOut = (<usize>k) << 2
  for (let byte: usize = 0; byte < <usize>queryCount * rowOut; byte += 4) {
    store<i32>(indices + byte, -1)
    store<f32>(distances + byte, f32.POSITIVE_INFINITY)
  }
  let q = 0
  for (; q + 4 <= queryCount; q += 4) {
    const at = queries + <usize>q * stride
    const out = <usize>q * rowOut
    scanFour(at, bank, bankCount, stride, k, indices + out, distances + out, rowOut)
  }
  for (; q < queryCount; q++) {
    const out = <usize>q * rowOut
    scanOne(queries + <usize>q * stride, bank, bankCount, stride, k, indices + out, distances + out)
  }
}

/** Four queries share each load of a bank key. */
function scanFour(
  query: usize,
  bank: usize,
  bankCount: i32,
  stride: usize,
  k: i32,
  indices: usize,
  distances: usize,
  rowOut: usize,
): void {
  const last = rowOut - 4
  for (let b = 0; b < bankCount; b++) {
    const key = bank + <usize>b * stride
    let sum0 = f32x4.splat(0)
    let sum1 = f32x4.splat(0)
    let sum2 = f32x4.splat(0)
    let sum3 = f32x4.splat(0)
    for (let byte: usize = 0; byte < stride; byte += 16) {
      const values = v128.load(key + byte)
      const at = query + byte
      const d0 = f32x4.sub(v128.load(at), values)
      const d1 = f32x4.sub(v128.load(at + stride), values)
      const d2 = f32x4.sub(v128.load(at + 2 * stride), values)
      const d3 = f32x4.sub(v128.load(at + 3 * stride), values)
      sum0 = f32x4.add(sum0, f32x4.mul(d0, d0))
      sum1 = f32x4.add(sum1, f32x4.mul(d1, d1))
      sum2 = f32x4.add(sum2, f32x4.mul(d2, d2))
      sum3 = f32x4.add(sum3, f32x4.mul(d3, d3))
    }
    const far0 = lanes(sum0)
    const far1 = lanes(sum1)
    const far2 = lanes(sum2)
    const far3 = lanes(sum3)
    if (far0 < load<f32>(distances + last)) insert(far0, b, k, indices, distances)
    if (far1 < load<f32>(distances + rowOut + last)) insert(far1, b, k, indices + rowOut, distances + rowOut)
    if (far2 < load<f32>(distances + 2 * rowOut + last)) {
      insert(far2, b, k, indices + 2 * rowOut, distances + 2 * rowOut)
    }
    if (far3 < load<f32>(distances + 3 * rowOut + last)) {
      insert(far3, b, k, indices + 3 * rowOut, distances + 3 * rowOut)
    }
  }
}

function scanOne(
  query: usize,
  bank: usize,
  bankCount: i32,
  stride: usize,
  k: i32,
  indices: usize,
  distances: usize,
): void {
  const last = (<usize>(k - 1)) << 2
  for (let b = 0; b < bankCount; b++) {
    const key = bank + <usize>b * stride
    let sum = f32x4.splat(0)
    for (let byte: usize = 0; byte < stride; byte += 16) {
      const d = f32x4.sub(v128.load(query + byte), v128.load(key + byte))
      sum = f32x4.add(sum, f32x4.mul(d, d))
    }
    const far = lanes(sum)
    if (far < load<f32>(distances + last)) insert(far, b, k, indices, distances)
  }
}

function lanes(v: v128): f32 {
  return f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3))
}

/** Moves everything farther one place down; an equal distance that came first stays before. */
function insert(distance: f32, index: i32, k: i32, indices: usize, distances: usize): void {
  let place = (<usize>(k - 1)) << 2
  while (place > 0 && load<f32>(distances + place - 4) > distance) {
    store<f32>(distances + place, load<f32>(distances + place - 4))
    store<i32>(indices + place, load<i32>(indices + place - 4))
    place -= 4
  }
  store<f32>(distances + place, distance)
  store<i32>(indices + place, index)
}
