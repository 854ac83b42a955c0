import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { Singer } from '../../shared/contract/library.ts'
import { traitsOf } from '../../shared/project/converters.ts'
import { formatDuration } from '../../shared/units/time.ts'
import type { Application } from '../application.ts'
import type { CommandContext } from './command-context.ts'
import { findSinger } from './find-singer.ts'
import { request } from './request.ts'
import { addSingerTrainCommand } from './singer-train.ts'
import { table } from './terminal.ts'
import { describeMethod } from './training-words.ts'

interface JsonOption {
  readonly json?: boolean
}

export function addSingerCommand(program: Command, context: CommandContext): void {
  const singer = program.command('singer').description('train, list, show, export, import and remove singers')
  addSingerTrainCommand(singer, context)
  const { terminal } = context
  const withOne = (name: string, action: (application: Application, singer: Singer) => Promise<void> | void) =>
    context.withApplication(async (application) => action(application, await findSinger(application, name)))

  singer
    .command('list')
    .description('every singer of the library')
    .option('--json', 'print JSON')
    .action((options: JsonOption) =>
      context.withApplication(async (application) => {
        const singers = await request(application, 'singer:list', {})
        terminal.write(options.json === true ? `${JSON.stringify(singers)}\n` : listing(singers))
      }),
    )
  singer
    .command('show <name>')
    .description('the card of one singer')
    .option('--json', 'print JSON')
    .action((name: string, options: JsonOption) =>
      withOne(name, (_application, found) =>
        terminal.write(options.json === true ? `${JSON.stringify(found)}\n` : card(found)),
      ),
    )
  singer
    .command('export <name> <file>')
    .description('write the singer with card and consent to a .singer file')
    .action((name: string, file: string) =>
      withOne(name, async (application, found) => {
        const { path } = await request(application, 'singer:export', { singerId: found.id, path: resolve(file) })
        terminal.write(`${path}\n`)
      }),
    )
  singer
    .command('import <file>')
    .description('take in a .singer file; it is checked in full before anything is stored')
    .option('--json', 'print JSON')
    .action((file: string, options: JsonOption) =>
      context.withApplication(async (application) => {
        const found = await request(application, 'singer:import', { file: { kind: 'path', path: resolve(file) } })
        terminal.write(options.json === true ? `${JSON.stringify(found)}\n` : `${found.name} can sing.\n`)
      }),
    )
  singer
    .command('remove <name>')
    .description('forget a singer; renders that exist stay')
    .action((name: string) =>
      withOne(name, async (application, found) => {
        await request(application, 'singer:remove', { singerId: found.id })
        terminal.write(`${found.name} is removed.\n`)
      }),
    )
}

function listing(singers: readonly Singer[]): string {
  if (singers.length === 0) return 'No singers yet. Train one: understudy singer train --name NAME --clips FOLDER\n'
  const rows = singers.map((singer) => [singer.name, range(singer), singer.origin, learned(singer), singer.id])
  return table([['NAME', 'RANGE', 'ORIGIN', 'LEARNED FROM', 'ID'], ...rows])
}

const range = (singer: Singer): string => `${Math.round(singer.lowestHz)}–${Math.round(singer.highestHz)} Hz`

const learned = (singer: Singer): string => {
  const duration = formatDuration(singer.trainedFromSec)
  return singer.learnedFraction < 1 ? `${duration} (${Math.floor(singer.learnedFraction * 100)} % so far)` : duration
}

const card = (singer: Singer): string =>
  table([
    ['name', singer.name],
    ['id', singer.id],
    ['range', `${range(singer)}, median ${Math.round(singer.medianHz)} Hz`],
    ['origin', singer.origin],
    ['learned from', learned(singer)],
    ['learned how', singer.provenance === undefined ? '–' : (describeMethod(singer.provenance) ?? '–')],
    ['made', new Date(singer.createdAtMs).toISOString()],
    ['converter', converterWords(singer)],
    ['licence', singer.licence],
    ['consent', singer.consent ?? '–'],
    ['digest', singer.digest],
  ])

function converterWords(singer: Singer): string {
  const { bandLimitHz } = traitsOf(singer)
  return `${singer.converter}${bandLimitHz === null ? '' : `, up to ${bandLimitHz / 1000} kHz`}`
}
