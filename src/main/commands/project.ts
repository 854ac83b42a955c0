import { existsSync } from 'node:fs'
import { basename, extname, resolve } from 'node:path'
import type { Command } from 'commander'
import { randomInt } from 'node:crypto'
import { failure, FailureError } from '../../shared/base/errors.ts'
import { mintId, type RegionId, type TrackId } from '../../shared/base/id.ts'
import { createRandom, type Random } from '../../shared/base/random.ts'
import { addSource } from '../../shared/project/edits/document.ts'
import { addRegion, newRegion } from '../../shared/project/edits/regions.ts'
import { addTrack, newSourceTrack } from '../../shared/project/edits/tracks.ts'
import type { Project, Source } from '../../shared/project/model.ts'
import { secondsToSamples } from '../../shared/units/time.ts'
import type { Application } from '../application.ts'
import type { CommandContext } from './command-context.ts'
import { editProject } from './edit-project.ts'
import { importFiles } from './import-files.ts'
import { readSeconds, readWhole } from './options.ts'
import { addProjectRegionCommand } from './project-region.ts'
import { addRenderCommand } from './project-render.ts'
import { addProjectTempoCommand } from './project-tempo.ts'
import { request } from './request.ts'

export function addProjectCommand(program: Command, context: CommandContext): void {
  const project = program.command('project').description('make, fill and render projects without the window')
  project
    .command('new <file>')
    .description('an empty project')
    .option('--rate <hertz>', 'samples per second of everything in it', readWhole(8000, 192_000), 48_000)
    .action((file: string, options: { readonly rate: number }) =>
      context.withApplication((application) => createNew(application, file, options.rate, context)),
    )
  project
    .command('import <project> <files...>')
    .description('bring stems in: each gets a track and a region')
    .option('--at <seconds>', 'where on the timeline they stand', readSeconds, 0)
    .action((file: string, stems: readonly string[], options: { readonly at: number }) =>
      context.withApplication((application) => importStems(application, file, stems, options.at, context)),
    )
  addProjectRegionCommand(project, context)
  addProjectTempoCommand(project, context)
  addRenderCommand(project, context)
}

async function createNew(application: Application, file: string, rateHz: number, { terminal }: CommandContext) {
  const path = resolve(extname(file) === '.understudy' ? file : `${file}.understudy`)
  if (existsSync(path)) {
    throw new FailureError(failure('name-taken', `${path} exists already.`, 'Choose another name, or remove it.'))
  }
  const name = basename(path, '.understudy')
  const { projectId, document } = await request(application, 'project:create', { name, rateHz })
  try {
    await request(application, 'project:save', { projectId, document, path })
  } finally {
    await application.call('project:close', { projectId })
  }
  terminal.write(`${path}\n`)
}

async function importStems(
  application: Application,
  file: string,
  stems: readonly string[],
  atSec: number,
  context: CommandContext,
): Promise<void> {
  const random = createRandom(randomInt(2 ** 32))
  const refused: string[] = []
  await editProject(application, file, async (document, projectId) => {
    const imported = await importFiles(application, projectId, stems, context)
    let changed = document
    for (const result of imported) {
      if (result.isImported) {
        changed = placeStem(changed, result.source, secondsToSamples(atSec, document.rateHz), random)
        const notes = result.notes.length > 0 ? ` (${result.notes.join('; ')})` : ''
        context.terminal.write(`${result.fileName}: ${result.source.id}${notes}\n`)
      } else {
        refused.push(result.fileName)
        context.terminal.writeAside(`${result.failure.message}\n`)
      }
    }
    return changed
  })
  if (refused.length === 0) return
  throw new FailureError(
    failure('audio-unreadable', `${refused.length} of ${stems.length} files did not come in: ${refused.join(', ')}.`),
  )
}

/** A stem on a track of its own, whole. */
function placeStem(project: Project, source: Source, startSamples: number, random: Random): Project {
  const track = newSourceTrack(mintId<TrackId>(random), source.name)
  const region = newRegion({
    id: mintId<RegionId>(random),
    trackId: track.id,
    name: source.name,
    sourceId: source.id,
    startSamples,
    durationSamples: source.durationSamples,
  })
  return addRegion(addTrack(addSource(project, source), track), region)
}
