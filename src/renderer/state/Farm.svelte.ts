import type { FarmState } from '../../shared/contract/farm-state.ts'
import type { Call } from '../../shared/contract/verbs.ts'
import { toldFailure } from '../messages/told.ts'
import { farmNews } from './farm-news.ts'
import type { Timers } from './ports.ts'

/** Between an answer and the next question, while somebody looks. */
export const LOOK_MS = 2000
/** What happens within this time is said in one breath. */
export const NEWS_MS = 10_000

const inWindowLanguage = (state: FarmState): FarmState => ({
  ...state,
  trouble: state.trouble && toldFailure(state.trouble),
  failures: state.failures.map((one) => ({ ...one, failure: toldFailure(one.failure) })),
})

/** The other machines that work for this one, asked about for as long as somebody looks. */
export class Farm {
  readonly #call: Call
  readonly #timers: Timers
  readonly #announce: (news: string) => void
  /** As it was told; undefined until then. */
  #told: FarmState | null | undefined = $state.raw()
  /** Null where no queue is named, and until the first answer. */
  readonly state: FarmState | null = $derived(this.#told ? inWindowLanguage(this.#told) : null)
  #watchers = 0
  #askedCount = 0
  /** The question whose answer is shown. */
  #shown = 0
  #takeBackNext = (): void => {}
  #heard: { readonly state: FarmState; readonly atMs: number } | null = null

  /** @param announce says polite words to a screen reader */
  constructor(call: Call, timers: Timers, announce: (news: string) => void) {
    this.#call = call
    this.#timers = timers
    this.#announce = announce
  }

  /** The application said that no queue is named. */
  get isAlone(): boolean {
    return this.#told === null
  }

  /** Asks now and again and again, until the answer is called. Several who look at once ask once. */
  watch(): () => void {
    if (++this.#watchers === 1) void this.ask()
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      if (--this.#watchers > 0) return
      this.#takeBackNext()
      // Who comes back sees how it stands, and needs no telling of what was missed.
      this.#heard = null
    }
  }

  /** Asks at once. An answer that comes after that of a later question is let go. */
  async ask(): Promise<void> {
    this.#takeBackNext()
    const question = ++this.#askedCount
    try {
      this.#take(await this.#call('farm:describe', {}), question)
    } catch {
      // A connection that was lost is told of elsewhere; what is known stays.
    }
    if (question !== this.#askedCount || this.#watchers === 0 || this.isAlone) return
    this.#takeBackNext = this.#timers.after(LOOK_MS, () => void this.ask())
  }

  #take(told: FarmState | null, question: number): void {
    if (question < this.#shown) return
    this.#shown = question
    this.#told = told
    if (this.state !== null && this.#watchers > 0) this.#tell(this.state)
  }

  #tell(state: FarmState): void {
    const atMs = this.#timers.nowMs()
    if (this.#heard !== null && atMs - this.#heard.atMs < NEWS_MS) return
    const news = farmNews(this.#heard?.state ?? null, state)
    // Where nothing is said, the next thing may be said at once.
    this.#heard = { state, atMs: news === '' ? atMs - NEWS_MS : atMs }
    if (news !== '') this.#announce(news)
  }
}
