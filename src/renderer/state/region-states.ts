import type { PerformerId, RegionId, SourceId } from '../../shared/base/id.ts'
import type { Job } from '../../shared/contract/jobs.ts'
import type { Performer } from '../../shared/contract/library.ts'
import type { Project, Track } from '../../shared/project/model.ts'
import type { Performance } from '../../shared/project/performance.ts'
import { singersDigest } from '../../shared/project/singers-heard.ts'
import { regionState, type RegionState } from './region-state.ts'

export interface StatesInput {
  readonly project: Project
  /** Newest first. */
  readonly jobs: readonly Job[]
  readonly performers: readonly Performer[]
  readonly missingSourceIds: ReadonlySet<SourceId>
  readonly requestedFor: (regionId: RegionId) => Performance | null
}

/** The state of every region. States that did not change stay the same objects, so that nothing is drawn anew for them. */
export function regionStates(
  input: StatesInput,
  before: ReadonlyMap<RegionId, RegionState>,
): ReadonlyMap<RegionId, RegionState> {
  const { project } = input
  const jobs = newestConversions(input.jobs)
  const digests = new Map<PerformerId, string>(input.performers.map(({ id, digest }) => [id, digest]))
  const replacedBy = replacements(project)
  return new Map(
    Object.values(project.regions).map((region) => {
      const state = regionState(region, {
        project,
        job: jobs.get(region.id) ?? null,
        requested: input.requestedFor(region.id),
        isMissing: input.missingSourceIds.has(region.sourceId),
        singerDigest: region.performance && singersDigest(region.performance, (id) => digests.get(id)),
        replacedBy: replacedBy.get(region.id) ?? null,
      })
      const known = before.get(region.id)
      return [region.id, known && isSame(known, state) ? known : state]
    }),
  )
}

function newestConversions(jobs: readonly Job[]): ReadonlyMap<RegionId, Job> {
  const newest = new Map<RegionId, Job>()
  for (const job of jobs) {
    if (job.kind !== 'convert' || job.subject.kind !== 'region') continue
    const known = newest.get(job.subject.regionId)
    if (!known || job.createdAtMs > known.createdAtMs) newest.set(job.subject.regionId, job)
  }
  return newest
}

/** The tracks by the region that is performed there instead. */
function replacements(project: Project): ReadonlyMap<RegionId, Track> {
  const tracks = new Map(project.tracks.map((track) => [track.id, track]))
  return new Map(
    Object.values(project.regions).flatMap(({ replacesRegionId, isMuted, trackId }) => {
      const track = tracks.get(trackId)
      return replacesRegionId && !isMuted && track ? [[replacesRegionId, track] as const] : []
    }),
  )
}

const isSame = (a: RegionState, b: RegionState): boolean => JSON.stringify(a) === JSON.stringify(b)
