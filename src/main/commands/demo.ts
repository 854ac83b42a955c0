import { mkdirSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { Option, type Command } from 'commander'
import { FailureError } from '../../shared/base/errors.ts'
import type { ProjectId, SingerId } from '../../shared/base/id.ts'
import { createRandom, type Random } from '../../shared/base/random.ts'
import type { ExportedFile } from '../../shared/contract/jobs.ts'
import type { TrainingPreset } from '../../shared/contract/library.ts'
import { setRender } from '../../shared/project/edits/performance.ts'
import type { Project } from '../../shared/project/model.ts'
import { formatDuration } from '../../shared/units/time.ts'
import type { Application } from '../application.ts'
import type { CommandContext } from './command-context.ts'
import { arrangeDemoSong, FIRST_WISH, letSing } from '../projects/demo-project.ts'
import { writeDemoReport, type DemoConversion } from './demo-report.ts'
import { DEMO_RATE_HZ, writeDemoClips, writeDemoStems, type DemoStems } from './demo-sounds.ts'
import { followJob } from './follow-job.ts'
import { importFiles } from './import-files.ts'
import { readSeed } from './options.ts'
import { request } from './request.ts'
import { trainFromClips } from './train-from-clips.ts'

interface DemoOptions {
  readonly out: string
  readonly preset: TrainingPreset
  readonly seed: number
}

/** What the trained singer sings: the verse as it is, the chorus with an emotion. */
const WISHES = [
  { part: 'Verse', emotion: { emotionId: 'neutral', intensity: 0 } },
  { part: 'Chorus', emotion: { emotionId: 'angry', intensity: 0.8 } },
] as const

export function addDemoCommand(program: Command, context: CommandContext): void {
  program
    .command('demo')
    .description('the main job from beginning to end, with voices made on the spot: train, convert, export, report')
    .option('--out <folder>', 'where everything is put; its library is its own', 'demo')
    .addOption(
      new Option('--preset <preset>', 'how long to train').choices(['quick', 'normal', 'long']).default('quick'),
    )
    .option('--seed <number>', 'same seed, same singer and samples', readSeed, 1)
    .action((options: DemoOptions) =>
      context.withApplication((application) => runDemo(application, options, context), {
        homeFolder: join(resolve(options.out), 'library'),
      }),
    )
}

export async function runDemo(application: Application, options: DemoOptions, context: CommandContext): Promise<void> {
  const startMs = performance.now()
  const folder = resolve(options.out)
  const { terminal } = context
  mkdirSync(folder, { recursive: true })
  terminal.writeAside('Singing a song …\n')
  const stems = writeDemoStems(folder)
  const imported = await importSong(application, stems, context)
  try {
    const opened = await convertAtOnce(application, imported, startMs, context)
    terminal.writeAside('Singing two singers’ clips …\n')
    const sounds = { ...stems, ...writeDemoClips(folder) }
    await removeEarlierSinger(application, sounds.singers[0].name)
    const trainingStartMs = performance.now()
    const singer = sounds.singers[0]
    const singerId = await trainFromClips(
      application,
      {
        name: singer.name,
        clipPaths: singer.clipPaths,
        preset: options.preset,
        seed: options.seed,
        consent: 'A synthetic voice: nobody had to be asked.',
        hueIndex: 3,
      },
      context,
    )
    const trainingSec = (performance.now() - trainingStartMs) / 1000
    const { project, conversions } = await convertParts(
      application,
      opened,
      { id: singerId, name: singer.name },
      WISHES,
      createRandom(2),
      context,
    )
    const { path } = await request(application, 'project:save', {
      projectId: opened.projectId,
      document: project,
      path: join(folder, 'Demo song.understudy'),
    })
    const exported = await exportSong(application, opened.projectId, project, join(folder, 'export'), context)
    const pages = await writeDemoReport(application, {
      folder,
      sounds,
      singer: { id: singerId, name: singer.name },
      projectId: opened.projectId,
      conversions,
      exported,
      projectPath: path,
      firstSec: opened.firstSec,
      trainingSec,
      totalSec: (performance.now() - startMs) / 1000,
    })
    tellResult(context, { folder, exported, pages, projectPath: path, startMs })
  } finally {
    await application.call('project:close', { projectId: imported.projectId })
  }
}

/** A second demo in the same folder learns anew. */
async function removeEarlierSinger(application: Application, name: string): Promise<void> {
  for (const singer of await request(application, 'singer:list', {}))
    if (singer.name === name) await request(application, 'singer:remove', { singerId: singer.id })
}

interface OpenedSong {
  readonly projectId: ProjectId
  readonly project: Project
}

interface BegunSong extends OpenedSong {
  /** From the start of the demo to the first conversion; null where no singer came with the program. */
  readonly firstSec: number | null
}

/** Before anything is trained a singer that came with the program sings the first part. */
async function convertAtOnce(
  application: Application,
  opened: OpenedSong,
  startMs: number,
  context: CommandContext,
): Promise<BegunSong> {
  const singer = (await request(application, 'singer:list', {})).find(({ origin }) => origin === 'shipped')
  if (singer === undefined) return { ...opened, firstSec: null }
  const { project } = await convertParts(application, opened, singer, [FIRST_WISH], createRandom(3), context)
  const firstSec = (performance.now() - startMs) / 1000
  context.terminal.writeAside(`${singer.name} sings after ${firstSec.toFixed(1)} s, with no training at all.\n`)
  return { ...opened, project, firstSec }
}

async function importSong(application: Application, sounds: DemoStems, context: CommandContext): Promise<OpenedSong> {
  const { projectId, document } = await request(application, 'project:create', {
    name: sounds.song.name,
    rateHz: DEMO_RATE_HZ,
  })
  const files = await importFiles(application, projectId, sounds.stemPaths, context)
  const sources = files.map((file) => {
    if (!file.isImported) throw new FailureError(file.failure)
    return file.source
  })
  return { projectId, project: arrangeDemoSong(document, sounds.song, sources, createRandom(1)) }
}

async function convertParts(
  application: Application,
  opened: OpenedSong,
  singer: { readonly id: SingerId; readonly name: string },
  wishes: Parameters<typeof letSing>[2],
  random: Random,
  context: CommandContext,
): Promise<{ project: Project; conversions: DemoConversion[] }> {
  const sung = letSing(opened.project, singer, wishes, random)
  let { project } = sung
  const conversions: DemoConversion[] = []
  for (const region of sung.regions) {
    if (region.performance === null) continue
    const { jobId } = await request(application, 'project:convert', {
      projectId: opened.projectId,
      regionId: region.id,
      regionName: region.name,
      sourceId: region.sourceId,
      sourceStartSamples: region.sourceStartSamples,
      durationSamples: region.durationSamples,
      performance: region.performance,
    })
    const { render, report } = await followJob(application, jobId, 'convert', context)
    project = setRender(project, region.id, render)
    conversions.push({ region: project.regions[region.id], report })
  }
  return { project, conversions }
}

async function exportSong(
  application: Application,
  projectId: ProjectId,
  document: Project,
  folder: string,
  context: CommandContext,
): Promise<readonly ExportedFile[]> {
  mkdirSync(folder, { recursive: true })
  const { jobId } = await request(application, 'project:export', {
    projectId,
    document,
    options: {
      what: 'stems',
      regionIds: [],
      encoding: 'pcm24',
      rateHz: null,
      start: 'zero',
      channels: 'mono',
      nameTemplate: '{song} - {track}',
      folder,
      writesMetadata: true,
      writesReport: false,
      writesSession: false,
    },
  })
  return (await followJob(application, jobId, 'export', context)).files
}

interface DemoResult {
  readonly folder: string
  readonly exported: readonly ExportedFile[]
  readonly pages: { readonly htmlPath: string; readonly jsonPath: string; readonly summary: string }
  readonly projectPath: string
  readonly startMs: number
}

function tellResult({ terminal }: CommandContext, { folder, exported, pages, projectPath, startMs }: DemoResult): void {
  const place = (path: string) => relative(process.cwd(), path) || path
  terminal.write(`${pages.summary}\n\n`)
  for (const file of exported) terminal.write(`  WAV      ${place(file.path)}\n`)
  terminal.write(`  project  ${place(projectPath)}\n`)
  terminal.write(`  figures  ${place(pages.jsonPath)}\n`)
  terminal.write(`  report   ${place(pages.htmlPath)}   (open it in a browser: look and listen)\n\n`)
  terminal.write(
    `Everything lies in ${place(folder)}. The demo took ${formatDuration((performance.now() - startMs) / 1000)}.\n`,
  )
}
