import type { RegionId } from '../../shared/base/id.ts'
import type { Region } from '../../shared/project/model.ts'

export const idsOf = (regions: readonly Region[]): readonly RegionId[] => regions.map((region) => region.id)

/** "Move Verse 1", "Move 3 regions": the words of the undo menu. */
export const labelled = (verb: string, regions: readonly Region[]): string =>
  `${verb} ${regions.length === 1 ? regions[0].name : `${regions.length} regions`}`
