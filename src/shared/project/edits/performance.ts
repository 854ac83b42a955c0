import type { PerformerId, RegionId, TrackId } from '../../base/id.ts'
import type { Project, Region, Render, Take } from '../model.ts'
import { defaultPerformance, type Performance } from '../performance.ts'
import { addRegion, mapRegions, newRegion } from './regions.ts'

/** Changes what regions ask for; regions without a singer are left alone. */
export function changePerformance(
  project: Project,
  regionIds: readonly RegionId[],
  change: (performance: Performance) => Performance,
): Project {
  const chosen = new Set(regionIds)
  return mapRegions(project, (region) => {
    if (!chosen.has(region.id) || !region.performance) return region
    const performance = change(region.performance)
    return performance === region.performance ? region : { ...region, performance }
  })
}

/**
 * Has a singer or an instrument perform regions on its track: each gets a linked region at the same place on that track, and the
 * original stays but is not heard while the linked one is.
 */
export function singRegions(
  project: Project,
  regionIds: readonly RegionId[],
  trackId: TrackId,
  singerId: PerformerId,
  mint: () => RegionId,
): Project {
  return regionIds.reduce((document, id) => {
    const region = document.regions[id]
    if (!region) return document
    return addRegion(document, sungRegion(region, mint(), trackId, singerId))
  }, project)
}

const sungRegion = (region: Region, id: RegionId, trackId: TrackId, singerId: PerformerId): Region =>
  newRegion({
    id,
    trackId,
    name: region.name,
    sourceId: region.sourceId,
    sourceStartSamples: region.sourceStartSamples,
    startSamples: region.startSamples,
    durationSamples: region.durationSamples,
    gainDb: region.gainDb,
    fadeInSamples: region.fadeInSamples,
    fadeOutSamples: region.fadeOutSamples,
    performance: { ...(region.performance ?? defaultPerformance(singerId)), singerId },
    replacesRegionId: region.id,
  })

/** Puts the sound that a conversion gave on its region, and keeps it as a take. Null takes the sound away, not the takes. */
export const setRender = (project: Project, regionId: RegionId, render: Render | null): Project =>
  mapRegions(project, (region) =>
    region.id === regionId ? { ...region, render, takes: withTake(region.takes, render), heard: 'converted' } : region,
  )

/** A sound that is a take already stays the one take. */
function withTake(takes: readonly Take[], render: Render | null): readonly Take[] {
  if (render === null || takes.some((take) => take.render.key === render.key)) return takes
  const number = Math.max(0, ...takes.map((take) => take.number)) + 1
  return [...takes, { number, render, isStarred: false }]
}
