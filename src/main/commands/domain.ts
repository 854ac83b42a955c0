import { basename, resolve } from 'node:path'
import { Option, type Command } from 'commander'
import { failure, FailureError } from '../../shared/base/errors.ts'
import type { DomainId, JobId } from '../../shared/base/id.ts'
import {
  domainSizes,
  faultsOfVoicesAlone,
  MOST_DOMAINS,
  type DomainSize,
  type DomainTrainSummary,
  type TrainedDomain,
} from '../../shared/contract/domains.ts'
import { learningMethods } from '../../shared/contract/named-training.ts'
import type { ClipFault } from '../../shared/screening/finding.ts'
import { formatDuration } from '../../shared/units/time.ts'
import type { Application } from '../application.ts'
import { checkedRecordings } from './checked-recordings.ts'
import { clipPaths } from './clip-paths.ts'
import type { CommandContext } from './command-context.ts'
import { describeEstimate } from './estimate-words.ts'
import { findDomain } from './find-domain.ts'
import { findResting } from './find-resting.ts'
import { followJob } from './follow-job.ts'
import { namedFolders } from './named-folders.ts'
import { readSeed, readWhole } from './options.ts'
import { request } from './request.ts'
import { table } from './terminal.ts'

interface TrainOptions {
  readonly size: DomainSize
  readonly steps?: number
  readonly beside?: string
  readonly seed: number
  readonly licence: string
  readonly estimate?: boolean
  readonly json?: boolean
}

const details = `
Each folder holds recordings of one instrument, ensemble or voice and gives the domain its name; clips/vln=Violin gives
it another. All of them are learned under one encoder, at 16 kHz: what is translated ends at 8 kHz. "preview" is told
the melody and suits plain sounds of one voice; with its own number of steps it keeps melodies of recorded instruments
only in part. The larger sizes learn notes and chords by themselves, and were published with days on graphics devices.
"--beside" adds one domain to those of a trained encoder, which stays as it is.

Examples:
  understudy domain train clips/flute clips/violin --size preview
  understudy domain train clips/horn --beside Flute
  understudy translate hum.wav --domain Violin --out violin.wav`

/** Domains that a person trains: what music is translated into. */
export function addDomainCommand(program: Command, context: CommandContext): void {
  const domain = program.command('domain').description('train, resume, list, export and import domains of music')
  domain
    .command('train <folders...>')
    .description('learn to play any music as these recordings do, a folder for each domain')
    .addOption(new Option('--size <size>', 'of the network').choices(domainSizes).default('preview'))
    .option('--steps <number>', 'how long it learns; its size says otherwise', readWhole(1, 10_000_000))
    .option('--beside <domain>', 'one domain more, below the encoder of this one')
    .option('--seed <number>', 'same seed and recordings, same domains', readSeed, 1)
    .option('--licence <words>', 'what may be done with them; stored in them', 'Not stated.')
    .option('--estimate', 'say what it would take, and begin nothing')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', details)
    .action((folders: readonly string[], options: TrainOptions) =>
      context.withApplication((application) => train(application, folders, options, context)),
    )
  domain
    .command('resume <name>')
    .description('go on with a training that was paused, or that ended with the program')
    .option('--json', 'print the result as JSON')
    .action((name: string, { json }: Pick<TrainOptions, 'json'>) =>
      context.withApplication(async (application) => {
        const wish = { methods: learningMethods.domain, what: 'a domain', command: 'domain train' }
        const { id } = await findResting(application, name, wish)
        await request(application, 'jobs:resume', { jobId: id })
        await tell(application, id, json === true, context)
      }),
    )
  domain
    .command('list')
    .description('every domain of the library')
    .option('--json', 'print JSON')
    .action(({ json }: Pick<TrainOptions, 'json'>) =>
      context.withApplication(async (application) => {
        const found = await request(application, 'domain:list', {})
        context.terminal.write(json === true ? `${JSON.stringify(found)}\n` : listing(found))
      }),
    )
  domain
    .command('export <name> <file>')
    .description('write a domain with its card to a .domain file')
    .action((name: string, file: string) =>
      context.withApplication(async (application) => {
        const { id } = await findDomain(application, name)
        const { path } = await request(application, 'domain:export', { domainId: id, path: resolve(file) })
        context.terminal.write(`${path}\n`)
      }),
    )
  domain
    .command('import <file>')
    .description('take a .domain file into the library')
    .option('--name <name>', 'what it is called here; its card says otherwise')
    .action((file: string, { name }: { readonly name?: string }) =>
      context.withApplication(async (application) => {
        const wish = { file: { kind: 'path' as const, path: resolve(file) }, ...(name === undefined ? {} : { name }) }
        const found = await request(application, 'domain:import', wish)
        context.terminal.write(`${found.name} is in the library. Its licence: ${found.licence}\n`)
      }),
    )
}

