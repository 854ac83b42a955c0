import { join, resolve } from 'node:path'
import { failure, FailureError } from '../../shared/base/errors.ts'
import type { PerformerId } from '../../shared/base/id.ts'
import type { ExportOptions, Request } from '../../shared/contract/verbs.ts'
import { safeName } from '../../shared/project/export-names.ts'
import { subProgress } from '../../shared/base/progress.ts'
import { planExport, type PlannedFile } from '../../shared/project/export-plan.ts'
import type { Project } from '../../shared/project/model.ts'
import { singersHeard } from '../../shared/project/singers-heard.ts'
import { writeAtomically } from '../files/atomic-write.ts'
import { exportAudio, type WrittenExport } from '../files/export-audio.ts'
import { exportSession } from '../files/export-session.ts'
import { withExportNote } from '../files/export-note.ts'
import { ENGINE_VERSION } from '../compute/engine-version.ts'
import type { JobContext } from './job-context.ts'
import { listPerformers } from './performers.ts'
import type { Work } from './work.ts'

/** Writes what is heard to WAV files; the document is the one that was shown when the person asked. */
export async function exportWork(
  request: Request<'project:export'>,
  document: Project,
  context: JobContext,
): Promise<Work> {
  const { mediaFolder } = context.projects.get(request.projectId)
  const options = { ...request.options, folder: resolve(request.options.folder) }
  const names = new Map<PerformerId, string>((await listPerformers(context)).map(({ id, name }) => [id, name]))
  const nameOfSinger = (id: PerformerId) => names.get(id) ?? 'a singer that is gone'
  const files = planExport(document, options, nameOfSinger)
  if (files.length === 0) throw nothingToWrite(options)
  return {
    kind: 'export',
    title: files.length === 1 ? `Exporting ${files[0].fileName}` : `Exporting ${files.length} files`,
    subject: { kind: 'project', projectId: request.projectId },
    lane: 'files',
    priority: 'selected',
    shareKey: null,
    replaceKey: null,
    run: ({ progress }) =>
      withExportNote(options.folder, context.paths, async () => {
        const soundShare = options.writesSession ? SOUND_SHARE : 1
        const written = await exportAudio(
          {
            project: document,
            files,
            options,
            mediaFolder,
            nameOfSinger,
            software: `Understudy ${context.version}`,
            engine: `Understudy conversion ${ENGINE_VERSION}`,
            createdAtMs: Date.now(),
          },
          subProgress(progress, 0, soundShare),
        )
        if (options.writesReport) writeReport(document, files, written, options.folder, nameOfSinger)
        const exported = written.map(({ path, durationSamples, bytes }) => ({ path, durationSamples, bytes }))
        if (!options.writesSession) return { kind: 'done', outcome: { kind: 'export', files: exported } }
        const session = await exportSession(
          { project: document, folder: options.folder, mediaFolder, version: context.version, nameOfSinger },
          subProgress(progress, soundShare, 1),
        )
        return { kind: 'done', outcome: { kind: 'export', files: [...exported, session] } }
      }),
  }
}

/** Of the progress, when a session with all its sounds is written too. */
const SOUND_SHARE = 0.6

const nothingToWrite = ({ what }: ExportOptions) =>
  new FailureError(
    failure(
      'request-invalid',
      `There is nothing to export: ${emptyBecause[what]}.`,
      'Choose something else to export.',
    ),
  )

const emptyBecause: Record<ExportOptions['what'], string> = {
  mix: 'no region is heard',
  stems: 'no track has a region that is heard',
  selection: 'no region is selected',
  loop: 'the loop is empty',
}

/** What went into each file, for whoever asks later which voice was made by which singer. */
function writeReport(
  document: Project,
  planned: readonly PlannedFile[],
  written: readonly WrittenExport[],
  folder: string,
  nameOfSinger: (id: PerformerId) => string,
): void {
  const files = written.map((file, index) => ({
    ...file,
    rateHz: document.rateHz,
    startSamples: planned[index].startSamples,
    regions: planned[index].regionIds.map((id) => describeRegion(document, id, nameOfSinger)),
  }))
  const text = `${JSON.stringify({ project: document.name, files }, null, 2)}\n`
  writeAtomically(join(folder, `${safeName(document.name)} export.json`), new TextEncoder().encode(text))
}

function describeRegion(
  document: Project,
  id: PlannedFile['regionIds'][number],
  nameOfSinger: (id: PerformerId) => string,
) {
  const { name, startSamples, durationSamples, render, heard } = document.regions[id]
  const converted = heard === 'converted' ? render : null
  return {
    name,
    startSamples,
    durationSamples,
    singer: converted && singersHeard(converted.performance).map(nameOfSinger).join(' + '),
    performance: converted?.performance ?? null,
    renderKey: converted?.key ?? null,
  }
}
