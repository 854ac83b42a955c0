import { failure, FailureError } from '../../shared/base/errors.ts'
import type { DomainId, PerformerId, SingerId } from '../../shared/base/id.ts'
import type { Performer } from '../../shared/contract/library.ts'
import { describeDomain, domainPath, findDomainFile, listDomains } from './domain-files.ts'
import type { JobContext } from './job-context.ts'
import { singerPath } from './singer-files.ts'

type Shelf = Pick<JobContext, 'library' | 'paths'>

/** Somebody who performs, with the file of what was learned. */
export interface FoundPerformer {
  readonly card: Performer
  readonly path: string
}

/** The singer or the domain of an id: every id is minted once, whatever it is for. Null where the library has neither. */
export async function findPerformer(id: PerformerId, { library, paths }: Shelf): Promise<FoundPerformer | null> {
  const singerId = id as SingerId // asked as one, and as the other below
  const singer = await library.singers.find(singerId)
  if (singer !== null) return { card: singer, path: singerPath(singerId, paths) }
  const domainId = id as DomainId
  const file = await findDomainFile(domainId, paths)
  return file && { card: describeDomain(domainId, file), path: domainPath(domainId, paths) }
}

/** Throws FailureError `singer-unknown`, `checkpoint-invalid`. */
export async function requirePerformer(id: PerformerId, shelf: Shelf): Promise<FoundPerformer> {
  const found = await findPerformer(id, shelf)
  if (found !== null) return found
  throw new FailureError(
    failure(
      'singer-unknown',
      `Neither a singer nor a domain ${id} is in the library.`,
      'Import its file, or choose another.',
    ),
  )
}

/** Everybody who can perform, singers first. */
export const listPerformers = async ({ library, paths }: Shelf): Promise<readonly Performer[]> => [
  ...(await library.singers.list()),
  ...(await listDomains(paths)),
]
