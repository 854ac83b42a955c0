import { addRegion } from '../../shared/project/edits/regions.ts'
import type { Project, Region } from '../../shared/project/model.ts'
import type { Samples } from '../../shared/units/time.ts'
import type { MintIds } from './Imports.svelte.ts'

/** Regions that were cut or copied in this window. */
export class Clipboard {
  #regions: readonly Region[] = []

  get isEmpty(): boolean {
    return this.#regions.length === 0
  }

  copy(regions: readonly Region[]): void {
    if (regions.length > 0) this.#regions = regions
  }

  /** The regions with new ids, the first at `position`, on the tracks they came from as far as those exist. */
  pasteAt(project: Project, position: Samples, mint: MintIds): { project: Project; regions: readonly Region[] } {
    const first = Math.min(...this.#regions.map((region) => region.startSamples))
    const regions = this.#regions
      .filter((region) => project.tracks.some((track) => track.id === region.trackId))
      .filter((region) => region.sourceId in project.sources)
      .map((region) => ({
        ...region,
        id: mint.regionId(),
        startSamples: position + region.startSamples - first,
        replacesRegionId: null,
      }))
    return { project: regions.reduce(addRegion, project), regions }
  }
}
