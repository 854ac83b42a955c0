import { copyFile, readFile, rm, writeFile } from 'node:fs/promises'
import { extname, resolve } from 'node:path'
import { failure, FailureError } from '../../shared/base/errors.ts'
import { mintId, type SingerId } from '../../shared/base/id.ts'
import type { Singer } from '../../shared/contract/library.ts'
import { readAnySinger, renameSinger } from '../../shared/formats/any-singer-file.ts'
import { HUE_COUNT } from '../../shared/project/hues.ts'
import { fileFailure } from '../files/file-operations.ts'
import { givenFile } from '../jobs/given-files.ts'
import { inspectWork } from '../jobs/inspect-job.ts'
import { describeSinger, singerPath, trainingFolder } from '../jobs/singer-files.ts'
import { requireFreeName } from './free-name.ts'
import type { Handlers } from './handlers.ts'
import { startTraining } from './start-training.ts'
import { writeWhole } from '../files/write-whole.ts'
import { findSinger, isAbout, isUnfinishedTraining, tellSingers } from './singers-at-hand.ts'
import { trainingVerbs } from './training.ts'
import { valueOf } from './outcome.ts'

export const singerVerbs: Pick<Handlers, Extract<keyof Handlers, `singer:${string}`>> = {
  'singer:list': (_request, { library }) => library.singers.list(),
  'singer:rename': async ({ singerId, name }, context) => {
    const singer = await findSinger(singerId, context)
    // The table itself refuses the name of another singer.
    requireFreeName(name, { kind: 'singer', taken: [], isOwn: (job) => isAbout(job, singerId) }, context)
    await context.library.singers.update({ ...singer, name })
    await tellSingers(context)
    return {}
  },
  'singer:remove': async ({ singerId }, context) => {
    await findSinger(singerId, context)
    const training = context.queue.list().find((job) => isUnfinishedTraining(job) && isAbout(job, singerId))
    if (training) {
      throw new FailureError(
        failure(
          'request-invalid',
          `“${training.title}” is not over.`,
          'Cancel the training; that removes the singer too.',
        ),
      )
    }
    await context.library.singers.remove(singerId)
    await rm(singerPath(singerId, context.paths), { force: true })
    await rm(trainingFolder(singerId, context.paths), { recursive: true, force: true })
    await tellSingers(context)
    return {}
  },
  'singer:export': async ({ singerId, path }, context) => {
    const singer = await findSinger(singerId, context)
    const target = resolve(extname(path) === '.singer' ? path : `${path}.singer`)
    await exportSinger(singer, singerPath(singerId, context.paths), target)
    return { path: target }
  },
  'singer:import': async ({ file: reference }, context) => {
    const { library, random, paths } = context
    const file = givenFile(reference, paths)
    const id = mintId<SingerId>(random)
    const hueIndex = (await library.singers.list()).length % HUE_COUNT
    const singer = valueOf(await describeSinger(file.path, { id, hueIndex, origin: 'imported', learnedFraction: 1 }))
    requireFreeName(singer.name, { kind: 'singer', taken: [] }, context)
    // First the row, which may find the name taken; a file without a row would be found again by a rebuild.
    await library.singers.insert(singer)
    try {
      await writeWhole(singerPath(id, paths), (path) => copyFile(file.path, path))
    } catch (cause) {
      await library.singers.remove(id)
      throw cause
    }
    await file.release()
    await tellSingers(context)
    return singer
  },
  'singer:inspectClips': async (request, context) => ({ jobId: context.queue.add(inspectWork(request, context)) }),
  'singer:train': startTraining,
  ...trainingVerbs,
}

/** A singer that was renamed bears its new name in the exported card; the stored file stays, because renders are made with it. */
async function exportSinger(singer: Singer, from: string, to: string): Promise<void> {
  const bytes = await readFile(from).catch((cause: unknown) => {
    throw new FailureError(fileFailure(cause, from, 'read'))
  })
  const { card } = valueOf(readAnySinger(bytes))
  const named = card.name === singer.name ? bytes : valueOf(renameSinger(bytes, singer.name))
  await writeWhole(to, (path) => writeFile(path, named))
}
