/**
 * The reference's noise, the same numbers in the same order as `world/random.ts`: xorshift128 (Marsaglia 2003), a normal
 * being the sum of twelve draws. Eight lanes run at once, each a fixed number of normals ahead of the one before, to
 * where a linear map over GF(2) takes it.
 */

const laneNormals: i32 = 512
const lanes: i32 = 8
const blockNormals: i32 = laneNormals * lanes
/** Longest run that one call takes: a window and a half spectrum at rates beyond any in use. */
const longestRun: i32 = 131072
const stateBits: i32 = 128

/** Image of every single state bit, one v128 (x, y, z, w) each, after 2^11 and after 2^12 steps. */
let jump11: usize = 0
let jump12: usize = 0
let buffer: usize = 0
/** Normals in the buffer that nobody has taken: from `taken` to `filled`. */
let taken: i32 = 0
let filled: i32 = 0
const state = memory.data(16, 16)
/** The lanes' states at the start of a block. */
const starts = memory.data(128, 16)

/** Starts the stream at a state; its first normal is the next one taken. */
export function seedNoise(x: i32, y: i32, z: i32, w: i32): void {
  if (buffer == 0) prepare()
  store<i32>(state, x)
  store<i32>(state, y, 4)
  store<i32>(state, z, 8)
  store<i32>(state, w, 12)
  taken = 0
  filled = 0
}

/** The address of the next `count` normals, f64 each; valid until the next call. */
export function takeNormals(count: i32): usize {
  assert(count <= longestRun)
  if (filled - taken < count) {
    const rest = filled - taken
    memory.copy(buffer, buffer + ((<usize>taken) << 3), (<usize>rest) << 3)
    taken = 0
    filled = rest
    while (filled < count) {
      fillBlock(buffer + ((<usize>filled) << 3))
      filled += blockNormals
    }
  }
  const at = buffer + ((<usize>taken) << 3)
  taken += count
  return at
}

function prepare(): void {
  buffer = heap.alloc((<usize>(longestRun + blockNormals + 2)) << 3)
  let map = heap.alloc(stateBits << 4)
  for (let bit = 0; bit < stateBits; bit++) {
    const single = heap.alloc(16)
    v128.store(single, i32x4.splat(0))
    store<i32>(single + ((<usize>(bit >> 5)) << 2), 1 << (bit & 31))
    const x = load<i32>(single)
    const w = load<i32>(single, 12)
    const t = x ^ (x << 11)
    const image = map + ((<usize>bit) << 4)
    store<i32>(image, load<i32>(single, 4))
    store<i32>(image, load<i32>(single, 8), 4)
    store<i32>(image, w, 8)
    store<i32>(image, w ^ (w >>> 19) ^ t ^ (t >>> 8), 12)
  }
  for (let power = 1; power <= 12; power++) {
    const square = heap.alloc(stateBits << 4)
    for (let at: usize = 0; at < (<usize>stateBits) << 4; at += 16) {
      v128.store(square + at, imageOf(map, v128.load(map + at)))
    }
    map = square
    if (power == 11) jump11 = map
  }
  jump12 = map
}

function imageOf(map: usize, from: v128): v128 {
  let image = i32x4.splat(0)
  let at = map
  for (let word = 0; word < 4; word++) {
    let bits = i32x4.splat(i32x4.extract_lane(from, 0))
    if (word == 1) bits = i32x4.splat(i32x4.extract_lane(from, 1))
    if (word == 2) bits = i32x4.splat(i32x4.extract_lane(from, 2))
    if (word == 3) bits = i32x4.splat(i32x4.extract_lane(from, 3))
    for (let bit = 31; bit >= 0; bit--) {
      // The wanted bit, moved to the sign, becomes a mask.
      const mask = i32x4.shr_s(i32x4.shl(bits, bit), 31)
      image = v128.xor(image, v128.and(mask, v128.load(at)))
      at += 16
    }
  }
  return image
}

/** One of four generators' steps; the new word takes the place of the oldest. */
function step(oldest: v128, newest: v128): v128 {
  const t = v128.xor(oldest, i32x4.shl(oldest, 11))
  return v128.xor(v128.xor(newest, i32x4.shr_u(newest, 19)), v128.xor(t, i32x4.shr_u(t, 8)))
}

/** One word of four states. */
function gather(at: usize): v128 {
  let words = v128.load32_splat(at)
  words = v128.load_lane<i32>(at + 16, words, 1)
  words = v128.load_lane<i32>(at + 32, words, 2)
  return v128.load_lane<i32>(at + 48, words, 3)
}

function fillBlock(out: usize): void {
  let ahead = v128.load(state)
  for (let lane: usize = 0; lane < <usize>lanes; lane++) {
    v128.store(starts + (lane << 4), ahead)
    // 12 · 512 steps are 2^12 + 2^11.
    ahead = imageOf(jump12, imageOf(jump11, ahead))
  }
  let x = gather(starts)
  let y = gather(starts + 4)
  let z = gather(starts + 8)
  let w = gather(starts + 12)
  let x2 = gather(starts + 64)
  let y2 = gather(starts + 68)
  let z2 = gather(starts + 72)
  let w2 = gather(starts + 76)
  for (let at = out, end = out + ((<usize>laneNormals) << 3); at < end; at += 8) {
    let sum = i32x4.splat(0)
    let sum2 = i32x4.splat(0)
    for (let round = 0; round < 3; round++) {
      x = step(x, w)
      x2 = step(x2, w2)
      sum = i32x4.add(sum, i32x4.shr_u(x, 4))
      sum2 = i32x4.add(sum2, i32x4.shr_u(x2, 4))
      y = step(y, x)
      y2 = step(y2, x2)
      sum = i32x4.add(sum, i32x4.shr_u(y, 4))
      sum2 = i32x4.add(sum2, i32x4.shr_u(y2, 4))
      z = step(z, y)
      z2 = step(z2, y2)
      sum = i32x4.add(sum, i32x4.shr_u(z, 4))
      sum2 = i32x4.add(sum2, i32x4.shr_u(z2, 4))
      w = step(w, z)
      w2 = step(w2, z2)
      sum = i32x4.add(sum, i32x4.shr_u(w, 4))
      sum2 = i32x4.add(sum2, i32x4.shr_u(w2, 4))
    }
    storeLanes(at, sum)
    storeLanes(at + ((<usize>laneNormals) << 5), sum2)
  }
  // One lane beyond the last is where the next block begins.
  v128.store(state, ahead)
}

/** Four lanes' sums of twelve draws below 2^28, as normals, each into its own stretch of the block. */
function storeLanes(at: usize, sum: v128): void {
  const apart = (<usize>laneNormals) << 3
  const low = normals(sum)
  const high = normals(v128.shuffle<i32>(sum, sum, 2, 3, 2, 3))
  v128.store_lane<f64>(at, low, 0)
  v128.store_lane<f64>(at + apart, low, 1)
  v128.store_lane<f64>(at + 2 * apart, high, 0)
  v128.store_lane<f64>(at + 3 * apart, high, 1)
}

function normals(sum: v128): v128 {
  return f64x2.sub(f64x2.mul(f64x2.convert_low_i32x4_u(sum), f64x2.splat(1.0 / 268435456.0)), f64x2.splat(6))
}
