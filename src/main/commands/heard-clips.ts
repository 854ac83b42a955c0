import { basename } from 'node:path'
import { failure, FailureError } from '../../shared/base/errors.ts'
import type { SourceId } from '../../shared/base/id.ts'
import type { ClipVerdict } from '../../shared/contract/jobs.ts'
import { formatDuration } from '../../shared/units/time.ts'
import type { Application } from '../application.ts'
import { clipPaths } from './clip-paths.ts'
import type { CommandContext } from './command-context.ts'
import { followJob } from './follow-job.ts'
import { request } from './request.ts'
import type { Terminal } from './terminal.ts'

/** A singer to be, and where the clips are. */
export interface Dataset {
  readonly name: string
  readonly folder: string
}

/** What of a set can be learned from. */
export interface HeardSet {
  readonly name: string
  readonly clipIds: readonly SourceId[]
}

/**
 * Every set is heard before anything is learned: a bad one names itself now. Throws FailureError that names the set of
 * which nothing can be learned from.
 */
export async function hearSets(
  application: Application,
  datasets: readonly Dataset[],
  { json }: { readonly json?: boolean },
  context: CommandContext,
): Promise<readonly HeardSet[]> {
  const sets: HeardSet[] = []
  for (const { name, folder } of datasets) {
    const isOneOfSeveral = datasets.length > 1
    const verdicts = await inspect(application, await clipPaths(folder), context)
    const kept = verdicts.filter((clip) => clip.isKept)
    if (json !== true) tellVerdicts(context.terminal, verdicts, isOneOfSeveral ? `${name}: ` : '')
    if (kept.length === 0) throw nothingKept(verdicts, folder, isOneOfSeveral ? ` for ${name}` : '')
    sets.push({ name, clipIds: kept.map((clip) => clip.clipId) })
  }
  return sets
}

async function inspect(application: Application, paths: readonly string[], context: CommandContext) {
  const files = paths.map((path) => ({ kind: 'path' as const, path }))
  const { jobId } = await request(application, 'singer:inspectClips', { files })
  return (await followJob(application, jobId, 'inspect', context)).clips
}

function tellVerdicts(terminal: Terminal, verdicts: readonly ClipVerdict[], whose: string): void {
  for (const clip of verdicts) {
    terminal.writeAside(
      `${whose}${clip.isKept ? 'keep' : 'skip'}  ${formatDuration(clip.durationSec).padStart(6)}  ${clip.fileName}: ${clip.reason}\n`,
    )
  }
}

const nothingKept = (verdicts: readonly ClipVerdict[], folder: string, whose: string) =>
  new FailureError(
    failure(
      'clips-too-few',
      `None of the ${verdicts.length} files in ${folder}${whose} can be learned from.`,
      verdicts
        .map((clip) => `${basename(clip.fileName)}: ${clip.reason}`)
        .slice(0, 10)
        .join('\n'),
    ),
  )
