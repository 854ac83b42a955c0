import type { Timers } from './ports.ts'

/** Written this long after the last command… */
export const PAUSE_MS = 2000
/** …and in the middle of a long spell of editing after this long. */
export const LONGEST_WAIT_MS = 20_000

/** Decides when the recovery copy is written; one write at a time. */
export class Autosave {
  readonly #write: () => Promise<void>
  readonly #timers: Timers
  #cancel: (() => void) | null = null
  #waitingSinceMs: number | null = null
  #running: Promise<void> = Promise.resolve()

  constructor(write: () => Promise<void>, timers: Timers) {
    this.#write = write
    this.#timers = timers
  }

  /** To be called after every command. */
  changed(): void {
    const now = this.#timers.nowMs()
    this.#waitingSinceMs ??= now
    this.#cancel?.()
    const latest = this.#waitingSinceMs + LONGEST_WAIT_MS - now
    this.#cancel = this.#timers.after(Math.max(0, Math.min(PAUSE_MS, latest)), () => void this.flush())
  }

  /** Writes now what still waits; an explicit save waits for this. */
  flush(): Promise<void> {
    const isWaiting = this.#waitingSinceMs !== null
    this.forget()
    if (isWaiting) this.#running = this.#running.then(this.#write)
    return this.#running
  }

  /** Drops what waits: it has been saved, or the document is closed. */
  forget(): void {
    this.#cancel?.()
    this.#cancel = null
    this.#waitingSinceMs = null
  }

  /** Settles when no write is under way. */
  settled(): Promise<void> {
    return this.#running
  }
}
