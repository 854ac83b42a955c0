import { resolve } from 'node:path'
import { Option, type Command } from 'commander'
import type { JobId, ProjectId, RegionId, PerformerId } from '../../shared/base/id.ts'
import type { ExportOptions } from '../../shared/contract/verbs.ts'
import { setRender } from '../../shared/project/edits/performance.ts'
import type { Project, Region } from '../../shared/project/model.ts'
import { isStale } from '../../shared/project/queries.ts'
import { singersDigest } from '../../shared/project/singers-heard.ts'
import type { Application } from '../application.ts'
import type { CommandContext } from './command-context.ts'
import { editProject } from './edit-project.ts'
import { addFarmOptions, type FarmOptions } from './farm-options.ts'
import { followJob } from './follow-job.ts'
import { readRate } from './options.ts'
import { request } from './request.ts'

interface RenderOptions extends FarmOptions {
  readonly out: string
  readonly what: 'stems' | 'mix'
  readonly encoding: ExportOptions['encoding']
  readonly rate?: number
  readonly session?: boolean
  readonly mark?: boolean
  readonly channels: 'mono' | 'stereo'
  readonly name: string
  readonly json?: boolean
}

/** `understudy render`, and the same as `understudy project render`. */
export function addRenderCommand(parent: Command, context: CommandContext): void {
  const command = parent.command('render <project>').description('convert what is out of date, then export')
  addFarmOptions(command)
    .requiredOption('--out <folder>', 'where the files go')
    .addOption(
      new Option('--what <what>', 'one file per singer track, or one for all')
        .choices(['stems', 'mix'])
        .default('stems'),
    )
    .addOption(
      new Option('--encoding <name>', 'samples of the files, WAV or FLAC')
        .choices(['pcm16', 'pcm24', 'float32', 'flac16', 'flac24'])
        .default('pcm24'),
    )
    .option('--rate <hertz>', "of the files, when it is not to be the project's", readRate)
    .option('--mark', 'mark the sound of files in which a converted voice is heard')
    .option('--session', 'also the arrangement with its sounds, as DAWproject')
    .addOption(new Option('--channels <count>', 'of each file').choices(['mono', 'stereo']).default('mono'))
    .option('--name <template>', 'of the files', '{song} {track}')
    .option('--json', 'print JSON')
    .action((file: string, options: RenderOptions) =>
      context.withApplication(
        async (application) => {
          const digests = await digestsOf(application)
          await editProject(application, file, async (document, projectId) => {
            const rendered = await convertAll(application, document, projectId, digests, context)
            await exportAll(application, rendered, projectId, options, context)
            return rendered
          })
        },
        { farm: options },
      ),
    )
}

type Digests = ReadonlyMap<PerformerId, string>

async function digestsOf(application: Application): Promise<Digests> {
  const [singers, domains] = [
    await request(application, 'singer:list', {}),
    await request(application, 'domain:list', {}),
  ]
  return new Map<PerformerId, string>([...singers, ...domains].map(({ id, digest }) => [id, digest]))
}

const needsRender = (region: Region, digests: Digests): boolean =>
  region.performance !== null &&
  (region.render === null ||
    isStale(
      region,
      singersDigest(region.performance, (id) => digests.get(id)),
    ))

async function convertAll(
  application: Application,
  document: Project,
  projectId: ProjectId,
  digests: Digests,
  context: CommandContext,
): Promise<Project> {
  // All are asked for at once: who does them, and how many at a time, is for the queue to say.
  const asked: { readonly regionId: RegionId; readonly jobId: JobId }[] = []
  for (const region of Object.values(document.regions)) {
    if (region.performance === null || !needsRender(region, digests)) continue
    const { jobId } = await request(application, 'project:convert', {
      projectId,
      regionId: region.id,
      regionName: region.name.slice(0, 120),
      sourceId: region.sourceId,
      sourceStartSamples: region.sourceStartSamples,
      durationSamples: region.durationSamples,
      performance: region.performance,
      priority: 'rest',
    })
    asked.push({ regionId: region.id, jobId })
  }
  let changed = document
  for (const [index, { regionId, jobId }] of asked.entries()) {
    try {
      const { render } = await followJob(application, jobId, 'convert', context)
      changed = setRender(changed, regionId, render)
    } catch (cause) {
      // Nobody waits for the rest any more.
      for (const other of asked.slice(index + 1)) await application.call('jobs:cancel', { jobId: other.jobId })
      throw cause
    }
  }
  return changed
}

async function exportAll(
  application: Application,
  document: Project,
  projectId: ProjectId,
  { what, encoding, rate, session, mark, channels, name, out, json }: RenderOptions,
  context: CommandContext,
): Promise<void> {
  const { jobId } = await request(application, 'project:export', {
    projectId,
    document,
    options: {
      what,
      regionIds: [],
      encoding,
      rateHz: rate ?? null,
      start: 'zero',
      channels,
      nameTemplate: name,
      folder: resolve(out),
      writesMetadata: true,
      marksSound: mark === true,
      writesReport: false,
      writesSession: session === true,
    },
  })
  const { files } = await followJob(application, jobId, 'export', context)
  context.terminal.write(json === true ? `${JSON.stringify(files)}\n` : files.map(({ path }) => `${path}\n`).join(''))
}
