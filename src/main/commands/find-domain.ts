import { failure, FailureError } from '../../shared/base/errors.ts'
import type { TrainedDomain } from '../../shared/contract/domains.ts'
import { isSameName } from '../../shared/contract/named-training.ts'
import type { Application } from '../application.ts'
import { request } from './request.ts'

/** By name or id, in whatever case. Throws FailureError `not-found`. */
export async function findDomain(application: Application, name: string): Promise<TrainedDomain> {
  const all = await request(application, 'domain:list', {})
  const found = all.find((one) => isSameName(one.id, name) || isSameName(one.name, name))
  if (found !== undefined) return found
  const known = all.map((one) => one.name).join(', ')
  const remedy = known === '' ? 'Train some: understudy domain train FOLDER FOLDER.' : `There are: ${known}.`
  throw new FailureError(failure('not-found', `There is no domain “${name}”.`, remedy))
}
