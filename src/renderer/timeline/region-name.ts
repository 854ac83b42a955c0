import type { Emotion } from '../../shared/contract/library.ts'
import type { Project, Region } from '../../shared/project/model.ts'
import { regionEnd } from '../../shared/project/queries.ts'
import { say } from '../messages/say.svelte.ts'
import { spokenState, type RegionState } from '../state/region-state.ts'

export interface NameFacts {
  readonly project: Project
  readonly state: RegionState
  readonly singerName: string | null
  readonly emotion: Emotion | undefined
  /** It asks for notes that the singer does not have. */
  readonly leavesRange?: boolean
}

/** "Verse 1, 12.4 to 20.1 seconds, Mira, sad 60 percent, converted": what a screen reader says of a region. */
export function regionName(
  region: Region,
  { project, state, singerName, emotion, leavesRange = false }: NameFacts,
): string {
  const seconds = (position: number): string => (position / project.rateHz).toFixed(1)
  const intensity = Math.round((region.performance?.emotion.intensity ?? 0) * 100)
  const parts = [
    region.name,
    say.timeline.fromTo(seconds(region.startSamples), seconds(regionEnd(region))),
    singerName,
    emotion && emotion.id !== 'neutral' ? say.timeline.emotionPercent(emotion.label, intensity) : null,
    spokenState(state),
    leavesRange ? say.timeline.leavesRange : null,
    region.render && region.heard === 'original' ? say.timeline.originalHeard : null,
    region.isMuted ? say.timeline.muted : null,
  ]
  return parts.filter((part) => part !== null && part !== '').join(', ')
}
