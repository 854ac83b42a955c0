import type { Request } from '../../shared/contract/verbs.ts'
import type { Project, Region } from '../../shared/project/model.ts'
import type { Performance } from '../../shared/project/performance.ts'
import { secondsToSamples } from '../../shared/units/time.ts'

/** Rendered beyond the region on both sides, so that a small trim needs no new conversion. */
const HANDLE_SEC = 0.25

/** A region's sound under a performance, as the application is asked for it. */
export function askedRender(project: Project, region: Region, performance: Performance): Request<'project:convert'> {
  const handle = secondsToSamples(HANDLE_SEC, project.rateHz)
  const start = Math.max(0, region.sourceStartSamples - handle)
  const sourceEnd = project.sources[region.sourceId].durationSamples
  const end = Math.min(sourceEnd, region.sourceStartSamples + region.durationSamples + handle)
  return {
    projectId: project.id,
    regionId: region.id,
    regionName: region.name,
    sourceId: region.sourceId,
    sourceStartSamples: start,
    durationSamples: end - start,
    performance,
  }
}
