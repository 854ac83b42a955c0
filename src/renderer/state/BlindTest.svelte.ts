import type { Random } from '../../shared/base/random.ts'
import type { Heard, Transport } from './Transport.svelte.ts'

/** One of the two sounds under a number that says nothing. */
export type BlindNumber = 1 | 2

/** Original against converted without names: hear 1 and 2 as often as wanted, prefer one, and only then see which it was. */
export class BlindTest {
  readonly #transport: Pick<Transport, 'listenBlindly'>
  readonly #random: Random
  #order: readonly [Heard, Heard] | null = $state.raw(null)
  #hearing: BlindNumber = $state(1)
  #preferred: BlindNumber | null = $state(null)
  /** How often each was preferred in this song. */
  #wins: Readonly<Record<Heard, number>> = $state.raw({ original: 0, converted: 0 })

  constructor(transport: Pick<Transport, 'listenBlindly'>, random: Random) {
    this.#transport = transport
    this.#random = random
  }

  get isRunning(): boolean {
    return this.#order !== null
  }

  get hearing(): BlindNumber {
    return this.#hearing
  }

  get preferred(): BlindNumber | null {
    return this.#preferred
  }

  get wins(): Readonly<Record<Heard, number>> {
    return this.#wins
  }

  /** What a number was; null until one was preferred. */
  revealed(number: BlindNumber): Heard | null {
    return this.#preferred === null || this.#order === null ? null : this.#order[number - 1]
  }

  /** Draws a new order. */
  start(): void {
    this.#order = this.#random.integer(2) === 0 ? ['original', 'converted'] : ['converted', 'original']
    this.#preferred = null
    this.hear(1)
  }

  hear(number: BlindNumber): void {
    if (!this.#order) return
    this.#hearing = number
    this.#transport.listenBlindly(this.#order[number - 1])
  }

  prefer(number: BlindNumber): void {
    if (!this.#order || this.#preferred !== null) return
    this.#preferred = number
    const winner = this.#order[number - 1]
    this.#wins = { ...this.#wins, [winner]: this.#wins[winner] + 1 }
  }

  end(): void {
    if (!this.#order) return
    this.#order = null
    this.#preferred = null
    this.#transport.listenBlindly(null)
  }
}
