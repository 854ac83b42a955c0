import { failure, FailureError } from '../../shared/base/errors.ts'
import type { Job, JobSubject } from '../../shared/contract/jobs.ts'
import type { Application } from '../application.ts'
import { request } from './request.ts'

/**
 * The training of this name that waits to go on. Throws FailureError not-found, which names those that wait.
 * @param what it learns, with its article: "an emotion model"
 */
export async function findResting(
  application: Application,
  name: string,
  subjectKind: JobSubject['kind'] & ('emotion' | 'vocoder'),
  what: string,
): Promise<Job> {
  const jobs = await request(application, 'jobs:list', {})
  const resting = jobs.filter(
    ({ kind, subject, state }) =>
      kind === 'train' && subject.kind === subjectKind && (state === 'paused' || state === 'failed'),
  )
  const found = resting.find(({ title }) => title.toLowerCase() === `training ${name.trim().toLowerCase()}`)
  if (found !== undefined) return found
  const waiting = resting.map(({ title }) => title.replace(/^Training /, '')).join(', ')
  const remedy = waiting === '' ? `Start one with "understudy ${subjectKind} train".` : `These wait: ${waiting}.`
  throw new FailureError(failure('not-found', `No training of ${what} “${name}” waits to go on.`, remedy))
}
