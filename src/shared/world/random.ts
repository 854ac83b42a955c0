/**
 * The reference's noise: xorshift128, and normals as the sum of twelve uniform draws. Everything that draws starts from
 * the same seed, so results repeat exactly. Source: Marsaglia 2003, "Xorshift RNGs".
 */
export interface Normals {
  /** About normal, mean 0, variance 1. */
  next(): number
  /** Continues as if `count` normals had been drawn. */
  skip(count: number): void
  /** The generator's four words, from which it can go on elsewhere. */
  state(): Int32Array
}

const seeds = [123456789, 362436069, 521288629, 88675123] as const
const drawsPerNormal = 12
const stateBits = 128

/** Starts at the reference's seeds, or at the state of another generator. */
export function createNormals(start: ArrayLike<number> = seeds): Normals {
  let [x, y, z, w] = Array.from(start)
  return {
    next() {
      let sum = 0
      for (let i = 0; i < drawsPerNormal; i++) {
        const t = x ^ (x << 11)
        x = y
        y = z
        z = w
        w = w ^ (w >>> 19) ^ t ^ (t >>> 8)
        sum += w >>> 4
      }
      return sum / 268435456 - 6
    },
    skip(count) {
      const state = jump(Uint32Array.of(x, y, z, w), count * drawsPerNormal)
      // Signed, as `next` leaves them.
      ;[x, y, z, w] = Int32Array.from(state)
    },
    state: () => Int32Array.of(x, y, z, w),
  }
}

/** A linear map of the state over GF(2): entry 4 b + word is the image of the state with only bit b set. */
type StateMap = Uint32Array

/** The map of 2^k steps at index k, made when first needed. */
const powers: StateMap[] = []

function jump(state: Uint32Array, steps: number): Uint32Array {
  let current = state
  for (let k = 0, left = steps; left > 0; k++, left = Math.floor(left / 2)) {
    powers[k] ??= k === 0 ? oneStep() : squared(powers[k - 1])
    if (left % 2 === 1) current = apply(powers[k], current)
  }
  return current
}

function oneStep(): StateMap {
  const map = new Uint32Array(4 * stateBits)
  for (let bit = 0; bit < stateBits; bit++) {
    const state = new Uint32Array(4)
    state[bit >> 5] = 1 << (bit & 31)
    const [x, y, z, w] = state
    const t = x ^ (x << 11)
    map.set([y, z, w, w ^ (w >>> 19) ^ t ^ (t >>> 8)], 4 * bit)
  }
  return map
}

function squared(map: StateMap): StateMap {
  const result = new Uint32Array(map.length)
  for (let at = 0; at < map.length; at += 4) result.set(apply(map, map.subarray(at, at + 4)), at)
  return result
}

function apply(map: StateMap, state: Uint32Array): Uint32Array {
  const image = new Uint32Array(4)
  for (let bit = 0; bit < stateBits; bit++) {
    if (((state[bit >> 5] >>> (bit & 31)) & 1) === 0) continue
    for (let word = 0; word < 4; word++) image[word] ^= map[4 * bit + word]
  }
  return image
}
