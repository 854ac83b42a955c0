import { failure } from '../../shared/base/errors.ts'
import { subProgress, type Progress } from '../../shared/base/progress.ts'
import type { ImportedFile } from '../../shared/contract/jobs.ts'
import type { Request } from '../../shared/contract/verbs.ts'
import type { Source } from '../../shared/project/model.ts'
import { findMedia, type FoundMedia } from '../files/find-media.ts'
import { importAudioFile } from '../files/import-audio.ts'
import { placeSourceMedia } from '../files/place-media.ts'
import type { OpenedProject } from '../projects/open-projects.ts'
import type { JobContext } from './job-context.ts'
import type { Work } from './work.ts'

/** Looking takes about this share of the work, bringing in what was found the rest. */
const SEARCHED_FRACTION = 0.5

/** Brings lost media back from a folder; what is not there is said source by source. */
export function locateWork(request: Request<'project:locate'>, context: JobContext): Work {
  context.projects.get(request.projectId)
  const { sources, folder } = request
  return {
    kind: 'import',
    title: sources.length === 1 ? `Locating ${sources[0].name}` : `Locating ${sources.length} files`,
    subject: { kind: 'project', projectId: request.projectId },
    lane: 'files',
    priority: 'selected',
    shareKey: null,
    replaceKey: null,
    run: async ({ progress }) => {
      const found = await findMedia(folder, sources, subProgress(progress, 0, SEARCHED_FRACTION))
      const files: ImportedFile[] = []
      for (const [index, source] of sources.entries()) {
        const share = (at: number): number => SEARCHED_FRACTION + ((1 - SEARCHED_FRACTION) * at) / sources.length
        const project = context.projects.get(request.projectId)
        const media = found.find(({ sourceId }) => sourceId === source.id)
        files.push(
          await bringBack(source, media, folder, project, subProgress(progress, share(index), share(index + 1))),
        )
        await context.projects.follow(request.projectId, project.mediaFolder)
      }
      return { kind: 'done', outcome: { kind: 'import', files } }
    },
  }
}

async function bringBack(
  source: Source,
  media: FoundMedia | undefined,
  folder: string,
  { mediaFolder, rateHz }: OpenedProject,
  progress: Progress,
): Promise<ImportedFile> {
  const { id, name: fileName } = source
  if (!media) {
    const message = `“${fileName}” is not in ${folder}, or what is called so there is another recording.`
    const refused = failure('file-missing', message, 'Choose another folder, or import the file anew.')
    return { fileName, isImported: false, failure: refused, readableSec: null }
  }
  if (media.isMedia && (await placeSourceMedia(media.path, mediaFolder, id, rateHz)))
    return { fileName, isImported: true, source, isDuplicate: false, notes: [] }
  const request = { path: media.path, fileName, mediaFolder, rateHz, acceptsTruncated: false }
  const outcome = await importAudioFile(request, progress)
  return outcome.ok
    ? { fileName, isImported: true, ...outcome.value }
    : { fileName, isImported: false, failure: outcome.failure, readableSec: outcome.readableSec }
}
