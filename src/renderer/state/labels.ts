import type { RegionId } from '../../shared/base/id.ts'
import type { Region } from '../../shared/project/model.ts'
import { say } from '../messages/say.svelte.ts'

export const idsOf = (regions: readonly Region[]): readonly RegionId[] => regions.map((region) => region.id)

/** "Verse 1", "3 regions": as it stands in a sentence. */
export const regionsNamed = (regions: readonly Region[]): string =>
  regions.length === 1 ? regions[0].name : say.edits.regions(regions.length)
