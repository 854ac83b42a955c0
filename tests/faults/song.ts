import type { ProjectId, RegionId, TrackId } from '../../src/shared/base/id.ts'
import { createProject, addSource } from '../../src/shared/project/edits/document.ts'
import { addRegion, newRegion } from '../../src/shared/project/edits/regions.ts'
import { addTrack, newSourceTrack } from '../../src/shared/project/edits/tracks.ts'
import type { Project, Source } from '../../src/shared/project/model.ts'
import { VOICE_RATE_HZ } from '../support/sung-voice.ts'

/** The song as it is at one of its numbers: of changing length, so that half of one and half of another do not parse. */
export function songAt(number: number, projectId: ProjectId, sources: readonly Source[]): Project {
  const name = `Song ${number} ${'long '.repeat((number * 7) % 20)}`.trim()
  const track = newSourceTrack('lane' as TrackId, 'Lead') // any letters will do for an id
  const empty = addTrack(createProject(projectId, name, VOICE_RATE_HZ), track)
  const [lead] = sources
  const region = newRegion({
    id: 'lead' as RegionId, // likewise
    trackId: track.id,
    name: 'Lead',
    sourceId: lead.id,
    durationSamples: lead.durationSamples,
  })
  return addRegion(sources.reduce(addSource, empty), region)
}

export const numberOf = (document: Pick<Project, 'name'>): number => Number(document.name.split(' ')[1])
