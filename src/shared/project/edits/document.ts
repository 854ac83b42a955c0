import type { ProjectId, SourceId } from '../../base/id.ts'
import { steadyTempo, type Tempo } from '../../units/tempo.ts'
import type { Hertz } from '../../units/time.ts'
import type { Loop, Project, Source } from '../model.ts'
import { PROJECT_VERSION } from '../upgrade.ts'

export function createProject(id: ProjectId, name: string, rateHz: Hertz): Project {
  return {
    format: 'understudy',
    version: PROJECT_VERSION,
    id,
    name,
    rateHz,
    tempoMap: steadyTempo({ bpm: 120, beatsPerBar: 4, beatUnit: 4 }),
    sources: {},
    tracks: [],
    regions: {},
    loop: { isOn: false, startSamples: 0, endSamples: 0 },
    markers: [],
  }
}

export const renameProject = (project: Project, name: string): Project => ({ ...project, name })
/** One tempo and meter for the whole song. */
export const setTempo = (project: Project, tempo: Tempo): Project => ({ ...project, tempoMap: steadyTempo(tempo) })
export const setLoop = (project: Project, loop: Loop): Project => ({ ...project, loop })

/** Adds a source; one that is already there stays as it is. */
export const addSource = (project: Project, source: Source): Project =>
  source.id in project.sources ? project : { ...project, sources: { ...project.sources, [source.id]: source } }

/** Removes sources that no region uses. */
export function dropUnusedSources(project: Project): Project {
  const used = new Set<SourceId>(Object.values(project.regions).map((region) => region.sourceId))
  const kept = Object.values(project.sources).filter((source) => used.has(source.id))
  return kept.length === Object.keys(project.sources).length
    ? project
    : { ...project, sources: Object.fromEntries(kept.map((source) => [source.id, source])) }
}
