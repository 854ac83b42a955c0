import { SvelteMap } from 'svelte/reactivity'
import type { PerformerId } from '../../shared/base/id.ts'
import type { Call } from '../../shared/contract/verbs.ts'

/** Something to convert by somebody who draws samples. */
export interface EstimatedSound {
  readonly performerId: PerformerId
  /** Of the checkpoint: another one may take another time. */
  readonly digest: string
  readonly durationSec: number
}

/** What conversions will take, asked before they are begun. */
export class ConversionEstimates {
  readonly #call: Call
  /** Null while it is found out, and where it could not be. */
  readonly #known = new SvelteMap<string, number | null>()

  constructor(call: Call) {
    this.#call = call
  }

  /** Asks for what is not known yet, one after the other. */
  async ask(sounds: readonly EstimatedSound[]): Promise<void> {
    for (const sound of sounds) {
      const key = keyOf(sound)
      if (this.#known.has(key)) continue
      this.#known.set(key, null)
      const { performerId } = sound
      try {
        const { sec } = await this.#call('project:estimateConversion', { performerId, durationSec: askedSec(sound) })
        this.#known.set(key, sec)
      } catch {
        // The conversion itself will say what is wrong with them.
      }
    }
  }

  /** Seconds for all of them, one after the other; null where one is not known. */
  of(sounds: readonly EstimatedSound[]): number | null {
    const each = sounds.map((sound) => this.#known.get(keyOf(sound)) ?? null)
    return each.reduce<number | null>((sum, sec) => (sum === null || sec === null ? null : sum + sec), 0)
  }
}

const LONGEST_SEC = 36_000
const askedSec = ({ durationSec }: EstimatedSound): number => Math.min(Math.max(Math.ceil(durationSec), 1), LONGEST_SEC)
const keyOf = (sound: EstimatedSound): string => `${sound.performerId} ${sound.digest} ${askedSec(sound)}`