async function train(
  application: Application,
  folders: readonly string[],
  { size, steps, beside, seed, licence, estimate: isEstimate, json }: TrainOptions,
  context: CommandContext,
): Promise<void> {
  const sets = namedFolders(folders)
  requireUsualCount(sets.length, beside)
  const besideId: DomainId | undefined = beside === undefined ? undefined : (await findDomain(application, beside)).id
  const domains = []
  for (const { name, folder } of sets) {
    const files = (await clipPaths(folder)).map((path) => ({ path: basename(path), absolutePath: path }))
    const isFine = (fault: ClipFault) => faultsOfVoicesAlone.has(fault)
    const kept = await checkedRecordings(application, files, { ...(json && { json }), isFine }, context)
    domains.push({ name, recordings: kept.map(({ clipId, path }) => ({ clipId, fileName: path })) })
  }
  const count = domains.reduce((sum, { recordings }) => sum + recordings.length, 0)
  const asked = {
    domains,
    size,
    ...(steps === undefined ? {} : { steps }),
    ...(besideId === undefined ? {} : { besideId }),
    licence,
    learnedFrom: `${count} recordings of one's own`,
    seed,
  }
  const estimate = await request(application, 'domain:estimateTraining', asked)
  if (isEstimate === true && json === true) return void context.terminal.write(`${JSON.stringify(estimate)}\n`)
  const learned = `${formatDuration(estimate.recordedSec)} in ${domains.length === 1 ? 'one domain' : `${domains.length} domains`}`
  if (json !== true) context.terminal.writeAside(describeEstimate(estimate, learned))
  if (isEstimate === true) return
  const { jobId } = await request(application, 'domain:train', asked)
  await tell(application, jobId, json === true, context)
}

/** The encoder learns to leave out what plays by hearing several domains. Throws FailureError. */
function requireUsualCount(count: number, beside: string | undefined): void {
  if (beside !== undefined ? count === 1 : count >= 2 && count <= MOST_DOMAINS) return
  const expected = beside === undefined ? `2 to ${MOST_DOMAINS} folders` : 'one folder beside a trained domain'
  throw new FailureError(
    failure(
      'request-invalid',
      `Expected ${expected}, found ${count}.`,
      'Give a folder for each domain; one alone needs “--beside” a domain that was trained.',
    ),
  )
}

/** Follows a training to its end and says what it came to. */
async function tell(application: Application, jobId: JobId, isJson: boolean, context: CommandContext): Promise<void> {
  const { domainIds, summary } = await followJob(application, jobId, 'train-translation', context)
  context.terminal.write(isJson ? `${JSON.stringify({ ok: true, domainIds, summary })}\n` : describeSummary(summary))
}

function describeSummary({
  stepCount,
  bestStep,
  trainingSec,
  backend,
  domains,
  heldOutLoss,
}: DomainTrainSummary): string {
  const names = domains.map(({ name, recordedSec }) => `${name} (${formatDuration(recordedSec)})`).join(', ')
  const judged =
    heldOutLoss === null ? 'too little to hold any out' : `${heldOutLoss.toFixed(3)} nats a sample on what was held out`
  return (
    `${names}: ${stepCount} steps in ${formatDuration(trainingSec)} on ${backend}, best at step ${bestStep}; ${judged}.\n` +
    `Hear it: understudy translate IN --domain ${domains[0]?.name ?? 'NAME'} --out OUT.wav\n`
  )
}

function listing(domains: readonly TrainedDomain[]): string {
  if (domains.length === 0) return 'No domains yet. Train two: understudy domain train FOLDER FOLDER\n'
  const rows = domains.map(({ id, name, recordedSec, steps, beside, heldOutLoss }) => [
    name,
    formatDuration(recordedSec),
    `${steps} steps`,
    beside.join(', ') || '–',
    heldOutLoss === null ? '–' : heldOutLoss.toFixed(3),
    id,
  ])
  return table([['NAME', 'LEARNED FROM', 'LEARNED', 'BESIDE', 'HELD-OUT LOSS', 'ID'], ...rows])
}
