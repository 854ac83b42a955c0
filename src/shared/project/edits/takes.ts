import type { RegionId } from '../../base/id.ts'
import type { Samples } from '../../units/time.ts'
import { chosenTake, compSpans, takeOf, takeStretches } from '../comp.ts'
import type { CompSpan, Project, Region } from '../model.ts'
import { addRegion, mapRegions, SHORTEST_REGION_SAMPLES } from './regions.ts'

/** Lets one take sound throughout; regions without it stay as they are. */
export function chooseTake(project: Project, regionIds: readonly RegionId[], number: number): Project {
  const chosen = new Set(regionIds)
  return mapRegions(project, (region) => {
    const take = chosen.has(region.id) ? takeOf(region, number) : undefined
    if (!take || (region.comp.length === 0 && region.render?.key === take.render.key && region.heard === 'converted'))
      return region
    return { ...region, render: take.render, comp: [], heard: 'converted' }
  })
}

/** The take after (1) or before (−1) the one that sounds, around the ends. */
export function neighborTake(region: Region, direction: 1 | -1): number | null {
  const numbers = region.takes.map((take) => take.number)
  if (numbers.length === 0) return null
  const at = numbers.indexOf(chosenTake(region) ?? numbers[0])
  return numbers[(at + direction + numbers.length) % numbers.length]
}

const changeComp = (project: Project, regionId: RegionId, change: (region: Region) => readonly CompSpan[]): Project =>
  mapRegions(project, (region) => {
    if (region.id !== regionId || region.takes.length === 0) return region
    const comp = change(region)
    return comp === region.comp ? region : { ...region, comp, heard: 'converted' }
  })

/** Lets a take sound between two positions of the source; what sounded around them goes on. */
export const useTake = (
  project: Project,
  regionId: RegionId,
  number: number,
  startSamples: Samples,
  endSamples: Samples,
): Project =>
  changeComp(project, regionId, (region) => {
    const spans = compSpans(region)
    const regionEnd = region.sourceStartSamples + region.durationSamples
    const start = Math.max(region.sourceStartSamples, startSamples)
    const end = Math.min(regionEnd, endSamples)
    if (!takeOf(region, number) || end <= start || spans.length === 0) return region.comp
    const goesOn = spans.findLast((span) => span.startSamples <= end)
    return joined([
      ...spans.filter((span) => span.startSamples < start),
      { startSamples: start, takeNumber: number },
      ...(end < regionEnd && goesOn ? [{ ...goesOn, startSamples: end }] : []),
      ...spans.filter((span) => span.startSamples > end),
    ])
  })

/** Neighbors of one take are one span. */
const joined = (spans: readonly CompSpan[]): readonly CompSpan[] =>
  spans.filter((span, index) => index === 0 || spans[index - 1].takeNumber !== span.takeNumber)

/** Cuts all takes at a position of the source: on both sides the same sounds, and each can be given another. */
export const cutComp = (project: Project, regionId: RegionId, atSamples: Samples): Project =>
  changeComp(project, regionId, (region) => {
    const spans = compSpans(region)
    const cut = spans.findLast((span) => span.startSamples <= atSamples)
    const isInside =
      atSamples > region.sourceStartSamples && atSamples < region.sourceStartSamples + region.durationSamples
    if (!cut || cut.startSamples === atSamples || !isInside) return region.comp
    const index = spans.indexOf(cut)
    return [...spans.slice(0, index + 1), { ...cut, startSamples: atSamples }, ...spans.slice(index + 1)]
  })

/** Gives the span that lies over a position to a take. */
export const pickTake = (project: Project, regionId: RegionId, number: number, atSamples: Samples): Project =>
  changeComp(project, regionId, (region) => {
    const spans = compSpans(region)
    const index = spans.findLastIndex((span) => span.startSamples <= atSamples)
    if (!takeOf(region, number) || !spans[index] || spans[index].takeNumber === number) return region.comp
    return spans.map((span, at) => (at === index ? { ...span, takeNumber: number } : span))
  })

/** Moves the join before a span, between its neighbors; nothing else moves. */
export const moveJoin = (project: Project, regionId: RegionId, index: number, atSamples: Samples): Project =>
  changeComp(project, regionId, (region) => {
    const spans = compSpans(region)
    if (index < 1 || !spans[index]) return region.comp
    const end = region.sourceStartSamples + region.durationSamples
    const earliest = spans[index - 1].startSamples + 1
    const latest = (spans[index + 1]?.startSamples ?? end) - 1
    const startSamples = Math.min(latest, Math.max(earliest, Math.round(atSamples)))
    if (startSamples === spans[index].startSamples) return region.comp
    return spans.map((span, at) => (at === index ? { ...span, startSamples } : span))
  })

/** Takes the join before a span away: what sounded before it goes on. */
export const removeJoin = (project: Project, regionId: RegionId, index: number): Project =>
  changeComp(project, regionId, (region) => {
    const spans = compSpans(region)
    return index < 1 || !spans[index] ? region.comp : spans.filter((_, at) => at !== index)
  })

/** Marks a take as a good one, or not. */
export const starTake = (project: Project, regionId: RegionId, number: number, isStarred: boolean): Project =>
  mapRegions(project, (region) =>
    region.id === regionId && takeOf(region, number) && takeOf(region, number)?.isStarred !== isStarred
      ? { ...region, takes: region.takes.map((take) => (take.number === number ? { ...take, isStarred } : take)) }
      : region,
  )

/** Throws a take away. Where it sounded, the newest of the others does; without any the region has no sound. */
export const deleteTake = (project: Project, regionId: RegionId, number: number): Project =>
  mapRegions(project, (region) => {
    if (region.id !== regionId || !takeOf(region, number)) return region
    const takes = region.takes.filter((take) => take.number !== number)
    const heir = takes.at(-1)
    const render = chosenTake(region) === number ? (heir?.render ?? null) : region.render
    const comp = heir
      ? joined(region.comp.map((span) => (span.takeNumber === number ? { ...span, takeNumber: heir.number } : span)))
      : []
    return { ...region, takes, render, comp }
  })

/**
 * Turns a comp into regions, each with one take. They overlap as the takes crossfaded, so that they sound as before;
 * a region that is not comped stays as it is.
 */
export function flattenComp(project: Project, regionId: RegionId, mint: () => RegionId): Project {
  const region = project.regions[regionId]
  const stretches = region && region.comp.length > 0 ? takeStretches(region, project.rateHz) : []
  if (stretches.length < 2) return region && stretches.length === 1 ? settled(project, region) : project
  if (stretches.some((stretch) => stretch.endSamples - stretch.startSamples < SHORTEST_REGION_SAMPLES)) return project
  return stretches.reduce(
    (document, { render, startSamples, endSamples }, index) =>
      addRegion(document, {
        ...region,
        id: index === 0 ? region.id : mint(),
        sourceStartSamples: startSamples,
        startSamples: region.startSamples + startSamples - region.sourceStartSamples,
        durationSamples: endSamples - startSamples,
        fadeInSamples: index === 0 ? Math.min(region.fadeInSamples, endSamples - startSamples) : 0,
        fadeOutSamples: index === stretches.length - 1 ? Math.min(region.fadeOutSamples, endSamples - startSamples) : 0,
        render,
        comp: [],
      }),
    project,
  )
}

/** A comp of one take is no comp. */
const settled = (project: Project, region: Region): Project =>
  addRegion(project, { ...region, render: takeStretches(region, project.rateHz)[0].render, comp: [] })
