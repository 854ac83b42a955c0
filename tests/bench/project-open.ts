import {
  mintId,
  type ProjectId,
  type RegionId,
  type SingerId,
  type SourceId,
  type TrackId,
} from '../../src/shared/base/id.ts'
import { createRandom } from '../../src/shared/base/random.ts'
import { addSource, createProject } from '../../src/shared/project/edits/document.ts'
import { newRegion } from '../../src/shared/project/edits/regions.ts'
import { addTrack, newSingerTrack, newSourceTrack } from '../../src/shared/project/edits/tracks.ts'
import type { Project, Region } from '../../src/shared/project/model.ts'
import { defaultPerformance } from '../../src/shared/project/performance.ts'
import { parseProject } from '../../src/shared/project/parse.ts'
import { keep, medianMs, type BenchRow } from './stopwatch.ts'

const TRACK_COUNT = 60
const REGIONS_PER_TRACK = 200
const RATE_HZ = 48_000

/** A document far larger than songs are: 60 tracks, 12,000 regions. */
export function largeProject(): Project {
  const random = createRandom(1)
  const singerId = mintId<SingerId>(random)
  let project = createProject(mintId<ProjectId>(random), 'Large', RATE_HZ)
  const regions: Region[] = []
  for (let index = 0; index < TRACK_COUNT; index++) {
    const id = mintId<TrackId>(random)
    // A brand exists only at compile time; a content hash is 64 hexadecimal digits.
    const sourceId = index.toString(16).padStart(64, '0') as SourceId
    project = addSource(project, {
      id: sourceId,
      name: `Stem ${index}`,
      originalRateHz: RATE_HZ,
      channelCount: 1,
      durationSamples: 600 * RATE_HZ,
    })
    const isSung = index % 2 === 1
    project = addTrack(
      project,
      isSung ? newSingerTrack(id, `Singer ${index}`, singerId) : newSourceTrack(id, `Stem ${index}`),
    )
    for (let place = 0; place < REGIONS_PER_TRACK; place++) {
      const startSamples = place * 3 * RATE_HZ
      regions.push(
        newRegion({
          id: mintId<RegionId>(random),
          trackId: id,
          name: `Region ${place}`,
          sourceId,
          sourceStartSamples: startSamples,
          startSamples,
          durationSamples: 2 * RATE_HZ,
          performance: isSung ? defaultPerformance(singerId) : null,
        }),
      )
    }
  }
  return { ...project, regions: Object.fromEntries(regions.map((region) => [region.id, region])) }
}

export function benchProjectOpen(): BenchRow[] {
  const text = JSON.stringify(largeProject())
  const parseMs = medianMs(5, () => {
    const parsed = parseProject(JSON.parse(text))
    if (!parsed.ok) throw new Error(parsed.failure.message)
    keep(parsed.value.tracks.length)
  })
  const jsonMs = medianMs(5, () => {
    // Only its size is used: what JSON itself costs.
    keep(Object.keys(JSON.parse(text) as object).length)
  })
  return [
    {
      name: 'project open',
      measured: `${TRACK_COUNT * REGIONS_PER_TRACK} regions (${(text.length / 1e6).toFixed(1)} MB) checked in ${parseMs.toFixed(0)} ms`,
      baseline: `JSON alone: ${jsonMs.toFixed(0)} ms`,
      ratio: parseMs / jsonMs,
      meaning: 'times reading the JSON alone',
    },
  ]
}
