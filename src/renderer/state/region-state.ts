import type { Job } from '../../shared/contract/jobs.ts'
import type { Project, Region } from '../../shared/project/model.ts'
import type { Performance } from '../../shared/project/performance.ts'
import { isSamePerformance, isStale } from '../../shared/project/queries.ts'

/** What a region is at, derived from the document and the jobs; nothing of it is stored. */
export type RegionState =
  | { readonly kind: 'original' }
  | { readonly kind: 'replaced'; readonly by: string }
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
  /** Name of the singer whose region replaces this one; null when none does. */
  readonly sungBy: string | null
}

export function regionState(region: Region, facts: RegionFacts): RegionState {
  if (facts.isMissing) return { kind: 'missing', fileName: facts.project.sources[region.sourceId].name }
  if (!region.performance) return facts.sungBy === null ? { kind: 'original' } : { kind: 'replaced', by: facts.sungBy }
  const { job } = facts
  if (job?.state === 'queued' || job?.state === 'paused') return { kind: 'queued', place: job.queuePosition }
  if (job?.state === 'running') return { kind: 'converting', fraction: job.fraction, remainingSec: job.remainingSec }
  if (job?.state === 'failed' && stillAsksFor(region.performance, facts.requested))
    return { kind: 'failed', reason: reasonOf(job), message: job.failure?.message ?? 'The conversion failed.' }
  if (!region.render) return { kind: 'assigned' }
  return isStale(region, facts.singerDigest) ? { kind: 'stale' } : { kind: 'converted' }
}

/** A fault concerns what was asked; once the region asks for something else it is gone. */
const stillAsksFor = (performance: Performance, requested: Performance | null): boolean =>
  requested === null || isSamePerformance(performance, requested)

/** Two or three words for the strip; the whole sentence is in the name and the inspector. */
const shortReasons: Readonly<Record<string, string>> = {
  'audio-silent': 'silent',
  'audio-empty': 'no sound',
  'audio-too-short': 'too short',
  'audio-too-long': 'too long',
  'audio-unvoiced': 'no voice found',
  'audio-not-finite': 'damaged sound',
  'audio-unreadable': 'unreadable',
  'checkpoint-invalid': 'singer file damaged',
  'disk-full': 'disk full',
  'engine-device-lost': 'device lost',
  'engine-out-of-memory': 'out of memory',
  'engine-stopped': 'engine stopped',
  'engine-unavailable': 'no engine',
  'file-missing': 'file missing',
  'job-interrupted': 'interrupted',
  'singer-unknown': 'singer missing',
}
const reasonOf = (job: Job): string => (job.failure && shortReasons[job.failure.code]) ?? 'failed'

/** The words beside the name in the strip. */
export function stateWords(state: RegionState): string {
  switch (state.kind) {
    case 'original':
    case 'converted':
    case 'missing':
      return ''
    case 'replaced':
      return `sung by ${state.by}`
    case 'assigned':
      return 'not converted'
    case 'queued':
      return state.place === null ? 'waiting' : ordinal(state.place)
    case 'converting':
      return `${Math.round(state.fraction * 100)} %${state.remainingSec === null ? '' : ` · ${Math.ceil(state.remainingSec)} s`}`
    case 'stale':
      return 'out of date'
    case 'failed':
      return state.reason
  }
}

/** The state as a screen reader says it, at the end of the region's name. */
export function spokenState(state: RegionState): string {
  switch (state.kind) {
    case 'queued':
      return state.place === null ? 'waiting' : `waiting, ${ordinal(state.place)}`
    case 'converting':
      return `converting, ${Math.round(state.fraction * 100)} percent`
    case 'failed':
      return `failed, ${state.message}`
    case 'missing':
      return `file ${state.fileName} is missing`
    case 'original':
    case 'converted':
      return state.kind
    case 'replaced':
    case 'assigned':
    case 'stale':
      return stateWords(state)
  }
}

function ordinal(place: number): string {
  const tens = place % 100
  const suffix = tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][place % 10] ?? 'th')
  return `${place}${suffix}`
}
