/** A pause of this length begins a new search; the platform menus use about the same. */
const searchPauseMs = 500

/** Finds things by the letters typed in quick succession. `nowMs` comes from the event, so that tests own the clock. */
export class Typeahead {
  #typed = ''
  #lastMs = -Infinity

  /** The next label that begins with what was typed, after `from`, or −1. */
  find(key: string, nowMs: number, labels: readonly string[], from: number): number {
    if (key.length !== 1 || (key === ' ' && this.#typed === '')) return -1
    this.#typed = nowMs - this.#lastMs > searchPauseMs ? key : this.#typed + key
    this.#lastMs = nowMs
    const isRepeated = [...this.#typed].every((letter) => letter === this.#typed[0])
    const wanted = (isRepeated ? this.#typed[0] : this.#typed).toLocaleLowerCase()
    const first = isRepeated ? from + 1 : Math.max(0, from)
    for (let step = 0; step < labels.length; step++) {
      const index = (first + step) % labels.length
      if (labels[index].toLocaleLowerCase().startsWith(wanted)) return index
    }
    return -1
  }
}
