import type { Gain } from '../../shared/units/level.ts'
import type { Samples } from '../../shared/units/time.ts'
import type { Part, Sound } from './arrangement.ts'
import { matchingGain, measureInSlices, nextTask } from './loudness-matching.ts'
import type { MediaCache } from './media-cache.ts'

/**
 * How loud the two sounds of a part are, by ITU-R BS.1770, measured slice by slice and then remembered. It is
 * for listening only: nothing of it is in the document, and no export knows it.
 */
export class LoudnessBook {
  readonly #media: Pick<MediaCache, 'read'>
  readonly #pause: () => Promise<void>
  /** By sound and span; null where it is silent or too short to have a loudness. */
  readonly #lufs = new Map<string, number | null>()
  readonly #measuring = new Map<string, Promise<void>>()

  /** `pause` lets the window draw between two slices. */
  constructor(media: Pick<MediaCache, 'read'>, pause: () => Promise<void> = nextTask) {
    this.#media = media
    this.#pause = pause
  }

  /** What the original is to be multiplied with to be as loud as the converted; 1 until both are measured. */
  originalGainOf(part: Part): Gain {
    if (!part.converted) return 1
    const lufsOf = (sound: Sound) => this.#lufs.get(keyOf(sound, part.durationSamples)) ?? null
    return matchingGain(lufsOf(part.original), lufsOf(part.converted))
  }

  /** Measures what is not known yet and can be had; whether anything was measured. */
  async measure(parts: readonly Part[]): Promise<boolean> {
    const wanted = parts
      .flatMap((part) => (part.converted ? [part.original, part.converted] : []).map((sound) => ({ part, sound })))
      .filter(({ part, sound }) => !this.#lufs.has(keyOf(sound, part.durationSamples)))
    const knownCount = this.#lufs.size
    for (const { part, sound } of wanted) await this.#measureOnce(sound, part.durationSamples)
    return this.#lufs.size > knownCount
  }

  #measureOnce(sound: Sound, durationSamples: Samples): Promise<void> {
    const key = keyOf(sound, durationSamples)
    const running = this.#measuring.get(key)
    if (running) return running
    const measuring = this.#measureSound(key, sound, durationSamples).finally(() => this.#measuring.delete(key))
    this.#measuring.set(key, measuring)
    return measuring
  }

  async #measureSound(key: string, sound: Sound, durationSamples: Samples): Promise<void> {
    if (this.#lufs.has(key)) return
    const { mediaId, startSamples } = sound
    const read = (start: Samples, end: Samples) => this.#media.read({ mediaId, startSamples: start, endSamples: end })
    const lufs = await measureInSlices(read, startSamples, startSamples + durationSamples, this.#pause)
    if (lufs !== undefined) this.#lufs.set(key, lufs)
  }
}

const keyOf = ({ mediaId, startSamples }: Sound, durationSamples: Samples): string =>
  `${mediaId} ${startSamples} ${durationSamples}`
