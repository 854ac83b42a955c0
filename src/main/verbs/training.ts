import { copyFile } from 'node:fs/promises'
import { failure, FailureError } from '../../shared/base/errors.ts'
import { checkpointShelf } from '../compute/training/checkpoint-shelf.ts'
import { auditionWork } from '../jobs/audition-job.ts'
import { phraseWork } from '../jobs/phrase-job.ts'
import { describeSinger, singerPath, trainingFolder } from '../jobs/singer-files.ts'
import { readTrainingCurve } from '../jobs/training-curve.ts'
import { estimateTraining, estimateWaveform } from '../jobs/training-estimate.ts'
import type { Handlers } from './handlers.ts'
import { valueOf } from './outcome.ts'
import { writeWhole } from '../files/write-whole.ts'
import { findSinger, isAbout, isUnfinishedTraining, tellSingers } from './singers-at-hand.ts'

type TrainingVerbs = Pick<
  Handlers,
  | 'singer:trainingCurve'
  | 'singer:estimateTraining'
  | 'singer:estimateWaveform'
  | 'singer:checkpoints'
  | 'singer:hear'
  | 'singer:hearCheckpoint'
  | 'singer:useCheckpoint'
>

/** What is asked before a training, while it runs, and of what it left. */
export const trainingVerbs: TrainingVerbs = {
  'singer:trainingCurve': ({ singerId }, { paths }) => readTrainingCurve(trainingFolder(singerId, paths)),
  'singer:estimateTraining': ({ clipIds, besideClipIds = [], method = 'automatic' }, context) =>
    estimateTraining([clipIds, ...besideClipIds], method, context),
  'singer:estimateWaveform': ({ clipIds, steps }, context) => estimateWaveform(clipIds, steps, context),
  'singer:checkpoints': ({ singerId }, { paths }) =>
    Promise.resolve(checkpointShelf(trainingFolder(singerId, paths), 'singer').steps()),
  'singer:hear': async ({ singerId }, context) => {
    const { work, done } = phraseWork(await findSinger(singerId, context), context)
    return { jobId: done === null ? context.queue.add(work) : context.queue.addDone(work, done) }
  },
  'singer:hearCheckpoint': async (request, context) => {
    const { work, done } = auditionWork(request, context)
    return { jobId: done === null ? context.queue.add(work) : context.queue.addDone(work, done) }
  },
  'singer:useCheckpoint': async ({ singerId, step }, context) => {
    const { library, paths, queue } = context
    const singer = await findSinger(singerId, context)
    const training = queue.list().find((job) => isUnfinishedTraining(job) && isAbout(job, singerId))
    // The next better checkpoint would take its place unasked.
    if (training && training.state !== 'paused') {
      throw new FailureError(
        failure('request-invalid', `“${training.title}” is not over.`, 'Pause it, or stop and keep it, then choose.'),
      )
    }
    const from = checkpointShelf(trainingFolder(singerId, paths), 'singer').pathOf(step)
    const facts = {
      id: singerId,
      hueIndex: singer.hueIndex,
      origin: singer.origin,
      learnedFraction: singer.learnedFraction,
    }
    const described = { ...valueOf(await describeSinger(from, facts)), name: singer.name }
    await writeWhole(singerPath(singerId, paths), (path) => copyFile(from, path))
    await library.singers.update(described)
    await tellSingers(context)
    return described
  },
}
