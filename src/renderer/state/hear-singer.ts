import { CancelledError, FailureError } from '../../shared/base/errors.ts'
import type { JobId } from '../../shared/base/id.ts'
import type { Job } from '../../shared/contract/jobs.ts'
import type { Singer } from '../../shared/contract/library.ts'
import { auditionMediaId, renderMediaId, type MediaId } from '../../shared/contract/media.ts'
import type { Call } from '../../shared/contract/verbs.ts'
import type { Project } from '../../shared/project/model.ts'
import { say as words } from '../messages/say.svelte.ts'
import type { Audition } from './Audition.svelte.ts'

export interface Hearing {
  readonly call: Call
  /** The job as it is when it is over. */
  finish(jobId: JobId): Promise<Job>
  readonly audition: Pick<Audition, 'current' | 'play' | 'stop'>
  /** The open song, if any. */
  readonly project: Project | null
  say(message: string): void
}

/**
 * Plays a singer: the phrase of the newest checkpoint, else a render of the open song, else a phrase of the demo song,
 * which is sung for it the first time. Again, and it stops.
 */
export async function hearSinger(singer: Singer, hearing: Hearing): Promise<void> {
  const { call, audition, project } = hearing
  if (isHeard(singer, audition.current, project)) return audition.stop()
  const curve = await call('singer:trainingCurve', { singerId: singer.id })
  const auditionId = curve.findLast((point) => point.auditionId !== null)?.auditionId ?? null
  const [render] = mediaOfSinger(singer, project)
  const mediaId = auditionId === null ? render : auditionMediaId(singer.id, auditionId)
  await audition.play(mediaId ?? (await phraseOf(singer, hearing)))
}

async function phraseOf(singer: Singer, { call, finish, say }: Hearing): Promise<MediaId> {
  const { jobId } = await call('singer:hear', { singerId: singer.id })
  const over = finish(jobId)
  const isThere = await Promise.race([over.then(() => true), Promise.resolve(false)])
  if (!isThere) say(words.browser.singsAPhrase(singer.name))
  const { outcome, failure } = await over
  if (outcome?.kind === 'audition') return auditionMediaId(singer.id, outcome.auditionId)
  if (failure) throw new FailureError(failure)
  throw new CancelledError()
}

/** Whether something of a singer plays. */
export const isHeard = (singer: Singer, current: MediaId | null, project: Project | null): boolean =>
  current !== null &&
  (current.startsWith(auditionMediaId(singer.id, '')) || mediaOfSinger(singer, project).includes(current))

function mediaOfSinger({ id }: Singer, project: Project | null): readonly MediaId[] {
  if (!project) return []
  return Object.values(project.regions)
    .filter((region) => region.render?.performance.singerId === id && region.render.performance.blend.length === 0)
    .sort((a, b) => a.startSamples - b.startSamples)
    .flatMap((region) => (region.render ? [renderMediaId(project.id, region.render.key)] : []))
}
