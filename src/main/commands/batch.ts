import { mkdir, realpath } from 'node:fs/promises'
import { basename, extname, join, resolve } from 'node:path'
import type { Command } from 'commander'
import { failure, FailureError, type Failure } from '../../shared/base/errors.ts'
import type { Application } from '../application.ts'
import { farmAddress } from '../farm/farm-address.ts'
import { fileFailure } from '../files/file-operations.ts'
import { clipPaths } from './clip-paths.ts'
import type { CommandContext } from './command-context.ts'
import { conversionWords, convertFile } from './convert-file.ts'
import { addFarmOptions, type FarmOptions } from './farm-options.ts'
import type { Following } from './follow-job.ts'
import { addPerformanceOptions, readSinging, soundForm, type PerformanceOptions } from './performance-options.ts'

/** Files that wait or are sung on other machines at a time; here it is one after the other. */
const FILES_AWAY = 16

interface BatchOptions extends PerformanceOptions, FarmOptions {
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
  addFarmOptions(addPerformanceOptions(command))
    .requiredOption('--out <folder>', 'where the results go, under their names')
    .option('--json', 'print JSON')
    .action((folder: string, options: BatchOptions) =>
      context.withApplication((application) => convertAll(application, folder, options, context), { farm: options }),
    )
}

async function convertAll(application: Application, folder: string, options: BatchOptions, context: CommandContext) {
  const files = await clipPaths(folder)
  const outs = outPaths(files, options.out)
  const singing = await readSinging(application, options)
  await makeFolder(options.out)
  await refuseOwnFolder(folder, options.out)
  const convertOne = async (file: string, index: number, following: Following): Promise<Told> => {
    const out = outs[index]
    try {
      const converted = await convertFile(
        application,
        file,
        out,
        { ...singing, priority: 'rest' },
        soundForm(options),
        following,
      )
      const { wasCached, report } = converted
      if (options.json !== true) context.terminal.write(conversionWords(out, singing, converted))
      return { file, out, semitones: report.semitones, wasCached }
    } catch (cause) {
      // One bad file keeps no other from being sung; Ctrl-C and faults of the program end the batch.
      if (!(cause instanceof FailureError)) throw cause
      context.terminal.writeAside(`${basename(file)}: ${cause.failure.message}\n`)
      return { file, failure: cause.failure }
    }
  }
  const told = await someAtOnce(files, farmAddress(options, process.env) === null ? 1 : FILES_AWAY, context, convertOne)
  if (options.json === true) context.terminal.write(`${JSON.stringify(told)}\n`)
  const refused = told.filter((one) => 'failure' in one)
  if (refused.length === 0) return
  const names = refused.map(({ file }) => basename(file)).join(', ')
  throw new FailureError(
    failure('audio-unreadable', `${refused.length} of ${files.length} files were not sung: ${names}.`),
  )
}

/** In the order of the files, whoever is done first. What ends one in a fault ends all: those under way are cancelled. */
async function someAtOnce<Answer>(
  files: readonly string[],
  most: number,
  { terminal, interruption }: Following,
  act: (file: string, index: number, following: Following) => Promise<Answer>,
): Promise<Answer[]> {
  const fault = new AbortController()
  const following: Following = {
    // Several bars on one line would be none.
    terminal: { ...terminal, isInteractive: terminal.isInteractive && most === 1 },
    interruption: AbortSignal.any([interruption, fault.signal]),
  }
  const answers: Answer[] = []
  let next = 0
  const takeFiles = async () => {
    while (next < files.length) {
      const index = next++
      answers[index] = await act(files[index], index, following)
    }
  }
  try {
    await Promise.all(Array.from({ length: Math.min(most, files.length) }, takeFiles))
  } catch (cause) {
    next = files.length
    fault.abort()
    throw cause
  }
  return answers
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
