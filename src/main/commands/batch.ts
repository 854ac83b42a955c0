import { mkdir, realpath } from 'node:fs/promises'
import { basename, extname, join, resolve } from 'node:path'
import type { Command } from 'commander'
import { failure, FailureError, type Failure } from '../../shared/base/errors.ts'
import type { Application } from '../application.ts'
import { fileFailure } from '../files/file-operations.ts'
import { clipPaths } from './clip-paths.ts'
import type { CommandContext } from './command-context.ts'
import { conversionWords, convertFile } from './convert-file.ts'
import { addPerformanceOptions, readSinging, soundForm, type PerformanceOptions } from './performance-options.ts'

interface BatchOptions extends PerformanceOptions {
  readonly out: string
  readonly json?: boolean
}

/** What became of one file. */
type Told =
  | { readonly file: string; readonly out: string; readonly semitones: number; readonly wasCached: boolean }
  | { readonly file: string; readonly failure: Failure }

export function addBatchCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('batch <folder>')
    .description('let a singer sing all recordings of a folder; what can’t be read is told at the end')
  addPerformanceOptions(command)
    .requiredOption('--out <folder>', 'where the results go, under their names')
    .option('--json', 'print JSON')
    .action((folder: string, options: BatchOptions) =>
      context.withApplication((application) => convertAll(application, folder, options, context)),
    )
}

async function convertAll(application: Application, folder: string, options: BatchOptions, context: CommandContext) {
  const files = await clipPaths(folder)
  const outs = outPaths(files, options.out)
  const singing = await readSinging(application, options)
  await makeFolder(options.out)
  await refuseOwnFolder(folder, options.out)
  const told: Told[] = []
  for (const [index, file] of files.entries()) {
    const out = outs[index]
    try {
      const converted = await convertFile(application, file, out, singing, soundForm(options), context)
      const { wasCached, report } = converted
      told.push({ file, out, semitones: report.semitones, wasCached })
      if (options.json !== true) context.terminal.write(conversionWords(out, singing, converted))
    } catch (cause) {
      // One bad file keeps no other from being sung; Ctrl-C and faults of the program end the batch.
      if (!(cause instanceof FailureError)) throw cause
      told.push({ file, failure: cause.failure })
      context.terminal.writeAside(`${basename(file)}: ${cause.failure.message}\n`)
    }
  }
  if (options.json === true) context.terminal.write(`${JSON.stringify(told)}\n`)
  const refused = told.filter((one) => 'failure' in one)
  if (refused.length === 0) return
  const names = refused.map(({ file }) => basename(file)).join(', ')
  throw new FailureError(
    failure('audio-unreadable', `${refused.length} of ${files.length} files were not sung: ${names}.`),
  )
}

/** Two files of one name in different formats would be written over each other: both are named beforehand. */
function outPaths(files: readonly string[], folder: string): string[] {
  const outs = files.map((file) => join(resolve(folder), `${basename(file, extname(file))}.wav`))
  const twin = outs.findIndex((out, index) => outs.findIndex((other) => sameName(other, out)) < index)
  if (twin === -1) return outs
  const first = outs.findIndex((other) => sameName(other, outs[twin]))
  throw new FailureError(
    failure(
      'name-taken',
      `“${basename(files[first])}” and “${basename(files[twin])}” would both become “${basename(outs[twin])}”.`,
      'Rename one of them, or leave it out of the folder.',
    ),
  )
}

/** Some systems tell no case apart. */
const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

async function makeFolder(folder: string): Promise<void> {
  await mkdir(resolve(folder), { recursive: true }).catch((cause: unknown) => {
    throw new FailureError(fileFailure(cause, resolve(folder), 'write'))
  })
}

/** Results under the names of the recordings would take their place. */
async function refuseOwnFolder(folder: string, out: string): Promise<void> {
  if ((await realpath(folder)) !== (await realpath(out))) return
  throw new FailureError(
    failure('name-taken', 'The results would take the place of the recordings.', 'Choose another folder with --out.'),
  )
}
