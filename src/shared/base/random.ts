/** Seeded random numbers: same seed, same numbers, on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number
  /** Standard normal. */
  normal(): number
  /** Integer in [0, count). */
  integer(count: number): number
  /** The generator's whole state, for exact resume. */
  save(): RandomState
}

export interface RandomState {
  readonly words: readonly [number, number, number, number]
  readonly spareNormal: number | null
}

/** xoshiro128** (Blackman and Vigna 2018), seeded through splitmix32. */
export function createRandom(seed: number | RandomState): Random {
  const state = typeof seed === 'number' ? seedWords(seed) : [...seed.words]
  let spareNormal = typeof seed === 'number' ? null : seed.spareNormal

  function next(): number {
    const product = Math.imul(state[1], 5)
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0
    const shifted = state[1] << 9
    state[2] ^= state[0]
    state[3] ^= state[1]
    state[1] ^= state[2]
    state[0] ^= state[3]
    state[2] ^= shifted
    state[3] = (state[3] << 11) | (state[3] >>> 21)
    return result
  }
  const uniform = () => ((next() >>> 5) * 67108864 + (next() >>> 6)) / 9007199254740992

  return {
    uniform,
    normal() {
      if (spareNormal !== null) {
        const spare = spareNormal
        spareNormal = null
        return spare
      }
      const radius = Math.sqrt(-2 * Math.log(1 - uniform()))
      const angle = 2 * Math.PI * uniform()
      spareNormal = radius * Math.sin(angle)
      return radius * Math.cos(angle)
    },
    integer: (count) => Math.floor(uniform() * count),
    save: () => ({ words: [state[0] >>> 0, state[1] >>> 0, state[2] >>> 0, state[3] >>> 0], spareNormal }),
  }
}

function seedWords(seed: number): number[] {
  let word = seed >>> 0
  return Array.from({ length: 4 }, () => {
    word = (word + 0x9e3779b9) >>> 0
    let mixed = word ^ (word >>> 16)
    mixed = Math.imul(mixed, 0x21f0aaad)
    mixed ^= mixed >>> 15
    mixed = Math.imul(mixed, 0x735a2d97)
    return (mixed ^ (mixed >>> 15)) >>> 0
  })
}
