import { copyFile } from 'node:fs/promises'
import { extname, resolve } from 'node:path'
import { failure, FailureError } from '../../shared/base/errors.ts'
import { mintId, type VocoderId } from '../../shared/base/id.ts'
import { listVocoders, vocoderPath } from '../jobs/vocoder-files.ts'
import { estimateVocoderTraining, vocoderTrainWork } from '../jobs/vocoder-train-job.ts'
import { requireFreeName } from './free-name.ts'
import type { Handlers } from './handlers.ts'
import { writeWhole } from '../files/write-whole.ts'

export const vocoderVerbs: Pick<Handlers, Extract<keyof Handlers, `vocoder:${string}`>> = {
  'vocoder:list': (_request, { paths }) => listVocoders(paths),
  'vocoder:estimateTraining': (asked, context) => estimateVocoderTraining(asked, context),
  'vocoder:train': async (asked, context) => {
    const taken = (await listVocoders(context.paths)).map(({ name }) => name)
    requireFreeName(asked.name, { kind: 'vocoder', taken }, context)
    const found = await Promise.all(asked.recordings.map(({ clipId }) => context.library.clips.find(clipId)))
    const missing = found.filter((clip) => clip === null).length
    if (missing > 0) {
      const message = `${missing} of the ${asked.recordings.length} recordings are not in the library.`
      throw new FailureError(failure('not-found', message, 'Check the recordings again.'))
    }
    const vocoderId = mintId<VocoderId>(context.random)
    const request = { ...asked, vocoderId, createdAtMs: Date.now() }
    return { jobId: context.queue.add(vocoderTrainWork(request, context)), vocoderId }
  },
  'vocoder:export': async ({ vocoderId, path }, context) => {
    if (!(await listVocoders(context.paths)).some(({ id }) => id === vocoderId))
      throw new FailureError(failure('not-found', `There is no vocoder ${vocoderId} in the library.`))
    const target = resolve(extname(path) === '.vocoder' ? path : `${path}.vocoder`)
    await writeWhole(target, (passing) => copyFile(vocoderPath(vocoderId, context.paths), passing))
    return { path: target }
  },
}
