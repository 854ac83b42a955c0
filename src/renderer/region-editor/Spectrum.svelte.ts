import { SvelteMap } from 'svelte/reactivity'
import type { MediaId } from '../../shared/contract/media.ts'
import { openFloatWav, type FloatWav } from '../audio/float-wav.ts'
import type { MediaPort } from '../state/ports.ts'
import type { SpectrumAnswer, SpectrumRequest } from './spectrum-messages.ts'
import { tileSamples } from './tile-samples.ts'

/** Pitches that are shown: from a deep bass to well above what a soprano's overtones say. */
export const LOWEST_MIDI = 30
export const HIGHEST_MIDI = 102
const ROWS_PER_SEMITONE = 4
export const ROW_COUNT = (HIGHEST_MIDI - LOWEST_MIDI) * ROWS_PER_SEMITONE + 1
export const TILE_COLUMNS = 256
/** Some minutes at a close look; each is 74 kB. */
const MOST_TILES = 160

/** A span of the picture that was drawn once and is stretched to where it is needed. */
export interface SpectrumTile {
  readonly startSamples: number
  readonly samplesPerColumn: number
}

/** Pictures of one sound, made by a worker tile by tile when something first asks for them. */
export class Spectrum {
  readonly #media: Pick<MediaPort, 'fetchMedia'>
  readonly #worker: Worker
  readonly #tiles = new SvelteMap<string, HTMLCanvasElement | null>()
  #mediaId: MediaId | null = null
  #rateHz = 48_000
  /** Of which only what is looked at is read. */
  #file: FloatWav | null = $state.raw(null)

  constructor(media: Pick<MediaPort, 'fetchMedia'>) {
    this.#media = media
    this.#worker = new Worker(new URL('./spectrum-worker.ts', import.meta.url), { type: 'module' })
    this.#worker.onmessage = ({ data }: MessageEvent<SpectrumAnswer>) => this.#receive(data)
  }

  /** Looks at another sound from now on. */
  async show(mediaId: MediaId, rateHz: number): Promise<void> {
    if (mediaId === this.#mediaId) return
    this.#mediaId = mediaId
    this.#rateHz = rateHz
    this.#tiles.clear()
    this.#file = null
    try {
      const file = await openFloatWav((part) => this.#media.fetchMedia(mediaId, part ?? undefined))
      if (mediaId === this.#mediaId) this.#file = file
    } catch {
      this.#mediaId = null // the roll stays without a picture; that the media is missing is said by the region's state
    }
  }

  /** The tile's picture, or null until it is there; whoever draws is called again then. */
  get(tile: SpectrumTile): HTMLCanvasElement | null {
    const file = this.#file
    if (!file) return null
    const key = `${this.#mediaId} ${tile.startSamples} ${tile.samplesPerColumn}`
    const known = this.#tiles.get(key)
    if (known !== undefined) return known
    queueMicrotask(() => void this.#make(key, tile, file))
    return null
  }

  close(): void {
    this.#worker.terminate()
  }

  async #make(key: string, { startSamples, samplesPerColumn }: SpectrumTile, file: FloatWav): Promise<void> {
    if (this.#tiles.has(key)) return
    const [oldest] = this.#tiles.keys()
    if (this.#tiles.size >= MOST_TILES && oldest !== undefined) this.#tiles.delete(oldest)
    this.#tiles.set(key, null)
    const options = {
      rateHz: this.#rateHz,
      startSample: startSamples + samplesPerColumn / 2,
      samplesPerColumn,
      columnCount: TILE_COLUMNS,
      lowestMidi: LOWEST_MIDI,
      highestMidi: HIGHEST_MIDI,
      rowCount: ROW_COUNT,
    }
    // What cannot be read stays dark, as above.
    const made = await tileSamples(file, options).catch(() => null)
    if (!made || !this.#tiles.has(key)) return
    const request: SpectrumRequest = { key, ...made }
    this.#worker.postMessage(request, [made.samples.buffer])
  }

  /** Brighter is whiter; a picture of a sound that one no longer looks at is dropped. */
  #receive({ key, picture }: SpectrumAnswer): void {
    if (!this.#tiles.has(key)) return
    const canvas = document.createElement('canvas')
    canvas.width = TILE_COLUMNS
    canvas.height = ROW_COUNT
    const context = canvas.getContext('2d')
    if (!context) return
    const image = context.createImageData(TILE_COLUMNS, ROW_COUNT)
    picture.forEach((value, index) => {
      image.data[4 * index] = 178
      image.data[4 * index + 1] = 192
      image.data[4 * index + 2] = 206
      image.data[4 * index + 3] = 200 * (value / 255) ** CONTRAST
    })
    context.putImageData(image, 0, 0)
    this.#tiles.set(key, canvas)
  }
}

/** What is quiet stands back, so that the notes over it can be read. */
const CONTRAST = 3.2
