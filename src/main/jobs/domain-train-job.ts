import { dirname } from 'node:path'
import { CancelledError, type Failure } from '../../shared/base/errors.ts'
import {
  type DomainTrainingAsked,
  type DomainTrainingEstimate,
  type DomainTrainRequest,
} from '../../shared/contract/domains.ts'
import { domainNeeds, offeredSizeOf } from '../compute/training/translation/domain-needs.ts'
import { makeFolder } from '../files/atomic-write.ts'
import { sourcePath } from '../files/media-folder.ts'
import { computeStep } from './compute-step.ts'
import { diskProblem } from './disk-space.ts'
import { discardDomains, domainPath, domainWorkFolder, readDomain } from './domain-files.ts'
import type { DomainRequest } from './domain-request.ts'
import type { JobContext } from './job-context.ts'
import { clipsFolder } from './singer-files.ts'
import { superviseTraining } from './supervise-training.ts'
import type { RunControl, RunEnd, Work } from './work.ts'

/** A training of domains: its first start and every resume are the same work, as a singer's are. */
export const domainTrainWork = (request: DomainRequest, context: JobContext): Work => ({
  kind: 'train',
  title: `Training ${request.domains.map(({ name }) => name).join(', ')}`,
  subject: { kind: 'domain', domainIds: request.domainIds },
  training: { names: request.domains.map(({ name }) => name), method: 'music-translation' },
  lane: 'training',
  priority: 'rest',
  shareKey: `train-translation/${request.domainIds[0]}`,
  replaceKey: null,
  request,
  run: (control) => train(request, control, context),
})

async function train(request: DomainRequest, control: RunControl, context: JobContext): Promise<RunEnd> {
  const { domainIds } = request
  try {
    makeFolder(dirname(domainPath(domainIds[0], context.paths)))
    const task = { kind: 'train-translation' as const, request: taskOf(request, context) }
    const step = await superviseTraining<'train-translation'>(
      (own, told) => computeStep(context.pool, 'training', task, own, { onTrainingPoint: told }),
      control,
      {
        onPoint: (point) => {
          context.emit({ kind: 'domain-training-progressed', domainId: domainIds[0], point })
          if (point.losses !== undefined || point.heldOutLoss !== null) context.emit({ kind: 'domains-changed' })
        },
        findProblem: () => findProblem(request, context),
        onUnanswered: (cause) => context.logger.error('Whether domains can learn on was not found out', cause),
      },
    )
    if (step.kind === 'paused') return step
    return { kind: 'done', outcome: { kind: 'train-translation', domainIds, summary: step.result.summary } }
  } catch (cause) {
    if (cause instanceof CancelledError) {
      await discardDomains(domainIds, context.paths)
      context.emit({ kind: 'domains-changed' })
    }
    throw cause
  }
}

/** What is written already counts as still needed: a margin for what else fills the disk meanwhile. */
async function findProblem(request: DomainRequest, context: JobContext): Promise<Failure | null> {
  const { diskBytes } = await estimateDomainTraining(request, context)
  return diskProblem(context.paths.homeFolder, {
    neededBytes: diskBytes,
    work: 'learning',
    remedy: 'Free some space, then go on: what was learned until now is kept.',
  })
}

/** What a training takes with these recordings on this machine as it is now. */
export async function estimateDomainTraining(
  { domains, size, steps, besideId }: DomainTrainingAsked,
  { library, engine, paths }: JobContext,
): Promise<DomainTrainingEstimate> {
  const domainsSec = await Promise.all(
    domains.map(async ({ recordings }) => {
      const found = await Promise.all(recordings.map(({ clipId }) => library.clips.find(clipId)))
      return found.reduce((sum, clip) => sum + (clip === null ? 0 : clip.durationSamples / clip.rateHz), 0)
    }),
  )
  const { engines, freeDiskBytes, freeMemoryBytes } = await engine.describe()
  const trains = engines.find(({ use }) => use.includes('training'))
  const needs = domainNeeds({
    size: (besideId && offeredSizeOf((await readDomain(domainPath(besideId, paths))).model)) ?? size,
    ...(steps === undefined ? {} : { steps }),
    domainsSec,
    gflopPerSec: trains?.gflopPerSec ?? null,
    analysisFactor: await engine.analysisFactor(),
  })
  const recordedSec = domainsSec.reduce((sum, sec) => sum + sec, 0)
  return { ...needs, recordedSec, freeDiskBytes, freeMemoryBytes, engine: trains?.label ?? null }
}

function taskOf(request: DomainRequest, { paths, version }: JobContext): DomainTrainRequest {
  const { domainIds, licence, learnedFrom, createdAtMs, seed, size, steps, besideId } = request
  return {
    domains: request.domains.map(({ name, recordings }, index) => ({
      domainId: domainIds[index],
      name,
      recordings: recordings.map(({ clipId, fileName }) => {
        return { clipId, fileName, path: sourcePath(clipsFolder(paths), clipId) }
      }),
      modelPath: domainPath(domainIds[index], paths),
    })),
    size,
    ...(steps === undefined ? {} : { steps }),
    ...(besideId === undefined ? {} : { besidePath: domainPath(besideId, paths) }),
    licence,
    learnedFrom,
    software: `Understudy ${version}`,
    createdAtMs,
    seed,
    workFolder: domainWorkFolder(domainIds, paths),
  }
}
