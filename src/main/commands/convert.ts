import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { bandLimitOf } from '../../shared/project/converters.ts'
import type { Application } from '../application.ts'
import type { CommandContext } from './command-context.ts'
import { conversionWords, convertFile } from './convert-file.ts'
import { addFarmOptions, type FarmOptions } from './farm-options.ts'
import { addPerformanceOptions, readSinging, soundForm, type PerformanceOptions } from './performance-options.ts'

interface ConvertOptions extends PerformanceOptions, FarmOptions {
  readonly out: string
  readonly report?: string
  readonly json?: boolean
}

export function addConvertCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('convert <file>')
    .description('let a singer sing a recording; the result has exactly as many samples')
  addFarmOptions(addPerformanceOptions(command))
    .requiredOption('--out <file.wav>', 'where the result goes')
    .option('--report <file.json>', 'what was measured about the conversion')
    .option('--json', 'print the report as JSON')
    .action((file: string, options: ConvertOptions) =>
      context.withApplication((application) => convert(application, file, options, context), { farm: options }),
    )
}

async function convert(application: Application, file: string, options: ConvertOptions, context: CommandContext) {
  const singing = await readSinging(application, options)
  const converted = await convertFile(application, file, options.out, singing, soundForm(options), context)
  const [singer, ...others] = singing.singers
  const told = {
    ok: true,
    out: resolve(options.out),
    singer: singer.name,
    others: others.map(({ name }) => name),
    rateHz: converted.rateHz,
    performance: singing.performance,
    bandLimitHz: bandLimitOf(singer, singing.performance),
    ...converted.report,
    wasCached: converted.wasCached,
  }
  if (options.report !== undefined) await writeFile(options.report, `${JSON.stringify(told, null, 2)}\n`)
  context.terminal.write(
    options.json === true ? `${JSON.stringify(told)}\n` : conversionWords(options.out, singing, converted),
  )
}
