import { SvelteMap } from 'svelte/reactivity'
import type { TrackId } from '../../shared/base/id.ts'
import { nextReading, silentReading, type MeterReading } from '../audio/meter.ts'

/** Under the last bit of 24, where ringing of filters dies away: silence, to a person. */
const INAUDIBLE_DB = -150

export interface MeterSource {
  stripPeakDb(stripId: string): number
  /** What left the master since the reading before. */
  readMaster(): { readonly peaksDb: readonly [number, number]; readonly truePeakDb: number }
}

/** What the meters show, read once a frame while anything sounds. */
export class Meters {
  readonly #source: MeterSource
  readonly #strips = new SvelteMap<TrackId, MeterReading>()
  #master: readonly [MeterReading, MeterReading] = $state.raw([silentReading, silentReading])
  #truePeakDb: number = $state(-Infinity)
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

  /** The highest true peak since the last reset. */
  get truePeakDb(): number {
    return this.#truePeakDb < INAUDIBLE_DB ? -Infinity : this.#truePeakDb
  }

  /** Reads all; false once everything has fallen silent, so that no frame is spent on silence. */
  read(nowMs: number, trackIds: readonly TrackId[]): boolean {
    const elapsedSec = this.#lastMs === null ? 0 : (nowMs - this.#lastMs) / 1000
    this.#lastMs = nowMs
    for (const trackId of trackIds)
      this.#strips.set(trackId, nextReading(this.strip(trackId), this.#source.stripPeakDb(trackId), elapsedSec))
    const { peaksDb, truePeakDb } = this.#source.readMaster()
    const [left, right] = peaksDb
    this.#truePeakDb = Math.max(this.#truePeakDb, truePeakDb)
    this.#master = [nextReading(this.#master[0], left, elapsedSec), nextReading(this.#master[1], right, elapsedSec)]
    const isSilent = [...this.#strips.values(), ...this.#master].every((reading) => reading.heldDb === -Infinity)
    if (isSilent) this.#lastMs = null
    return !isSilent
  }

  /** Forgets the held peaks. */
  reset(): void {
    this.#strips.clear()
    this.#master = [silentReading, silentReading]
    this.#truePeakDb = -Infinity
  }
}
