import type { RegionId, TrackId } from '../../shared/base/id.ts'
import type { Project, Region } from '../../shared/project/model.ts'
import { regionsOfTrack } from '../../shared/project/queries.ts'

/** Which regions are selected, and which one or which lane has the keyboard. Not part of the document. */
export class Selection {
  #ids: ReadonlySet<RegionId> = $state.raw(new Set())
  /** The region that the keyboard is on; its lane is the focused lane. */
  focusedRegionId: RegionId | null = $state(null)
  focusedTrackId: TrackId | null = $state(null)
  /** Where a range selection begins. */
  #anchor: RegionId | null = null

  get ids(): ReadonlySet<RegionId> {
    return this.#ids
  }

  has(id: RegionId): boolean {
    return this.#ids.has(id)
  }

  /** The selected regions that exist, in time order. */
  regions(project: Project): readonly Region[] {
    return [...this.#ids]
      .map((id) => project.regions[id])
      .filter((region) => region !== undefined)
      .sort((a, b) => a.startSamples - b.startSamples)
  }

  select(ids: Iterable<RegionId>): void {
    this.#ids = new Set(ids)
    this.#anchor = [...this.#ids].at(-1) ?? null
  }

  toggle(id: RegionId): void {
    const next = new Set(this.#ids)
    if (!next.delete(id)) next.add(id)
    this.#ids = next
    this.#anchor = id
  }

  /** Selects everything between the anchor and a region: the same lanes and the same time. */
  extendTo(id: RegionId, project: Project): void {
    const from = this.#anchor === null ? undefined : project.regions[this.#anchor]
    const to = project.regions[id]
    if (!from || !to) return this.select([id])
    const anchor = this.#anchor
    this.#ids = new Set(regionsBetween(project, from, to).map((region) => region.id))
    this.#anchor = anchor
  }

  clear(): void {
    this.#ids = new Set()
    this.#anchor = null
  }

  focus(region: Region): void {
    this.focusedRegionId = region.id
    this.focusedTrackId = region.trackId
  }

  focusTrack(trackId: TrackId): void {
    this.focusedTrackId = trackId
    this.focusedRegionId = null
  }
}

function regionsBetween(project: Project, from: Region, to: Region): readonly Region[] {
  const order = project.tracks.map((track) => track.id)
  const lanes = [order.indexOf(from.trackId), order.indexOf(to.trackId)].sort((a, b) => a - b)
  const start = Math.min(from.startSamples, to.startSamples)
  const end = Math.max(from.startSamples, to.startSamples)
  return order
    .slice(lanes[0], lanes[1] + 1)
    .flatMap((trackId) => regionsOfTrack(project, trackId))
    .filter((region) => region.startSamples >= start && region.startSamples <= end)
}
