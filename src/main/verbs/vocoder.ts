import { copyFile, writeFile } from 'node:fs/promises'
import { extname, resolve } from 'node:path'
import { failure, FailureError } from '../../shared/base/errors.ts'
import { mintId, type VocoderId } from '../../shared/base/id.ts'
import type { Job } from '../../shared/contract/jobs.ts'
import type { TrainedVocoder } from '../../shared/contract/vocoders.ts'
import { writeVocoderFile } from '../../shared/formats/vocoder-file.ts'
import { checkpointShelf } from '../compute/training/checkpoint-shelf.ts'
import { writeWhole } from '../files/write-whole.ts'
import { givenFile } from '../jobs/given-files.ts'
import { readTrainingCurve } from '../jobs/training-curve.ts'
import {
  describeVocoder,
  discardVocoder,
  listVocoders,
  readVocoder,
  vocoderPath,
  vocoderWorkFolder,
} from '../jobs/vocoder-files.ts'
import { vocoderAuditionWork } from '../jobs/vocoder-audition-job.ts'
import { takeTeacher } from '../jobs/vocoder-teacher-file.ts'
import { storedVocoderRequest } from '../jobs/vocoder-request.ts'
import { estimateVocoderTraining, vocoderTrainWork } from '../jobs/vocoder-train-job.ts'
import type { VerbContext } from './context.ts'
import { requireFreeName } from './free-name.ts'
import type { Handlers } from './handlers.ts'

export const vocoderVerbs: Pick<Handlers, Extract<keyof Handlers, `vocoder:${string}`>> = {
  'vocoder:list': (_request, { paths }) => listVocoders(paths),
  'vocoder:estimateTraining': (asked, context) => estimateVocoderTraining(asked, context),
  'vocoder:train': async (asked, context) => {
    await requireNewName(asked.name, context)
    const found = await Promise.all(asked.recordings.map(({ clipId }) => context.library.clips.find(clipId)))
    const missing = found.filter((clip) => clip === null).length
    if (missing > 0) {
      const message = `${missing} of the ${asked.recordings.length} recordings are not in the library.`
      throw new FailureError(failure('not-found', message, 'Check the recordings again.'))
    }
    const vocoderId = mintId<VocoderId>(context.random)
    await takeTeacher(asked, vocoderId, context.paths)
    const request = { ...asked, vocoderId, createdAtMs: Date.now() }
    return { jobId: context.queue.add(vocoderTrainWork(request, context)), vocoderId }
  },
  'vocoder:export': async ({ vocoderId, path }, context) => {
    await requireVocoder(vocoderId, context)
    const target = resolve(extname(path) === '.vocoder' ? path : `${path}.vocoder`)
    await writeWhole(target, (passing) => copyFile(vocoderPath(vocoderId, context.paths), passing))
    return { path: target }
  },
  'vocoder:import': async ({ file: reference, name }, context) => {
    const given = givenFile(reference, context.paths)
    const { model, card: found } = await readVocoder(given.path)
    const card = { ...found, name: name ?? found.name }
    await requireNewName(card.name, context)
    const id = mintId<VocoderId>(context.random)
    const bytes = writeVocoderFile(model, card)
    await writeWhole(vocoderPath(id, context.paths), (passing) => writeFile(passing, bytes))
    await given.release()
    context.emit({ kind: 'vocoders-changed' })
    return describeVocoder(id, { model, card })
  },
  'vocoder:remove': async ({ vocoderId }, context) => {
    const vocoder = await requireVocoder(vocoderId, context)
    if (['queued', 'running', 'paused'].includes(trainingOf(vocoderId, context)?.state ?? 'done')) {
      const message = `“${vocoder.name}” still learns.`
      throw new FailureError(failure('request-invalid', message, 'Cancel the training; that removes the vocoder too.'))
    }
    await discardVocoder(vocoderId, context.paths)
    context.emit({ kind: 'vocoders-changed' })
    return {}
  },
  'vocoder:checkpoints': ({ vocoderId }, { paths }) =>
    Promise.resolve(checkpointShelf(vocoderWorkFolder(vocoderId, paths), 'vocoder').steps()),
  'vocoder:hearCheckpoint': (request, context) => {
    const { work, done } = vocoderAuditionWork(request, context)
    return Promise.resolve({ jobId: done === null ? context.queue.add(work) : context.queue.addDone(work, done) })
  },
  'vocoder:trainingCurve': ({ vocoderId }, { paths }) => readTrainingCurve(vocoderWorkFolder(vocoderId, paths)),
  'vocoder:asked': async ({ vocoderId }, context) => {
    const training = trainingOf(vocoderId, context)
    return training ? storedVocoderRequest(training.id, context).catch(() => null) : null
  },
}

/** Throws FailureError name-taken. */
async function requireNewName(name: string, context: VerbContext): Promise<void> {
  const taken = (await listVocoders(context.paths)).map((vocoder) => vocoder.name)
  requireFreeName(name, { kind: 'vocoder', taken }, context)
}

async function requireVocoder(vocoderId: VocoderId, { paths }: VerbContext): Promise<TrainedVocoder> {
  const found = (await listVocoders(paths)).find(({ id }) => id === vocoderId)
  if (found !== undefined) return found
  throw new FailureError(failure('not-found', `There is no vocoder ${vocoderId} in the library.`))
}

const trainingOf = (vocoderId: VocoderId, { queue }: VerbContext): Job | undefined =>
  queue
    .list()
    .find(({ kind, subject }) => kind === 'train' && subject.kind === 'vocoder' && subject.vocoderId === vocoderId)
