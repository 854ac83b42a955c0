import { createLoudnessMeter, type LoudnessMeter } from '../../shared/dsp/loudness.ts'
import { dbToGain, type Gain } from '../../shared/units/level.ts'
import type { Samples } from '../../shared/units/time.ts'
import type { Part, Sound } from './arrangement.ts'
import type { MediaCache } from './media-cache.ts'

/** Beyond this something else is wrong, and an original would be blown up to noise. */
const MOST_MATCHED_DB = 12
/** Measured without a pause; a second of sound takes a few milliseconds. */
const SLICE_SAMPLES = 48_000

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
    const original = this.#lufs.get(keyOf(part.original, part.durationSamples))
    const converted = this.#lufs.get(keyOf(part.converted, part.durationSamples))
    if (typeof original !== 'number' || typeof converted !== 'number') return 1
    return dbToGain(Math.max(-MOST_MATCHED_DB, Math.min(MOST_MATCHED_DB, converted - original)))
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
    let meter: LoudnessMeter | null = null
    const end = sound.startSamples + durationSamples
    for (let start = sound.startSamples; start < end; start += SLICE_SAMPLES) {
      const endSamples = Math.min(end, start + SLICE_SAMPLES)
      const slice = await this.#media.read({ mediaId: sound.mediaId, startSamples: start, endSamples })
      if (!slice) return
      meter ??= createLoudnessMeter(slice.rateHz, slice.channels.length)
      meter.push(slice.channels)
      await this.#pause()
    }
    if (!meter) return
    this.#lufs.set(key, meter.integratedLufs())
  }
}

const keyOf = ({ mediaId, startSamples }: Sound, durationSamples: Samples): string =>
  `${mediaId} ${startSamples} ${durationSamples}`

const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))
