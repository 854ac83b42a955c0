import { subProgress, type Progress } from '../../shared/base/progress.ts'
import type { ImportedFile } from '../../shared/contract/jobs.ts'
import type { FileReference, Request } from '../../shared/contract/verbs.ts'
import { createMemoryGuard } from '../compute/workers/memory-guard.ts'
import { importAudioFile } from '../files/import-audio.ts'
import type { OpenedProject } from '../projects/open-projects.ts'
import { givenFile, type GivenFile } from './given-files.ts'
import type { JobContext } from './job-context.ts'
import type { Work } from './work.ts'

/** A host with more than this gives back what an import no longer holds: conversions want the memory next. */
const HOST_TIDY_FROM_BYTES = 120e6

/** Brings files into a project's media, one after the other; one that is refused never stops the others. */
export function importWork(request: Request<'project:import'>, context: JobContext): Work {
  context.projects.get(request.projectId)
  return {
    kind: 'import',
    title: title(request.files),
    subject: { kind: 'project', projectId: request.projectId },
    lane: 'files',
    priority: 'selected',
    shareKey: null,
    replaceKey: null,
    run: async ({ progress }) => {
      const files: ImportedFile[] = []
      const tidy = createMemoryGuard(() => performance.now(), HOST_TIDY_FROM_BYTES)
      const given = request.files.map((reference) => givenFile(reference, context.paths))
      for (const [index, file] of given.entries()) {
        const share = subProgress(progress, index / given.length, (index + 1) / given.length)
        // Asked each time: the project may be saved elsewhere meanwhile.
        const project = context.projects.get(request.projectId)
        files.push(await importOne(file, project, request.acceptsTruncated, share))
        await context.projects.follow(request.projectId, project.mediaFolder)
        tidy()
      }
      return { kind: 'done', outcome: { kind: 'import', files } }
    },
  }
}

const title = (files: readonly FileReference[]): string => {
  const [first] = files
  const name = first.kind === 'upload' ? first.fileName : (first.path.split(/[\\/]/).at(-1) ?? first.path)
  return files.length === 1 ? `Importing ${name}` : `Importing ${files.length} files`
}

async function importOne(
  file: GivenFile,
  { mediaFolder, rateHz }: OpenedProject,
  acceptsTruncated: boolean,
  progress: Progress,
): Promise<ImportedFile> {
  const { path, fileName } = file
  const outcome = await importAudioFile({ path, fileName, mediaFolder, rateHz, acceptsTruncated }, progress)
  if (!outcome.ok) return { fileName, isImported: false, failure: outcome.failure, readableSec: outcome.readableSec }
  await file.release()
  const { source, isDuplicate, notes } = outcome.value
  return { fileName, isImported: true, source, isDuplicate, notes }
}
