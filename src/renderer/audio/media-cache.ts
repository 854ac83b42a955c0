import type { MediaId } from '../../shared/contract/media.ts'
import { parseFloatWav } from './float-wav.ts'

/** Decoded audio beyond this is forgotten, the longest unused first. */
const LARGEST_BYTES = 512 * 1024 * 1024

/** Decoded media by id, loaded once and shared by every part that plays it. */
export class MediaCache {
  readonly #fetchMedia: (id: MediaId) => Promise<ArrayBuffer>
  readonly #largestBytes: number
  /** Insertion order is order of use. */
  readonly #buffers = new Map<MediaId, AudioBuffer>()
  readonly #loading = new Map<MediaId, Promise<AudioBuffer | null>>()
  #bytes = 0

  constructor(fetchMedia: (id: MediaId) => Promise<ArrayBuffer>, largestBytes = LARGEST_BYTES) {
    this.#fetchMedia = fetchMedia
    this.#largestBytes = largestBytes
  }

  /** What is there now, or null. */
  peek(id: MediaId): AudioBuffer | null {
    const buffer = this.#buffers.get(id)
    if (!buffer) return null
    this.#buffers.delete(id)
    this.#buffers.set(id, buffer)
    return buffer
  }

  /** Loads what is missing; null for media that can't be had, which then is silent. */
  load(id: MediaId): Promise<AudioBuffer | null> {
    const known = this.peek(id)
    if (known) return Promise.resolve(known)
    const running = this.#loading.get(id)
    if (running) return running
    const loading = this.#read(id).finally(() => this.#loading.delete(id))
    this.#loading.set(id, loading)
    return loading
  }

  async #read(id: MediaId): Promise<AudioBuffer | null> {
    try {
      const { rateHz, channels } = parseFloatWav(await this.#fetchMedia(id))
      if (channels[0].length === 0) return null
      const buffer = new AudioBuffer({
        numberOfChannels: channels.length,
        length: channels[0].length,
        sampleRate: rateHz,
      })
      channels.forEach((samples, channel) => buffer.copyToChannel(samples, channel))
      this.#keep(id, buffer)
      return buffer
    } catch {
      return null // the region shows that its media is missing; a play goes on without it
    }
  }

  #keep(id: MediaId, buffer: AudioBuffer): void {
    this.#buffers.set(id, buffer)
    this.#bytes += sizeOf(buffer)
    for (const [oldest, unused] of this.#buffers) {
      if (this.#bytes <= this.#largestBytes || oldest === id) return
      this.#buffers.delete(oldest)
      this.#bytes -= sizeOf(unused)
    }
  }
}

const sizeOf = (buffer: AudioBuffer): number => buffer.length * buffer.numberOfChannels * 4
