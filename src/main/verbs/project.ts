import { resolve } from 'node:path'
import { failure, FailureError, type Failure } from '../../shared/base/errors.ts'
import { mintId, type ProjectId } from '../../shared/base/id.ts'
import type { Job } from '../../shared/contract/jobs.ts'
import { tell } from '../../shared/contract/told.ts'
import type { OpenProject } from '../../shared/contract/verbs.ts'
import { parseProject } from '../../shared/project/parse.ts'
import { createProject } from '../../shared/project/edits/document.ts'
import type { Project } from '../../shared/project/model.ts'
import { songEnd } from '../../shared/project/queries.ts'
import { singersHeard } from '../../shared/project/singers-heard.ts'
import { samplesToSeconds } from '../../shared/units/time.ts'
import { removeLeftovers } from '../files/media-folder.ts'
import {
  mediaFolderOf,
  projectEnding,
  projectPathOf,
  readNewerProjectFile,
  readProjectFile,
  removeSaveLeftovers,
} from '../files/project-file.ts'
import { copyMedia, saveProject } from '../files/place-media.ts'
import { isUnderWay } from '../jobs/queue.ts'
import { makeDemoProject } from '../projects/demo-song.ts'
import { identify } from '../projects/project-identity.ts'
import type { VerbContext } from './context.ts'
import type { Handlers } from './handlers.ts'
import { noticeOf } from './notice.ts'
import { openedProject } from './opened-project.ts'
import { valueOf } from './outcome.ts'

type ProjectVerbs = Pick<
  Handlers,
  'project:create' | 'project:open' | 'project:openDemo' | 'project:save' | 'project:close' | 'project:listRecent'
>

export const projectVerbs: ProjectVerbs = {
  'project:create': async ({ name, rateHz }, context) =>
    openUnsaved(createProject(mintId<ProjectId>(context.random), name, rateHz), context),
  'project:open': async ({ path: given }, context) => {
    const path = projectPathOf(resolve(given))
    const read = readProjectFile(resolve(given))
    if (!read.ok && read.failure.code === 'project-newer') return openNewer(path, read.failure, context)
    const written = valueOf(read)
    const mediaFolder = mediaFolderOf(path)
    const recents = await context.library.recents.list()
    const { projectId, copyOf } = identify(written.id, path, { ...context, recents })
    const document = projectId === written.id ? written : { ...written, id: projectId }
    if (!context.projects.find(projectId)) {
      removeLeftovers(mediaFolder)
      removeSaveLeftovers(path)
    }
    await remember(document, path, context)
    return openedProject({ document, path, mediaFolder, wasRecovered: false, copyOf }, context)
  },
  'project:openDemo': async (_request, context) => {
    const projectId = mintId<ProjectId>(context.random)
    const mediaFolder = context.projects.unsavedMediaFolder(projectId)
    const { demoFolder: folder } = context.paths
    const { demoWorkerPath: workerPath, random } = context
    const singer = (await context.library.singers.list()).find(({ origin }) => origin === 'shipped') ?? null
    const document = await makeDemoProject({ projectId, folder, mediaFolder, workerPath, singer, random })
    return openUnsaved(document, context)
  },
  'project:save': async ({ projectId, document: given, path: chosen }, context) => {
    const { projects, recovery } = context
    const document = documentOf(given, projectId)
    const opened = projects.get(projectId)
    const path = placeOf(chosen ?? opened.path)
    // Work for this project still reads and writes where it began; the next start clears that place.
    const isBusy = context.queue.list().some((job) => isUnderWay(job) && isAbout(job, projectId))
    const isScratch = opened.path === null && !isBusy
    const mediaFolder = await saveProject({ document, path, mediaFolder: opened.mediaFolder, isScratch })
    projects.put({ ...opened, name: document.name, path, mediaFolder })
    if (isBusy) await projects.follow(projectId, opened.mediaFolder)
    // An autosave that stays is older than its song, and is not offered.
    await inPassing('Forgetting an autosave', context, () => recovery.discard(projectId))
    await remember(document, path, context)
    return { path, savedAtMs: Date.now() }
  },
  'project:close': async ({ projectId }, { projects, recovery, queue }) => {
    if (!projects.find(projectId)) return {}
    for (const job of queue.list()) {
      if (isAbout(job, projectId)) queue.command(job.id, 'cancel')
    }
    recovery.discard(projectId)
    await projects.close(projectId)
    return {}
  },
  'project:listRecent': (_request, { library }) => library.recents.list(),
}

/** A copy with what this program knows of it: the file of the newer program stays as it is. */
async function openNewer(path: string, refusal: Failure, context: VerbContext): Promise<OpenProject> {
  const read = readNewerProjectFile(path)
  if (!read.ok) throw new FailureError(refusal)
  const known = read.value
  const document = { ...known, id: mintId<ProjectId>(context.random) }
  const mediaFolder = context.projects.unsavedMediaFolder(document.id)
  await copyMedia(mediaFolderOf(path), mediaFolder)
  context.emit(noticeOf(tell('song-newer', known.name)))
  return openedProject({ document, path: null, mediaFolder, wasRecovered: false, copyOf: path }, context)
}

const openUnsaved = (document: Project, context: VerbContext) => {
  const mediaFolder = context.projects.unsavedMediaFolder(document.id)
  return openedProject({ document, path: null, mediaFolder, wasRecovered: false }, context)
}

/** The document that a page sent, checked in full, and of the project that it speaks of. */
export function documentOf(given: unknown, projectId: ProjectId): Project {
  const document = valueOf(parseProject(given))
  if (document.id === projectId) return document
  throw new FailureError(
    failure('request-invalid', `The document is of the project ${document.id}, not of ${projectId}.`),
  )
}

const isAbout = ({ subject }: Job, projectId: ProjectId): boolean =>
  'projectId' in subject && subject.projectId === projectId

function placeOf(path: string | null): string {
  if (path === null) {
    throw new FailureError(failure('request-invalid', 'The project was never saved.', 'Choose where it shall lie.'))
  }
  return resolve(path.endsWith(projectEnding) ? path : `${path}${projectEnding}`)
}

/** Keeps the project on the start page. */
function remember(document: Project, path: string, context: VerbContext): Promise<void> {
  const singers = Object.values(document.regions).flatMap((region) =>
    region.performance ? singersHeard(region.performance) : [],
  )
  return inPassing('Keeping a song on the start page', context, () =>
    context.library.recents.record({
      projectId: document.id,
      name: document.name,
      path,
      durationSec: samplesToSeconds(songEnd(document), document.rateHz),
      singerIds: [...new Set(singers)],
      openedAtMs: Date.now(),
    }),
  )
}

/** Something beside what was asked: that the library's disk is full or read-only must not make a saved song an unsaved one. */
async function inPassing(doing: string, { logger }: VerbContext, action: () => Promise<void> | void): Promise<void> {
  try {
    await action()
  } catch (cause) {
    if (!(cause instanceof FailureError)) throw cause
    logger.warn(`${doing} was left out: ${cause.failure.message}`)
  }
}
