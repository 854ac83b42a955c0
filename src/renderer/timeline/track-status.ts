import type { RegionId } from '../../shared/base/id.ts'
import type { IconName } from '../icons/registry.ts'
import type { Project, Track } from '../../shared/project/model.ts'
import { regionsOfTrack } from '../../shared/project/queries.ts'
import { say } from '../messages/say.svelte.ts'
import type { RegionState } from '../state/region-state.ts'

/** One fact of a lane's status line. */
export interface TrackFact {
  readonly icon: IconName
  readonly text: string
  readonly tone: 'plain' | 'warn' | 'err'
}

/** What the person may want to act on, faults first; nothing when all is well. */
export function trackFacts(
  project: Project,
  track: Track,
  stateOf: (regionId: RegionId) => RegionState,
): readonly TrackFact[] {
  const regions = regionsOfTrack(project, track.id)
  const states = regions.map((region) => stateOf(region.id))
  const count = (kind: RegionState['kind']): number => states.filter((state) => state.kind === kind).length
  const replaced = states.filter((state) => state.kind === 'replaced')
  const namesOf = (isPlayed: boolean) => [
    ...new Set(replaced.filter((state) => (state.isPlayed ?? false) === isPlayed).map((state) => state.by)),
  ]
  /** Regions of one file miss it together. */
  const missing = new Set(
    regions.flatMap(({ sourceId }, index) => (states[index].kind === 'missing' ? [sourceId] : [])),
  )
  const facts: (TrackFact | null)[] = [
    fact('warning', count('failed'), say.timeline.countFailed, 'err'),
    fact('broken-link', missing.size, say.timeline.countMissing, 'warn'),
    fact('stale', count('stale'), say.timeline.countStale, 'plain'),
    fact('ring', count('assigned'), say.timeline.countAssigned, 'plain'),
    linked(namesOf(false), say.timeline.sungBy),
    linked(namesOf(true), say.timeline.playedBy),
  ]
  return facts.filter((entry) => entry !== null).slice(0, 2)
}

const linked = (names: readonly string[], words: (names: string) => string): TrackFact | null =>
  names.length === 0 ? null : { icon: 'link', text: words(names.join(', ')), tone: 'plain' }

const fact = (
  icon: IconName,
  count: number,
  words: (count: number) => string,
  tone: TrackFact['tone'],
): TrackFact | null => (count === 0 ? null : { icon, text: words(count), tone })
