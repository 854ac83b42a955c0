import type { RegionId } from '../../base/id.ts'
import type { Samples } from '../../units/time.ts'
import type { Project, Region } from '../model.ts'
import { regionEnd } from '../queries.ts'
import { trimRegionEnd, trimRegionStart } from './regions.ts'

/** Regions of these that follow each other on a track without a gap between them, in pairs. */
export function neighborPairs(
  project: Project,
  regionIds: readonly RegionId[],
): readonly (readonly [RegionId, RegionId])[] {
  const lanes = Map.groupBy(
    regionIds.flatMap((id) => project.regions[id] ?? []),
    (region) => region.trackId,
  )
  return [...lanes.values()].flatMap((lane) => {
    const ordered = lane.toSorted((a, b) => a.startSamples - b.startSamples)
    return ordered.slice(1).flatMap((right, index): [RegionId, RegionId][] => {
      const left = ordered[index]
      return right.startSamples <= regionEnd(left) && regionEnd(right) > regionEnd(left) ? [[left.id, right.id]] : []
    })
  })
}

/**
 * Lets neighbors overlap by `lengthSamples`, half on each side of where they meet, as far as their sources reach. What
 * overlaps is crossfaded when it is heard. Neighbors that overlap at least that far already stay.
 */
export function crossfadeRegions(project: Project, regionIds: readonly RegionId[], lengthSamples: Samples): Project {
  return neighborPairs(project, regionIds).reduce((document, [leftId, rightId]) => {
    const missing = (): Samples => lengthSamples - overlapOf(document.regions[leftId], document.regions[rightId])
    if (missing() <= 0) return document
    document = trimRegionEnd(document, leftId, Math.ceil(missing() / 2))
    document = trimRegionStart(document, rightId, -missing())
    return missing() > 0 ? trimRegionEnd(document, leftId, missing()) : document
  }, project)
}

const overlapOf = (left: Region, right: Region): Samples => regionEnd(left) - right.startSamples
