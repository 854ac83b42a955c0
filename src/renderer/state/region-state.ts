import type { Job } from '../../shared/contract/jobs.ts'
import type { Project, Region, Track } from '../../shared/project/model.ts'
import type { Performance } from '../../shared/project/performance.ts'
import { isSamePerformance, isStale } from '../../shared/project/queries.ts'
import { say } from '../messages/say.svelte.ts'

/** What a region is at, derived from the document and the jobs; nothing of it is stored. */
export type RegionState =
  | { readonly kind: 'original' }
  | { readonly kind: 'replaced'; readonly by: string; readonly isPlayed?: true }
  | { readonly kind: 'assigned' }
  | { readonly kind: 'queued'; readonly place: number | null }
  | { readonly kind: 'converting'; readonly fraction: number; readonly remainingSec: number | null }
  | { readonly kind: 'converted' }
  | { readonly kind: 'stale' }
  | { readonly kind: 'failed'; readonly reason: string; readonly message: string }
  | { readonly kind: 'missing'; readonly fileName: string }

export interface RegionFacts {
  readonly project: Project
  /** The newest conversion of this region, if any. */
  readonly job: Job | null
  /** What that conversion was asked for, when it is known. */
  readonly requested: Performance | null
  readonly isMissing: boolean
  readonly singerDigest: string | null
  /** The track whose region replaces this one; null when none does. */
  readonly replacedBy: Pick<Track, 'name' | 'kind'> | null
}

export function regionState(region: Region, facts: RegionFacts): RegionState {
  if (facts.isMissing) return { kind: 'missing', fileName: facts.project.sources[region.sourceId].name }
  if (!region.performance) return unsung(facts)
  const { job } = facts
  if (job?.state === 'queued' || job?.state === 'paused') return { kind: 'queued', place: job.queuePosition }
  if (job?.state === 'running') return { kind: 'converting', fraction: job.fraction, remainingSec: job.remainingSec }
  if (job?.state === 'failed' && stillAsksFor(region.performance, facts.requested))
    return { kind: 'failed', reason: reasonOf(job), message: job.failure?.message ?? say.state.conversionFailed }
  if (!region.render) return { kind: 'assigned' }
  return isStale(region, facts.singerDigest) ? { kind: 'stale' } : { kind: 'converted' }
}

function unsung({ replacedBy }: RegionFacts): RegionState {
  if (replacedBy === null) return { kind: 'original' }
  const { name, kind } = replacedBy
  return { kind: 'replaced', by: name, ...(kind === 'instrument' && { isPlayed: true }) }
}

/** A fault concerns what was asked; once the region asks for something else it is gone. */
const stillAsksFor = (performance: Performance, requested: Performance | null): boolean =>
  requested === null || isSamePerformance(performance, requested)

/** Two or three words for the strip; the whole sentence is in the name and the inspector. */
function reasonOf({ failure }: Job): string {
  const known: Readonly<Partial<Record<string, string>>> = say.state.shortReasons
  return (failure && known[failure.code]) ?? say.state.failed
}

/** The words beside the name in the strip. */
export function stateWords(state: RegionState): string {
  switch (state.kind) {
    case 'original':
    case 'converted':
    case 'missing':
      return ''
    case 'replaced':
      return say.state[state.isPlayed ? 'playedBy' : 'sungBy'](state.by)
    case 'assigned':
      return say.state.notConverted
    case 'queued':
      return state.place === null ? say.state.waiting : say.state.place(state.place)
    case 'converting':
      return state.remainingSec === null
        ? say.ui.percent(Math.round(state.fraction * 100))
        : say.state.convertingFor(Math.round(state.fraction * 100), Math.ceil(state.remainingSec))
    case 'stale':
      return say.state.outOfDate
    case 'failed':
      return state.reason
  }
}

/** The state as a screen reader says it, at the end of the region's name. */
export function spokenState(state: RegionState): string {
  switch (state.kind) {
    case 'queued':
      return state.place === null ? say.state.waiting : say.state.waitingAt(state.place)
    case 'converting':
      return say.state.convertingSpoken(Math.round(state.fraction * 100))
    case 'failed':
      return say.state.failedBecause(state.message)
    case 'missing':
      return say.state.isMissing(state.fileName)
    case 'original':
    case 'converted':
      return say.state[state.kind]
    case 'replaced':
    case 'assigned':
    case 'stale':
      return stateWords(state)
  }
}
