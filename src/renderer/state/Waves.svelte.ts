import { SvelteMap } from 'svelte/reactivity'
import type { MediaId } from '../../shared/contract/media.ts'
import { decodePeaks, type Peaks } from '../../shared/dsp/peaks.ts'
import type { MediaPort } from './ports.ts'

/** Peaks by media id, fetched once, when something first asks to draw them. */
export class Waves {
  readonly #media: Pick<MediaPort, 'fetchPeaks'>
  /** Null: could not be had. */
  readonly #peaks = new SvelteMap<MediaId, Peaks | null>()
  readonly #asked = new Set<MediaId>()

  constructor(media: Pick<MediaPort, 'fetchPeaks'>) {
    this.#media = media
  }

  /** The peaks, or null until they are there; whoever draws is called again then. */
  get(id: MediaId): Peaks | null {
    const known = this.#peaks.get(id)
    if (known === undefined && !this.#asked.has(id)) void this.#fetch(id)
    return known ?? null
  }

  /** Lets peaks that could not be had be asked for again. */
  retry(): void {
    for (const [id, peaks] of this.#peaks) {
      if (peaks !== null) continue
      this.#asked.delete(id)
      this.#peaks.delete(id)
    }
  }

  async #fetch(id: MediaId): Promise<void> {
    this.#asked.add(id)
    try {
      const decoded = decodePeaks(new Uint8Array(await this.#media.fetchPeaks(id)))
      this.#peaks.set(id, decoded.ok ? decoded.value : null)
    } catch {
      this.#peaks.set(id, null) // the region then shows a flat line; that its media is missing is said by its state
    }
  }
}
