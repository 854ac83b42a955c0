import { dirname, resolve } from 'node:path'
import { rm } from 'node:fs/promises'
import { mintId, type ProjectId } from '../../shared/base/id.ts'
import type { OpenProject } from '../../shared/contract/verbs.ts'
import { createProject } from '../../shared/project/edits/document.ts'
import type { Project } from '../../shared/project/model.ts'
import { parseProject } from '../../shared/project/parse.ts'
import { songEnd } from '../../shared/project/queries.ts'
import { samplesToSeconds } from '../../shared/units/time.ts'
import { missingSourceIds } from '../files/media-folder.ts'
import { prepareConversion } from '../jobs/convert-job.ts'
import { importWork } from '../jobs/import-job.ts'
import { mediaFolderOf, readProject, writeProject } from '../projects/interim.ts'
import type { VerbContext } from './context.ts'
import type { Handlers } from './handlers.ts'
import { valueOf } from './outcome.ts'

export const projectVerbs: Partial<Handlers> = {
  'project:create': async ({ name, rateHz }, context) =>
    open(createProject(mintId<ProjectId>(context.random), name, rateHz), null, context),
  'project:open': async ({ path }, context) => {
    const place = resolve(path)
    const document = valueOf(await readProject(place))
    await remember(document, place, context)
    return open(document, place, context)
  },
  'project:save': async ({ projectId, document, path }, context) => {
    const opened = context.projects.get(projectId)
    const target = resolve(path ?? opened.path ?? '')
    const checked = valueOf(parseProject(document))
    await writeProject(target, checked)
    context.projects.put({ ...opened, path: target })
    await remember(checked, target, context)
    return { path: target, savedAtMs: Date.now() }
  },
  'project:autosave': async () => ({ savedAtMs: Date.now() }),
  'project:close': async ({ projectId }, { projects }) => {
    projects.remove(projectId)
    return {}
  },
  'project:listRecent': ({}, { library }) => library.recents.list(),
  'project:listRecoveries': async () => [],
  'project:import': async (request, context) => ({ jobId: context.queue.add(importWork(request, context)) }),
  'project:convert': async (request, context) => {
    const { work, cached } = await prepareConversion(request, context)
    return { jobId: cached === null ? context.queue.add(work) : context.queue.addDone(work, cached) }
  },
}

function open(document: Project, path: string | null, { projects }: VerbContext, wasRecovered = false): OpenProject {
  const { id: projectId, name, rateHz } = document
  const mediaFolder = path === null ? projects.unsavedMediaFolder(projectId) : mediaFolderOf(path)
  projects.put({ projectId, name, rateHz, path, mediaFolder })
  return { projectId, document, path, wasRecovered, missingSourceIds: missingSourceIds(mediaFolder, document) }
}

/** Keeps the project on the start page. */
async function remember(document: Project, path: string, { library }: VerbContext): Promise<void> {
  const singers = Object.values(document.regions).flatMap((region) => region.performance?.singerId ?? [])
  await library.recents.record({
    projectId: document.id,
    name: document.name,
    path,
    durationSec: samplesToSeconds(songEnd(document), document.rateHz),
    singerIds: [...new Set(singers)],
    openedAtMs: Date.now(),
  })
}
