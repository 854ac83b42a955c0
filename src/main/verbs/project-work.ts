import { estimateConversion } from '../jobs/conversion-estimate.ts'
import { prepareConversion } from '../jobs/convert-job.ts'
import { exportWork } from '../jobs/export-job.ts'
import { importWork } from '../jobs/import-job.ts'
import { locateWork } from '../jobs/locate-job.ts'
import { findRegionPitch } from '../jobs/region-pitch.ts'
import type { Handlers } from './handlers.ts'
import { documentOf } from './project.ts'

type WorkVerbs = Pick<
  Handlers,
  | 'project:import'
  | 'project:locate'
  | 'project:convert'
  | 'project:estimateConversion'
  | 'project:export'
  | 'project:pitchOutlines'
  | 'project:pitch'
>

/** Verbs that start work for a project; most answer with its job. */
export const projectWorkVerbs: WorkVerbs = {
  'project:import': async (request, context) => {
    const jobId = context.queue.add(importWork(request, context))
    context.watch.forget(request.files.flatMap((file) => (file.kind === 'path' ? [file.path] : [])))
    return { jobId }
  },
  'project:locate': (request, context) => Promise.resolve({ jobId: context.queue.add(locateWork(request, context)) }),
  'project:convert': async (request, context) => {
    const { work, cached } = await prepareConversion(request, context)
    return { jobId: cached === null ? context.queue.add(work) : context.queue.addDone(work, cached) }
  },
  'project:pitchOutlines': async ({ projectId, sourceIds }, { outlines }) =>
    [...(await outlines.ask(projectId, sourceIds))].map(([sourceId, outline]) => ({ sourceId, outline })),
  'project:pitch': (request, context) => findRegionPitch(request, context),
  'project:estimateConversion': (request, context) => estimateConversion(request, context),
  'project:export': async (request, context) => {
    const document = documentOf(request.document, request.projectId)
    return { jobId: context.queue.add(await exportWork(request, document, context)) }
  },
}
