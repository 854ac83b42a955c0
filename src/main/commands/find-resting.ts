import { failure, FailureError } from '../../shared/base/errors.ts'
import type { Job } from '../../shared/contract/jobs.ts'
import { learnsUnder, type LearningMethod } from '../../shared/contract/named-training.ts'
import type { Application } from '../application.ts'
import { request } from './request.ts'

export interface RestingWish {
  readonly methods: readonly LearningMethod[]
  /** What is learned, with its article: "an emotion model". */
  readonly what: string
  /** That starts one: "emotion train". */
  readonly command: string
}

/**
 * The training that waits to go on and learns what is called so, the newest of several. Throws FailureError not-found,
 * which names what waits.
 */
export async function findResting(
  application: Application,
  name: string,
  { methods, what, command }: RestingWish,
): Promise<Job> {
  const resting = (await request(application, 'jobs:list', {})).filter(
    ({ state, training }) =>
      (state === 'paused' || state === 'failed') && training !== undefined && methods.includes(training.method),
  )
  const found = resting.findLast(({ training }) => learnsUnder(name, methods, training))
  if (found !== undefined) return found
  const waiting = resting.flatMap(({ training }) => training?.names ?? []).join(', ')
  const remedy = waiting === '' ? `Start one with "understudy ${command}".` : `These wait: ${waiting}.`
  throw new FailureError(failure('not-found', `No training of ${what} “${name}” waits to go on.`, remedy))
}
