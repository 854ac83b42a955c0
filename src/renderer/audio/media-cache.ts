import type { MediaId } from '../../shared/contract/media.ts'
import type { Samples } from '../../shared/units/time.ts'
import { openFloatWav, type BytePart, type FloatAudio, type FloatWav } from './float-wav.ts'

/** Fetches bytes of a medium: a part of them, or all. */
export type FetchMedia = (id: MediaId, part?: BytePart) => Promise<ArrayBuffer>

/** From one sample of a medium to before another. */
export interface MediaSpan {
  readonly mediaId: MediaId
  readonly startSamples: Samples
  readonly endSamples: Samples
}

/** A piece of a medium, as a buffer that a source can play. */
export interface Piece {
  readonly startSamples: Samples
  readonly buffer: AudioBuffer
}

/** Decoded audio beyond this is forgotten, the longest unused first. */
const LARGEST_BYTES = 512 * 1024 * 1024
/** Five seconds at 48 kHz, a megabyte of one channel: a file of hours is heard as soon as one of four minutes. */
const PIECE_SAMPLES = 2 ** 18

interface Options {
  readonly largestBytes?: number
  readonly pieceSamples?: number
}

/**
 * Media in pieces, each fetched when it is wanted and shared by every part that plays it: what is held does not grow
 * with the length of a file.
 */
export class MediaCache {
  readonly #fetchMedia: FetchMedia
  readonly #largestBytes: number
  readonly #pieceSamples: number
  readonly #files = new Map<MediaId, FloatWav>()
  readonly #opening = new Map<MediaId, Promise<FloatWav | null>>()
  /** Insertion order is order of use. */
  readonly #pieces = new Map<string, AudioBuffer>()
  readonly #loading = new Map<string, Promise<boolean>>()
  #heldBytes = 0

  constructor(fetchMedia: FetchMedia, { largestBytes = LARGEST_BYTES, pieceSamples = PIECE_SAMPLES }: Options = {}) {
    this.#fetchMedia = fetchMedia
    this.#largestBytes = largestBytes
    this.#pieceSamples = pieceSamples
  }

  /** Bytes of all pieces that are held. */
  get heldBytes(): number {
    return this.#heldBytes
  }

  /** Null until something of it was loaded. */
  durationOf(id: MediaId): Samples | null {
    return this.#files.get(id)?.durationSamples ?? null
  }

  /** The piece that holds a sample; null when it is not there, or not now. */
  pieceAt(id: MediaId, atSamples: Samples): Piece | null {
    const index = Math.floor(atSamples / this.#pieceSamples)
    const key = keyOf(id, index)
    const buffer = this.#pieces.get(key)
    if (!buffer) return null
    this.#pieces.delete(key)
    this.#pieces.set(key, buffer)
    return { startSamples: index * this.#pieceSamples, buffer }
  }

  isLoaded(span: MediaSpan): boolean {
    const file = this.#files.get(span.mediaId)
    return file !== undefined && this.#piecesOf(span, file).every((at) => this.pieceAt(span.mediaId, at) !== null)
  }

  /** Loads what is missing of a span; false for media that can't be had, which then are silent. */
  async load(span: MediaSpan): Promise<boolean> {
    const file = await this.#open(span.mediaId)
    if (!file) return false
    const loaded = await Promise.all(this.#piecesOf(span, file).map((at) => this.#loadPiece(span.mediaId, file, at)))
    return loaded.every(Boolean)
  }

  /** A copy of a span, as far as the medium goes; null when anything of it is not there now. */
  samplesOf(span: MediaSpan): FloatAudio | null {
    const file = this.#files.get(span.mediaId)
    if (!file || !this.isLoaded(span)) return null
    const end = Math.min(span.endSamples, file.durationSamples)
    const length = Math.max(0, end - span.startSamples)
    const channels = Array.from({ length: file.channelCount }, () => new Float32Array(length))
    for (const at of this.#piecesOf(span, file)) {
      const piece = this.pieceAt(span.mediaId, at)
      const from = Math.max(span.startSamples, at)
      channels.forEach((samples, channel) => {
        const held = piece?.buffer.getChannelData(channel).subarray(from - at, end - at)
        if (held) samples.set(held, from - span.startSamples)
      })
    }
    return { rateHz: file.rateHz, channels }
  }

  /** A copy of a span, loaded if it has to be; null for media that can't be had. */
  async read(span: MediaSpan): Promise<FloatAudio | null> {
    return (await this.load(span)) ? this.samplesOf(span) : null
  }

  /** Where the pieces of a span begin. */
  #piecesOf({ startSamples, endSamples }: MediaSpan, { durationSamples }: FloatWav): readonly Samples[] {
    const first = Math.floor(Math.max(0, startSamples) / this.#pieceSamples)
    const end = Math.ceil(Math.min(endSamples, durationSamples) / this.#pieceSamples)
    return Array.from({ length: Math.max(0, end - first) }, (_, index) => (first + index) * this.#pieceSamples)
  }

  #open(id: MediaId): Promise<FloatWav | null> {
    const known = this.#files.get(id)
    if (known) return Promise.resolve(known)
    return once(this.#opening, id, async () => {
      try {
        const file = await openFloatWav((part) => this.#fetchMedia(id, part ?? undefined))
        if (file.durationSamples === 0) return null
        this.#files.set(id, file)
        return file
      } catch {
        return null // the region shows that its media is missing; a play goes on without it
      }
    })
  }

  #loadPiece(id: MediaId, file: FloatWav, startSamples: Samples): Promise<boolean> {
    if (this.pieceAt(id, startSamples)) return Promise.resolve(true)
    const key = keyOf(id, startSamples / this.#pieceSamples)
    return once(this.#loading, key, async () => {
      try {
        const end = Math.min(startSamples + this.#pieceSamples, file.durationSamples)
        this.#keep(key, bufferOf(await file.read(startSamples, end)))
        return true
      } catch {
        return false // as above
      }
    })
  }

  #keep(key: string, buffer: AudioBuffer): void {
    this.#pieces.set(key, buffer)
    this.#heldBytes += sizeOf(buffer)
    for (const [oldest, unused] of this.#pieces) {
      if (this.#heldBytes <= this.#largestBytes || oldest === key) return
      this.#pieces.delete(oldest)
      this.#heldBytes -= sizeOf(unused)
    }
  }
}

/** Whoever asks while somebody waits already gets the same answer. */
function once<Key, Value>(running: Map<Key, Promise<Value>>, key: Key, act: () => Promise<Value>): Promise<Value> {
  const known = running.get(key)
  if (known) return known
  const started = act().finally(() => running.delete(key))
  running.set(key, started)
  return started
}

function bufferOf({ rateHz, channels }: FloatAudio): AudioBuffer {
  const buffer = new AudioBuffer({
    numberOfChannels: channels.length,
    length: channels[0].length,
    sampleRate: rateHz,
  })
  channels.forEach((samples, channel) => buffer.copyToChannel(samples, channel))
  return buffer
}

const keyOf = (id: MediaId, index: number): string => `${id} ${index}`
const sizeOf = (buffer: AudioBuffer): number => buffer.length * buffer.numberOfChannels * 4
