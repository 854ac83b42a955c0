import type { MediaId } from '../../shared/contract/media.ts'

type FetchMedia = (id: MediaId) => Promise<ArrayBuffer>

/** Plays one piece of audio at a time beside the song: a clip, a checkpoint's phrase, a render. */
export class Audition {
  readonly #fetchMedia: FetchMedia
  readonly #openContext: () => AudioContext
  #context: AudioContext | null = null
  #source: AudioBufferSourceNode | null = null
  #startedAtSec = 0
  #current: MediaId | null = $state(null)

  constructor(fetchMedia: FetchMedia, openContext: () => AudioContext = () => new AudioContext()) {
    this.#fetchMedia = fetchMedia
    this.#openContext = openContext
  }

  /** What plays now, or is being fetched to play. */
  get current(): MediaId | null {
    return this.#current
  }

  async toggle(id: MediaId): Promise<void> {
    if (this.#current === id) this.stop()
    else await this.play(id)
  }

  async play(id: MediaId): Promise<void> {
    this.stop()
    await this.#load(id, (context, buffer) => this.#start(context, buffer, { fromSec: 0, loops: false }))
  }

  /**
   * To hear versions of one thing against each other: plays in a loop, and another one goes on where the one before
   * was, which sounds until it is there.
   */
  async compare(id: MediaId): Promise<void> {
    await this.#load(id, (context, buffer) => {
      const fromSec = this.#source === null ? 0 : (context.currentTime - this.#startedAtSec) % buffer.duration
      this.#source?.stop()
      this.#start(context, buffer, { fromSec, loops: true })
    })
  }

  async #load(id: MediaId, start: (context: AudioContext, buffer: AudioBuffer) => void): Promise<void> {
    this.#current = id
    try {
      this.#context ??= this.#openContext()
      await this.#context.resume()
      const buffer = await this.#context.decodeAudioData(await this.#fetchMedia(id))
      if (this.#current === id) start(this.#context, buffer)
    } catch (error) {
      if (this.#current === id) this.#current = null
      throw error
    }
  }

  stop(): void {
    this.#source?.stop()
    this.#source = null
    this.#current = null
  }

  #start(context: AudioContext, buffer: AudioBuffer, how: { fromSec: number; loops: boolean }): void {
    const source = new AudioBufferSourceNode(context, { buffer, loop: how.loops })
    this.#startedAtSec = context.currentTime - how.fromSec
    source.connect(context.destination)
    source.onended = () => {
      if (this.#source === source) this.stop()
    }
    this.#source = source
    source.start(0, how.fromSec)
  }
}
