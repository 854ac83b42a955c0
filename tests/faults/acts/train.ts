import { join } from 'node:path'
import { FailureError } from '../../../src/shared/base/errors.ts'
import type { JobId } from '../../../src/shared/base/id.ts'
import type { Job } from '../../../src/shared/contract/jobs.ts'
import { sungVoice, writeVoice } from '../../support/sung-voice.ts'
import type { Stage } from '../stage.ts'
import type { Act } from './act.ts'

/** The training that can be gone on with, if there is one. */
export async function restingTraining(stage: Stage): Promise<Job | null> {
  const jobs = await stage.ask('jobs:list', {})
  return jobs.find((job) => job.kind === 'train' && (job.state === 'paused' || job.isRetryable)) ?? null
}

async function begin(stage: Stage): Promise<JobId> {
  const path = join(stage.materials, `singer ${stage.ledger.nextNumber()}.wav`)
  writeVoice(path, [sungVoice('low')])
  const job = await stage.done(stage.ask('singer:inspectClips', { files: [{ kind: 'path', path }] }))
  if (job.failure) throw new FailureError(job.failure)
  const clips = job.outcome?.kind === 'inspect' ? job.outcome.clips : []
  const { jobId } = await stage.ask('singer:train', {
    name: `Bruno ${stage.ledger.nextNumber()}`,
    hueIndex: 1,
    consent: 'a synthesized voice',
    clipIds: clips.map(({ clipId }) => clipId),
    preset: 'quick',
    method: 'enroll',
    seed: 7,
  })
  return jobId
}

/** Settles when it got on and rests again, or ended otherwise. To be called before it is resumed, or when it was just begun. */
export async function learnOn(stage: Stage, jobId: JobId, isNew = false): Promise<Job> {
  stage.ledger.jobs.add(jobId)
  const { line } = stage.host()
  const gotOn = line.heard(
    (event) =>
      event.kind === 'training-progressed' ||
      (event.kind === 'job-changed' &&
        event.job.id === jobId &&
        event.job.state !== 'running' &&
        event.job.state !== 'queued'),
  )
  // What was only just begun may have ended before anybody listened.
  await (isNew ? Promise.race([gotOn, line.ended({ jobId })]) : gotOn)
  await stage.ask('jobs:pause', { jobId })
  return line.ended({ jobId })
}

/** What rests learns on for some steps; else a singer is begun. */
export async function learn(stage: Stage): Promise<Job> {
  const resting = await restingTraining(stage)
  if (resting === null) return learnOn(stage, await begin(stage), true)
  const learning = learnOn(stage, resting.id)
  const [job] = await Promise.all([learning, stage.ask('jobs:resume', { jobId: resting.id })])
  return job
}

export const train: Act = {
  name: 'train',
  weight: 1,
  async run(stage) {
    const job = await learn(stage)
    if (job.failure) throw new FailureError(job.failure)
  },
}
