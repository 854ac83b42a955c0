import { createRandom, type Random } from '../../../src/shared/base/random.ts'
import { mutate, pick, randomBytes } from './mutate.ts'
import type { OpenTarget } from './target.ts'

/** Gives one input after the other; what reached something new may be kept, and is then changed further. */
export interface InputSource {
  next(): Uint8Array
  keep(input: Uint8Array): void
  readonly keptCount: number
}

const MOST_KEPT = 2000
const MOST_CHANGES = 5

export function createInputSource(
  { seeds, words = [], vary, largestBytes }: Pick<OpenTarget, 'seeds' | 'words' | 'vary' | 'largestBytes'>,
  seed: number,
): InputSource {
  const random = createRandom(seed)
  const kept: Uint8Array[] = []
  const material = { others: seeds, words }

  /** Found inputs as often as the seeds, the latest most often: they stand at the border of what is known. */
  function base(): Uint8Array {
    if (kept.length === 0 || random.integer(2) === 0) return pick(random, seeds)
    return random.integer(2) === 0 ? pick(random, kept) : kept[lateIndex(kept.length, random)]
  }
  function step(input: Uint8Array): Uint8Array {
    const varied = vary && random.integer(3) > 0 ? vary(input, random) : null
    return varied ?? mutate(input, random, material)
  }
  return {
    next() {
      if (random.integer(500) === 0) return randomBytes(random, random.integer(600))
      let input = base()
      for (let change = random.integer(MOST_CHANGES); change >= 0; change--)
        input = step(input).subarray(0, largestBytes)
      return input
    },
    keep(input) {
      if (kept.length < MOST_KEPT) kept.push(input.slice())
    },
    get keptCount() {
      return kept.length
    },
  }
}

const lateIndex = (count: number, random: Random): number =>
  Math.floor(count * Math.max(random.uniform(), random.uniform()))
