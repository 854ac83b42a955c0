import { SvelteMap } from 'svelte/reactivity'
import type { TrackId } from '../../shared/base/id.ts'
import { nextReading, silentReading, type MeterReading } from '../audio/meter.ts'

export interface MeterSource {
  stripPeakDb(stripId: string): number
  masterPeaksDb(): readonly [number, number]
}

/** What the meters show, read once a frame while anything sounds. */
export class Meters {
  readonly #source: MeterSource
  readonly #strips = new SvelteMap<TrackId, MeterReading>()
  #master: readonly [MeterReading, MeterReading] = $state.raw([silentReading, silentReading])
  #lastMs: number | null = null

  constructor(source: MeterSource) {
    this.#source = source
  }

  strip(trackId: TrackId): MeterReading {
    return this.#strips.get(trackId) ?? silentReading
  }

  get master(): readonly [MeterReading, MeterReading] {
    return this.#master
  }

  /** Reads all; false once everything has fallen silent, so that no frame is spent on silence. */
  read(nowMs: number, trackIds: readonly TrackId[]): boolean {
    const elapsedSec = this.#lastMs === null ? 0 : (nowMs - this.#lastMs) / 1000
    this.#lastMs = nowMs
    for (const trackId of trackIds)
      this.#strips.set(trackId, nextReading(this.strip(trackId), this.#source.stripPeakDb(trackId), elapsedSec))
    const [left, right] = this.#source.masterPeaksDb()
    this.#master = [nextReading(this.#master[0], left, elapsedSec), nextReading(this.#master[1], right, elapsedSec)]
    const isSilent = [...this.#strips.values(), ...this.#master].every((reading) => reading.heldDb === -Infinity)
    if (isSilent) this.#lastMs = null
    return !isSilent
  }

  /** Forgets the held peaks. */
  reset(): void {
    this.#strips.clear()
    this.#master = [silentReading, silentReading]
  }
}
