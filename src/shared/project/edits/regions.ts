import type { RegionId, TrackId } from '../../base/id.ts'
import type { Samples } from '../../units/time.ts'
import type { Project, Region } from '../model.ts'
import { performerOf } from '../queries.ts'

/** A region can't become shorter than this: ten milliseconds at 48 kHz. */
export const SHORTEST_REGION_SAMPLES = 480

export const addRegion = (project: Project, region: Region): Project => ({
  ...project,
  regions: { ...project.regions, [region.id]: region },
})

export const newRegion = (
  given: Pick<Region, 'id' | 'trackId' | 'name' | 'sourceId' | 'durationSamples'> & Partial<Region>,
): Region => ({
  sourceStartSamples: 0,
  startSamples: 0,
  gainDb: 0,
  fadeInSamples: 0,
  fadeOutSamples: 0,
  isMuted: false,
  performance: null,
  render: null,
  takes: [],
  comp: [],
  heard: 'converted',
  replacesRegionId: null,
  hueIndex: null,
  ...given,
})

/** Deletes regions; what a deleted region replaced is heard again. */
export function deleteRegions(project: Project, regionIds: readonly RegionId[]): Project {
  if (regionIds.length === 0) return project
  const gone = new Set(regionIds)
  const kept = Object.values(project.regions)
    .filter((region) => !gone.has(region.id))
    .map((region) => (region.replacesRegionId && gone.has(region.replacesRegionId) ? unlinked(region) : region))
  return { ...project, regions: byId(kept) }
}

/** Deletes regions and closes each gap on its own track. */
export function rippleDeleteRegions(project: Project, regionIds: readonly RegionId[]): Project {
  const gone = regionIds.map((id) => project.regions[id]).filter((region) => region !== undefined)
  const remaining = deleteRegions(project, regionIds)
  return mapRegions(remaining, (region) => {
    const closed = gone
      .filter((lost) => lost.trackId === region.trackId && lost.startSamples < region.startSamples)
      .reduce((sum, lost) => sum + lost.durationSamples, 0)
    return closed === 0 ? region : { ...region, startSamples: Math.max(0, region.startSamples - closed) }
  })
}

/** Moves regions together by `bySamples`; none passes the song's start, so their spacing stays. */
export function moveRegions(project: Project, regionIds: readonly RegionId[], bySamples: Samples): Project {
  const chosen = new Set(regionIds)
  const earliest = Math.min(
    ...Object.values(project.regions)
      .filter((region) => chosen.has(region.id))
      .map((region) => region.startSamples),
  )
  const shift = Math.max(bySamples, -earliest)
  if (!Number.isFinite(earliest) || shift === 0) return project
  return mapRegions(project, (region) =>
    chosen.has(region.id) ? { ...region, startSamples: region.startSamples + shift } : region,
  )
}

/** Puts regions on another track; a source region on a singer track must be sung instead (`singRegions`). */
export function moveRegionsToTrack(project: Project, regionIds: readonly RegionId[], trackId: TrackId): Project {
  const chosen = new Set(regionIds)
  const track = project.tracks.find((candidate) => candidate.id === trackId)
  if (!track) return project
  const performer = performerOf(track)
  return mapRegions(project, (region) => {
    if (!chosen.has(region.id) || region.trackId === trackId) return region
    const performance =
      performer !== null && region.performance ? { ...region.performance, singerId: performer } : region.performance
    return { ...region, trackId, performance }
  })
}

/** Moves the start edge by `bySamples`, within the source and the region. Trimming never touches the source. */
export function trimRegionStart(project: Project, regionId: RegionId, bySamples: Samples): Project {
  return changeRegion(project, regionId, (region) => {
    const least = -Math.min(region.sourceStartSamples, region.startSamples)
    const most = region.durationSamples - SHORTEST_REGION_SAMPLES
    const shift = Math.min(Math.max(bySamples, least), Math.max(most, least))
    return withFadesInside({
      ...region,
      sourceStartSamples: region.sourceStartSamples + shift,
      startSamples: region.startSamples + shift,
      durationSamples: region.durationSamples - shift,
    })
  })
}

/** Moves the end edge by `bySamples`, within the source. */
export function trimRegionEnd(project: Project, regionId: RegionId, bySamples: Samples): Project {
  return changeRegion(project, regionId, (region) => {
    const available = project.sources[region.sourceId].durationSamples - region.sourceStartSamples
    const wanted = region.durationSamples + bySamples
    const shortest = Math.min(SHORTEST_REGION_SAMPLES, available)
    return withFadesInside({ ...region, durationSamples: Math.min(Math.max(wanted, shortest), available) })
  })
}

/** From the first sample of some regions to the end of their last. */
export interface RegionSpan {
  readonly startSamples: Samples
  readonly endSamples: Samples
}

export const spanOf = (regions: readonly Region[]): RegionSpan => ({
  startSamples: Math.min(...regions.map((region) => region.startSamples)),
  endSamples: Math.max(...regions.map((region) => region.startSamples + region.durationSamples)),
})

/** Copies regions right behind the span they cover together, or to where `startOf` says. */
export function duplicateRegions(
  project: Project,
  regionIds: readonly RegionId[],
  mint: () => RegionId,
  startOf = (region: Region, span: RegionSpan): Samples => region.startSamples + span.endSamples - span.startSamples,
): Project {
  const originals = regionIds.map((id) => project.regions[id]).filter((region) => region !== undefined)
  if (originals.length === 0) return project
  const span = spanOf(originals)
  return originals.reduce(
    (document, region) =>
      addRegion(document, {
        ...region,
        id: mint(),
        startSamples: startOf(region, span),
        replacesRegionId: null,
      }),
    project,
  )
}

/** What the inspector and the region's handles can change. */
export type RegionChange = Partial<
  Pick<Region, 'name' | 'gainDb' | 'fadeInSamples' | 'fadeOutSamples' | 'isMuted' | 'heard' | 'hueIndex'>
>

export const changeRegions = (project: Project, regionIds: readonly RegionId[], change: RegionChange): Project => {
  const chosen = new Set(regionIds)
  return mapRegions(project, (region) => (chosen.has(region.id) ? withFadesInside({ ...region, ...change }) : region))
}

function changeRegion(project: Project, regionId: RegionId, change: (region: Region) => Region): Project {
  const region = project.regions[regionId]
  const changed = region && settled(region, change(region))
  return changed && changed !== region ? addRegion(project, changed) : project
}

export function mapRegions(project: Project, change: (region: Region) => Region): Project {
  let isChanged = false
  const regions = Object.values(project.regions).map((region) => {
    const changed = change(region)
    if (changed !== region) isChanged = true
    return changed
  })
  return isChanged ? { ...project, regions: byId(regions) } : project
}

/** Fades never reach past the other fade: together they fit the region. */
export function withFadesInside(region: Region): Region {
  const fadeInSamples = Math.min(Math.max(0, region.fadeInSamples), region.durationSamples)
  const fadeOutSamples = Math.min(Math.max(0, region.fadeOutSamples), region.durationSamples - fadeInSamples)
  return { ...region, fadeInSamples, fadeOutSamples }
}

/** The region itself where nothing differs: a change that changes nothing must leave no step. */
// The fields of a region are what its entries name.
const settled = (region: Region, changed: Region): Region =>
  Object.entries(changed).every(([field, value]) => region[field as keyof Region] === value) ? region : changed

const unlinked = (region: Region): Region => ({ ...region, replacesRegionId: null })
const byId = (regions: readonly Region[]): Project['regions'] =>
  Object.fromEntries(regions.map((region) => [region.id, region]))
