import type { RegionId, SourceId } from '../../shared/base/id.ts'
import type { Job } from '../../shared/contract/jobs.ts'
import type { Singer } from '../../shared/contract/library.ts'
import type { Project } from '../../shared/project/model.ts'
import type { Performance } from '../../shared/project/performance.ts'
import { singersDigest } from '../../shared/project/singers-heard.ts'
import { regionState, type RegionState } from './region-state.ts'

export interface StatesInput {
  readonly project: Project
  /** Newest first. */
  readonly jobs: readonly Job[]
  readonly singers: readonly Singer[]
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
  const digests = new Map(input.singers.map((singer) => [singer.id, singer.digest]))
  const sungBy = replacements(project)
  return new Map(
    Object.values(project.regions).map((region) => {
      const state = regionState(region, {
        project,
        job: jobs.get(region.id) ?? null,
        requested: input.requestedFor(region.id),
        isMissing: input.missingSourceIds.has(region.sourceId),
        singerDigest: region.performance && singersDigest(region.performance, (id) => digests.get(id)),
        sungBy: sungBy.get(region.id) ?? null,
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

/** Names of the singers' tracks by the region that they sing instead. */
function replacements(project: Project): ReadonlyMap<RegionId, string> {
  const names = new Map(project.tracks.map((track) => [track.id, track.name]))
  return new Map(
    Object.values(project.regions).flatMap((region) =>
      region.replacesRegionId && !region.isMuted
        ? [[region.replacesRegionId, names.get(region.trackId) ?? ''] as const]
        : [],
    ),
  )
}

const isSame = (a: RegionState, b: RegionState): boolean => JSON.stringify(a) === JSON.stringify(b)
