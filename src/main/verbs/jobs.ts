import { failure, FailureError } from '../../shared/base/errors.ts'
import type { JobId } from '../../shared/base/id.ts'
import type { Job } from '../../shared/contract/jobs.ts'
import { emotionTrainWork } from '../jobs/emotion-train-job.ts'
import { discardEmotions } from '../jobs/emotion-files.ts'
import { storedEmotionRequest } from '../jobs/emotion-request.ts'
import { engineInstallWork, storedVariant } from '../jobs/engine-install-job.ts'
import { discardTraining, trainWork } from '../jobs/train-job.ts'
import { storedTrainingRequest } from '../jobs/training-request.ts'
import { discardDomains } from '../jobs/domain-files.ts'
import { storedDomainRequest } from '../jobs/domain-request.ts'
import { domainTrainWork } from '../jobs/domain-train-job.ts'
import { discardVocoder } from '../jobs/vocoder-files.ts'
import { storedVocoderRequest } from '../jobs/vocoder-request.ts'
import { vocoderTrainWork } from '../jobs/vocoder-train-job.ts'
import type { Work } from '../jobs/work.ts'
import type { VerbContext } from './context.ts'
import type { Handlers } from './handlers.ts'
import { singersOfJob } from './singers-at-hand.ts'

type JobVerbs = Pick<Handlers, 'jobs:list' | 'jobs:cancel' | 'jobs:move' | 'jobs:pause' | 'jobs:resume' | 'jobs:finish'>

export const jobVerbs: JobVerbs = {
  'jobs:list': (_request, { queue }) => Promise.resolve(queue.list()),
  'jobs:cancel': async ({ jobId }, context) => {
    const job = findJob(jobId, context)
    context.queue.command(jobId, 'cancel')
    // A running training discards what it made itself, once its worker let go of it.
    const isResting = job.state === 'queued' || job.state === 'paused'
    if (job.kind === 'train' && isResting) await discardResting(job, context)
    return {}
  },
  'jobs:move': async ({ jobId, place }, context) => {
    findJob(jobId, context)
    context.queue.move(jobId, place)
    return {}
  },
  'jobs:pause': async ({ jobId }, context) => {
    findTraining(jobId, context)
    context.queue.command(jobId, 'pause')
    return {}
  },
  'jobs:finish': async ({ jobId }, context) => {
    const { state } = findTraining(jobId, context)
    // Its worker knows best what is to be kept: it goes on for as long as that takes.
    if (state === 'paused') context.queue.resume(jobId, await trainingWorkOf(jobId, context))
    context.queue.command(jobId, 'finish')
    return {}
  },
  'jobs:resume': async ({ jobId }, context) => {
    const isInstall = findJob(jobId, context).kind === 'engine-install'
    const job = isInstall ? findJob(jobId, context) : findTraining(jobId, context)
    if (job.state !== 'paused' && job.state !== 'failed') {
      throw new FailureError(failure('request-invalid', `“${job.title}” is ${job.state}; only paused work goes on.`))
    }
    const work = isInstall
      ? engineInstallWork(await storedVariant(jobId, context), context)
      : await trainingWorkOf(jobId, context)
    context.queue.resume(jobId, work)
    return {}
  },
}

/** What goes on where its folder was left: a singer's training, an emotion model's, a vocoder's or that of domains. */
async function trainingWorkOf(jobId: JobId, context: VerbContext): Promise<Work> {
  switch (findJob(jobId, context).subject.kind) {
    case 'emotion':
      return emotionTrainWork(await storedEmotionRequest(jobId, context), context)
    case 'vocoder':
      return vocoderTrainWork(await storedVocoderRequest(jobId, context), context)
    case 'domain':
      return domainTrainWork(await storedDomainRequest(jobId, context), context)
    default:
      return trainWork(await storedTrainingRequest(jobId, context), context)
  }
}

function discardResting(job: Job, context: VerbContext): Promise<void> {
  switch (job.subject.kind) {
    case 'emotion':
      return discardEmotions(job.subject.modelId, context)
    case 'vocoder':
      return discardVocoder(job.subject.vocoderId, context.paths)
    case 'domain':
      return discardDomains(job.subject.domainIds, context.paths)
    default:
      return discardTraining(singersOfJob(job), context)
  }
}

function findJob(jobId: JobId, { queue }: VerbContext): Job {
  const job = queue.list().find((candidate) => candidate.id === jobId)
  if (!job) throw new FailureError(failure('not-found', `There is no job ${jobId}.`))
  return job
}

function findTraining(jobId: JobId, context: VerbContext): Job {
  const job = findJob(jobId, context)
  if (job.kind === 'train') return job
  throw new FailureError(failure('request-invalid', `“${job.title}” is no training; only trainings pause and resume.`))
}
