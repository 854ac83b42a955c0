import { failure, FailureError } from '../../shared/base/errors.ts'
import type { Job } from '../../shared/contract/jobs.ts'
import { isSameName, learningMethods, learnsUnder } from '../../shared/contract/named-training.ts'
import type { VerbContext } from './context.ts'
import { isUnfinishedTraining } from './singers-at-hand.ts'

const whats: Readonly<Record<keyof typeof learningMethods, string>> = {
  singer: 'a singer',
  emotion: 'an emotion model',
  vocoder: 'a vocoder',
  domain: 'a domain',
}

export interface NameWish {
  readonly kind: keyof typeof learningMethods
  /** The names of those that are there. */
  readonly taken: readonly string[]
  /** A training that may bear the name: that of the one who gets it. */
  readonly isOwn?: (job: Job) => boolean
}

/** A name is also taken by what still learns and is in no list yet. Throws FailureError name-taken. */
export function requireFreeName(
  name: string,
  { kind, taken, isOwn = () => false }: NameWish,
  { queue }: Pick<VerbContext, 'queue'>,
): void {
  const isLearning = (job: Job) =>
    isUnfinishedTraining(job) && !isOwn(job) && learnsUnder(name, learningMethods[kind], job.training)
  if (!taken.some((other) => isSameName(other, name)) && !queue.list().some(isLearning)) return
  throw new FailureError(
    failure('name-taken', `There is already ${whats[kind]} called “${name}”.`, 'Choose another name.'),
  )
}
