import { failure, FailureError } from '../../shared/base/errors.ts'
import type { SingerId } from '../../shared/base/id.ts'
import type { Singer } from '../../shared/contract/library.ts'
import type { VerbContext } from './context.ts'

/** What verbs about singers have in common. */

export async function findSinger(singerId: SingerId, { library }: VerbContext): Promise<Singer> {
  const singer = await library.singers.find(singerId)
  if (singer) return singer
  throw new FailureError(failure('singer-unknown', `There is no singer ${singerId} in the library.`))
}

export async function tellSingers({ library, emit }: VerbContext): Promise<void> {
  emit({ kind: 'singers-changed', singers: await library.singers.list() })
}

type Jobs = ReturnType<VerbContext['queue']['list']>

export const isUnfinishedTraining = (job: Jobs[number]): boolean =>
  job.kind === 'train' && (job.state === 'queued' || job.state === 'running' || job.state === 'paused')

export const isAbout = (job: Jobs[number], singerId: SingerId): boolean => singersOfJob(job).includes(singerId)

/** Empty where it is about something else. */
export const singersOfJob = ({ subject }: Jobs[number]): readonly SingerId[] =>
  subject.kind === 'singer' ? [subject.singerId, ...(subject.besideIds ?? [])] : []
