import type { RegionId, TrackId } from '../../shared/base/id.ts'
import { addRegion, moveRegions } from '../../shared/project/edits/regions.ts'
import { addTrack, newSourceTrack, newTrackLike } from '../../shared/project/edits/tracks.ts'
import type { Project, Region, Track } from '../../shared/project/model.ts'
import { trackOf } from '../../shared/project/queries.ts'
import type { Samples } from '../../shared/units/time.ts'
import { say } from '../messages/say.svelte.ts'
import { bringToTrack, refusalOf } from './assign.ts'
import type { MintIds } from './Imports.svelte.ts'

/** Where regions would come to lie. */
export interface Landing {
  /** The lane of each; `new` is a lane of its own for all of them. Null where they stay on their lanes. */
  readonly lanes: ReadonlyMap<RegionId, Track> | 'new' | null
  readonly bySamples: Samples
  readonly isCopy: boolean
}

/** What is asked of lanes, and why it can't be. */
export interface LaneChoice {
  readonly lanes: Landing['lanes']
  readonly refusal: string | null
}

/** The lanes when one of the regions goes to `target`: those of several lanes keep their distance. */
export function lanesToward(
  project: Project,
  regions: readonly Region[],
  grabbed: Region,
  target: Track | 'new',
): LaneChoice {
  if (target === 'new') return { lanes: 'new', refusal: refusalOfNewTrack(regions) }
  if (target.id === grabbed.trackId) return { lanes: null, refusal: null }
  const indexOf = (trackId: TrackId): number => project.tracks.findIndex((track) => track.id === trackId)
  const shift = indexOf(target.id) - indexOf(grabbed.trackId)
  const lanes = new Map<RegionId, Track>()
  let refusal: string | null = null
  for (const region of regions) {
    const lane = project.tracks[indexOf(region.trackId) + shift] as Track | undefined // past the last lane there is none
    refusal ??= lane ? refusalOf([region], lane) : say.state.noLaneThatFar(region.name)
    lanes.set(region.id, lane ?? target)
  }
  return { lanes, refusal }
}

/** One lane can only have one singer. */
function refusalOfNewTrack(regions: readonly Region[]): string | null {
  const singers = new Set(regions.map((region) => region.performance?.singerId ?? null))
  return singers.size > 1 ? say.state.tracksOfTheirOwn : null
}

/** The document after the landing, and the regions that one would take hold of next. */
export function land(
  project: Project,
  regions: readonly Region[],
  landing: Landing,
  mint: MintIds,
  nameOf: (region: Region) => string,
): { readonly project: Project; readonly arrived: readonly RegionId[] } {
  const [start, moving] = landing.isCopy ? copied(project, regions, mint) : [project, regions]
  const { lanes, bySamples } = landing
  if (lanes === null) {
    const ids = moving.map((region) => region.id)
    return { project: moveRegions(start, ids, bySamples), arrived: ids }
  }
  const [ready, laneOf] =
    lanes === 'new' ? onNewTrack(start, moving, mint, nameOf) : [start, laneFinder(lanes, regions, moving)]
  const groups = Map.groupBy(moving, laneOf)
  const brought = [...groups].reduce(
    (now, [trackId, group]) =>
      bringToTrack(
        now,
        group.map((region) => region.id),
        trackId,
        mint,
      ),
    ready,
  )
  const arrived = Object.values(brought.regions)
    .filter((region) => groups.has(region.trackId) && isArrived(region, ready, moving))
    .map((region) => region.id)
  return { project: moveRegions(brought, arrived, bySamples), arrived }
}

/** A source that is sung keeps its place; what is sung from it has come. */
const isArrived = (region: Region, before: Project, moving: readonly Region[]): boolean =>
  !(region.id in before.regions) ||
  (before.regions[region.id].trackId !== region.trackId && moving.some((one) => one.id === region.id))

/** Copies stand in the order of what they were copied from. */
const laneFinder =
  (lanes: ReadonlyMap<RegionId, Track>, regions: readonly Region[], moving: readonly Region[]) =>
  (region: Region): TrackId =>
    lanes.get(regions[moving.indexOf(region)].id)?.id ?? region.trackId

function onNewTrack(
  project: Project,
  [first]: readonly Region[],
  mint: MintIds,
  nameOf: (region: Region) => string,
): [Project, () => TrackId] {
  const id = mint.trackId()
  const lane = trackOf(project, first)
  const track = lane ? newTrackLike(lane, id, nameOf(first)) : newSourceTrack(id, nameOf(first))
  return [addTrack(project, track), () => id]
}

function copied(project: Project, regions: readonly Region[], mint: MintIds): [Project, readonly Region[]] {
  const copies = regions.map((region) => ({ ...region, id: mint.regionId(), replacesRegionId: null }))
  return [copies.reduce(addRegion, project), copies]
}
