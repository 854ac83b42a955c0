import { chosenTake, compSpans } from '../../shared/project/comp.ts'
import type { Region, Take } from '../../shared/project/model.ts'
import { isDomain } from '../../shared/project/performers.ts'
import type { Performance } from '../../shared/project/performance.ts'
import { say } from '../messages/say.svelte.ts'
import type { SingerCatalog } from './ports.ts'

/** "sad 60": what a take was asked for, in few words. */
export function performanceWords({ singerId, emotion, curves }: Performance, catalog: SingerCatalog): string {
  const performer = catalog.performers.find(({ id }) => id === singerId)
  if (performer && isDomain(performer)) return say.state.played
  const isNeutral = emotion.emotionId === 'neutral' || (emotion.intensity === 0 && !curves.intensity)
  if (isNeutral) return say.state.neutral
  const label = catalog.emotions.find((known) => known.id === emotion.emotionId)?.label.toLowerCase()
  return `${label ?? emotion.emotionId} ${curves.intensity ? say.state.drawn : Math.round(emotion.intensity * 100)}`
}

/** Who sings a take, and how. */
export function takeWords({ render }: Take, catalog: SingerCatalog): string {
  const names = [render.performance.singerId, ...render.performance.blend.map((part) => part.singerId)].map(
    (id) => catalog.performers.find((performer) => performer.id === id)?.name ?? say.state.somebody,
  )
  return `${names.join(' + ')}, ${performanceWords(render.performance, catalog)}`
}

/** Numbers of the takes that are heard somewhere in the region. */
export const usedTakes = (region: Region): ReadonlySet<number> =>
  new Set(compSpans(region).map((span) => span.takeNumber))

/** "used", "used in part", "not used". */
export function useWords(region: Region, number: number): string {
  const used = usedTakes(region)
  if (!used.has(number)) return say.state.notUsed
  return used.size === 1 || (region.comp.length === 0 && chosenTake(region) === number)
    ? say.state.usedThroughout
    : say.state.usedInPart
}
