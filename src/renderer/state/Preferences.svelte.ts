import { preferences, type LanguageId, type Preferences as Chosen } from '../../shared/contract/preferences.ts'
import type { Call } from '../../shared/contract/verbs.ts'
import { languageOf } from '../messages/language-of.ts'
import { language } from '../messages/language.svelte.ts'

/** What the person chose once for every song, and what follows from it for this window. */
export class Preferences {
  readonly #call: Call
  /** The languages that the system says the person reads, the best first. */
  readonly #systemLanguages: readonly string[]
  #current: Chosen = $state.raw(preferences.parse({}))

  constructor(call: Call, systemLanguages: readonly string[]) {
    this.#call = call
    this.#systemLanguages = systemLanguages
    this.#speak()
  }

  get current(): Chosen {
    return this.#current
  }
  /** The language where the choice is left to the system. */
  get systemLanguage(): LanguageId {
    return languageOf(this.#systemLanguages)
  }

  async load(): Promise<void> {
    this.#current = await this.#call('preferences:describe', {})
    this.#speak()
  }

  /** Holds at once, and is kept for every song. */
  async choose(change: Partial<Chosen>): Promise<void> {
    this.#current = { ...this.#current, ...change }
    this.#speak()
    await this.#call('preferences:choose', this.#current)
  }

  #speak(): void {
    language.current = this.#current.language ?? this.systemLanguage
  }
}
