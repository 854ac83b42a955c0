import { copyFile, writeFile } from 'node:fs/promises'
import { extname, resolve } from 'node:path'
import { failure, FailureError } from '../../shared/base/errors.ts'
import { mintId, type DomainId } from '../../shared/base/id.ts'
import type { DomainTrainingAsked, TrainedDomain } from '../../shared/contract/domains.ts'
import type { Job } from '../../shared/contract/jobs.ts'
import { writeDomainFile } from '../../shared/formats/domain-file.ts'
import { writeWhole } from '../files/write-whole.ts'
import {
  describeDomain,
  discardDomains,
  domainPath,
  domainWorkFolder,
  findDomainFile,
  listDomains,
  readDomain,
} from '../jobs/domain-files.ts'
import { storedDomainRequest } from '../jobs/domain-request.ts'
import { domainTrainWork, estimateDomainTraining } from '../jobs/domain-train-job.ts'
import { givenFile } from '../jobs/given-files.ts'
import { readTrainingCurve } from '../jobs/training-curve.ts'
import type { VerbContext } from './context.ts'
import { requireFreeName } from './free-name.ts'
import type { Handlers } from './handlers.ts'

export const domainVerbs: Pick<Handlers, Extract<keyof Handlers, `domain:${string}`>> = {
  'domain:list': (_request, { paths }) => listDomains(paths),
  'domain:estimateTraining': (asked, context) => estimateDomainTraining(asked, context),
  'domain:train': async (asked, context) => {
    await requireFreeNames(
      asked.domains.map(({ name }) => name),
      context,
    )
    await requireWhole(asked, context)
    const domainIds = asked.domains.map(() => mintId<DomainId>(context.random))
    const work = domainTrainWork({ ...asked, domainIds, createdAtMs: Date.now() }, context)
    return { jobId: context.queue.add(work), domainIds }
  },
  'domain:export': async ({ domainId, path }, context) => {
    await requireDomain(domainId, context)
    const target = resolve(extname(path) === '.domain' ? path : `${path}.domain`)
    await writeWhole(target, (passing) => copyFile(domainPath(domainId, context.paths), passing))
    return { path: target }
  },
  'domain:import': async ({ file: reference, name }, context) => {
    const given = givenFile(reference, context.paths)
    const file = await readDomain(given.path)
    const card = { ...file.card, name: name ?? file.card.name }
    await requireFreeNames([card.name], context)
    const id = mintId<DomainId>(context.random)
    const target = domainPath(id, context.paths)
    const bytes = writeDomainFile({ ...file, card })
    await writeWhole(target, (passing) => writeFile(passing, bytes))
    await given.release()
    context.emit({ kind: 'domains-changed' })
    return describeDomain(id, await readDomain(target))
  },
  'domain:remove': async ({ domainId }, context) => {
    const domain = await requireDomain(domainId, context)
    if (isLearning(trainingOf(domainId, context))) {
      const message = `“${domain.name}” still learns.`
      throw new FailureError(failure('request-invalid', message, 'Cancel the training; that removes the domain too.'))
    }
    await discardDomains([domainId], context.paths)
    context.emit({ kind: 'domains-changed' })
    return {}
  },
  'domain:trainingCurve': ({ domainId }, context) => {
    const subject = trainingOf(domainId, context)?.subject
    const domainIds = subject?.kind === 'domain' ? subject.domainIds : [domainId]
    return readTrainingCurve(domainWorkFolder(domainIds, context.paths))
  },
  'domain:asked': async ({ domainId }, context) => {
    const training = trainingOf(domainId, context)
    return training ? storedDomainRequest(training.id, context).catch(() => null) : null
  },
}

/** Throws FailureError name-taken. */
async function requireFreeNames(names: readonly string[], context: VerbContext): Promise<void> {
  const taken = (await listDomains(context.paths)).map((domain) => domain.name)
  for (const [index, name] of names.entries()) {
    requireFreeName(name, { kind: 'domain', taken: [...taken, ...names.slice(0, index)] }, context)
  }
}

async function requireDomain(domainId: DomainId, { paths }: VerbContext): Promise<TrainedDomain> {
  const file = await findDomainFile(domainId, paths)
  if (file !== null) return describeDomain(domainId, file)
  throw new FailureError(failure('not-found', `There is no domain ${domainId} in the library.`))
}

const trainingOf = (domainId: DomainId, { queue }: VerbContext): Job | undefined =>
  queue
    .list()
    .find(({ kind, subject }) => kind === 'train' && subject.kind === 'domain' && subject.domainIds.includes(domainId))

const isLearning = (training: Job | undefined): boolean =>
  training !== undefined && ['queued', 'running', 'paused'].includes(training.state)

/** Recordings that are there, and one domain where an encoder is taken over. Throws FailureError. */
async function requireWhole({ domains, besideId }: DomainTrainingAsked, context: VerbContext): Promise<void> {
  const clipIds = domains.flatMap(({ recordings }) => recordings.map(({ clipId }) => clipId))
  const found = await Promise.all(clipIds.map((clipId) => context.library.clips.find(clipId)))
  const missing = found.filter((clip) => clip === null).length
  if (missing > 0) {
    const message = `${missing} of the ${clipIds.length} recordings are not in the library.`
    throw new FailureError(failure('not-found', message, 'Check the recordings again.'))
  }
  if (besideId === undefined) return
  await requireDomain(besideId, context)
  if (domains.length === 1) return
  const message = `One domain at a time is added to a trained encoder; ${domains.length} are named.`
  throw new FailureError(failure('request-invalid', message, 'Add them one after the other.'))
}
