import type { SourceId } from '../../base/id.ts'
import type { Project, Region, Source } from '../model.ts'
import { addSource } from './document.ts'
import { mapRegions, withFadesInside } from './regions.ts'

/**
 * Puts a new recording in the place of another: every region plays the same span of it, as far as it reaches. What was
 * converted from the old one stays as takes, and is not what the region asks for any more.
 */
export function replaceSource(project: Project, oldId: SourceId, source: Source): Project {
  const replaced = mapRegions(addSource(project, source), (region) =>
    region.sourceId === oldId ? inside({ ...region, sourceId: source.id, render: null, comp: [] }, source) : region,
  )
  const { [oldId]: gone, ...sources } = replaced.sources
  return gone && oldId !== source.id ? { ...replaced, sources } : replaced
}

function inside(region: Region, { durationSamples }: Source): Region {
  const sourceStartSamples = Math.min(region.sourceStartSamples, durationSamples - 1)
  return withFadesInside({
    ...region,
    sourceStartSamples,
    durationSamples: Math.min(region.durationSamples, durationSamples - sourceStartSamples),
  })
}
