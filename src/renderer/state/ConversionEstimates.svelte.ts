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

/** Seconds, or why there are none: it is being found out, or could not be. */
export type ConversionEstimate = number | 'asked' | 'unknown'

/** What conversions will take, asked before they are begun. */
export class ConversionEstimates {
  readonly #call: Call
  readonly #known = new SvelteMap<string, ConversionEstimate>()

  constructor(call: Call) {
    this.#call = call
  }

  /** Asks for what was not asked yet, one after the other. */
  async ask(sounds: readonly EstimatedSound[]): Promise<void> {
    for (const sound of sounds) {
      const key = keyOf(sound)
      if (this.#known.has(key)) continue
      this.#known.set(key, 'asked')
      const { performerId } = sound
      const request = { performerId, durationSec: askedSec(sound) }
      // The conversion itself will say what is wrong with them.
      const { sec } = await this.#call('project:estimateConversion', request).catch(() => ({ sec: null }))
      this.#known.set(key, sec ?? 'unknown')
    }
  }

  /** For all of them, one after the other. */
  of(sounds: readonly EstimatedSound[]): ConversionEstimate {
    const each = sounds.map((sound) => this.#known.get(keyOf(sound)) ?? 'asked')
    return each.reduce((sum, one) => {
      if (typeof sum === 'number' && typeof one === 'number') return sum + one
      return sum === 'unknown' || one === 'unknown' ? 'unknown' : 'asked'
    }, 0)
  }
}

const LONGEST_SEC = 36_000
const askedSec = ({ durationSec }: EstimatedSound): number => Math.min(Math.max(Math.ceil(durationSec), 1), LONGEST_SEC)
const keyOf = (sound: EstimatedSound): string => `${sound.performerId} ${sound.digest} ${askedSec(sound)}`
