import { compSpans } from '../comp.ts'
import type { RegionId } from '../../base/id.ts'
import type { Samples } from '../../units/time.ts'
import type { CompSpan, Project, Region, Take } from '../model.ts'
import { isSamePerformance } from '../queries.ts'
import { addRegion, deleteRegions, mapRegions, withFadesInside } from './regions.ts'

/**
 * Splits regions at a position of the timeline; ids of the right halves come from `mint`. Where a region is sung by
 * another one, that one is cut at the same place of the source: no half is heard twice.
 */
export function splitRegions(
  project: Project,
  regionIds: readonly RegionId[],
  atSamples: Samples,
  mint: () => RegionId,
): Project {
  return regionIds.reduce((document, id) => {
    const region = document.regions[id]
    return region ? splitAtOffset(document, region, atSamples - region.startSamples, mint) : document
  }, project)
}

function splitAtOffset(project: Project, region: Region, offset: Samples, mint: () => RegionId): Project {
  if (offset <= 0 || offset >= region.durationSamples) return project
  const left = withFadesInside({ ...region, durationSamples: offset, fadeOutSamples: 0 })
  const right = withFadesInside({
    ...region,
    id: mint(),
    sourceStartSamples: region.sourceStartSamples + offset,
    startSamples: region.startSamples + offset,
    durationSamples: region.durationSamples - offset,
    fadeInSamples: 0,
  })
  const singing = Object.values(project.regions).filter((other) => other.replacesRegionId === region.id)
  return singing.reduce(
    (document, sung) => cutAlong(document, sung, left, right, mint),
    addRegion(addRegion(project, left), right),
  )
}

/** Gives what is sung instead of both halves to the half that it sings. */
function cutAlong(project: Project, sung: Region, left: Region, right: Region, mint: () => RegionId): Project {
  const offset = right.sourceStartSamples - sung.sourceStartSamples
  const cut = splitAtOffset(project, sung, offset, mint)
  return mapRegions(cut, (region) => {
    const isOfThese = region.replacesRegionId === left.id && region.sourceId === right.sourceId
    return isOfThese && region.sourceStartSamples >= right.sourceStartSamples
      ? { ...region, replacesRegionId: right.id }
      : region
  })
}

/** Whether two regions are neighboring spans of one source that ask for the same, so that joining changes no sample. */
export const canJoin = (left: Region, right: Region): boolean =>
  left.trackId === right.trackId &&
  left.sourceId === right.sourceId &&
  left.startSamples + left.durationSamples === right.startSamples &&
  left.sourceStartSamples + left.durationSamples === right.sourceStartSamples &&
  left.gainDb === right.gainDb &&
  left.isMuted === right.isMuted &&
  asksForTheSame(left, right)

const asksForTheSame = ({ performance: a }: Region, { performance: b }: Region): boolean =>
  a === b || (a !== null && b !== null && isSamePerformance(a, b))

/** Joins neighboring spans of one source back into one region, with the takes of both. */
export function joinRegions(project: Project, regionIds: readonly RegionId[]): Project {
  const ordered = regionIds
    .map((id) => project.regions[id])
    .filter((region) => region !== undefined)
    .sort((a, b) => a.startSamples - b.startSamples)
  const lanes = Map.groupBy(ordered, (region) => region.trackId)
  return [...lanes.values()].reduce(joinAlong, project)
}

function joinAlong(project: Project, ordered: readonly Region[]): Project {
  let document = project
  let left = ordered[0]
  for (const right of ordered.slice(1)) {
    if (!canJoin(left, right)) {
      left = right
      continue
    }
    const relinked = mapRegions(document, (region) =>
      region.replacesRegionId === right.id ? { ...region, replacesRegionId: left.id } : region,
    )
    left = joined(left, right)
    document = addRegion(deleteRegions(relinked, [right.id]), left)
  }
  return document
}

function joined(left: Region, right: Region): Region {
  const takes = [...left.takes]
  const numbers = new Map<number, number>()
  for (const take of right.takes) numbers.set(take.number, keepTake(takes, take))
  const hasOneSound = left.render?.key === right.render?.key && left.comp.length + right.comp.length === 0
  const comp: readonly CompSpan[] = hasOneSound
    ? []
    : [
        ...compSpans(left),
        ...compSpans(right).map((span) => ({ ...span, takeNumber: numbers.get(span.takeNumber) ?? span.takeNumber })),
      ]
  return {
    ...left,
    durationSamples: left.durationSamples + right.durationSamples,
    fadeOutSamples: right.fadeOutSamples,
    takes,
    comp,
  }
}

/** The number under which a take is kept: its sound may be there already. */
function keepTake(takes: Take[], take: Take): number {
  const known = takes.find((one) => one.render.key === take.render.key)
  if (known) return known.number
  const number = Math.max(0, ...takes.map((one) => one.number)) + 1
  takes.push({ ...take, number })
  return number
}
