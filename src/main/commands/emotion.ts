import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { TrainedEmotions } from '../../shared/contract/emotions.ts'
import { formatDuration } from '../../shared/units/time.ts'
import type { CommandContext } from './command-context.ts'
import { addEmotionTrainCommand } from './emotion-train.ts'
import { findEmotionModel } from './find-emotion.ts'
import { request } from './request.ts'
import { table } from './terminal.ts'

interface JsonOption {
  readonly json?: boolean
}

export function addEmotionCommand(program: Command, context: CommandContext): void {
  const emotion = program
    .command('emotion')
    .description('train, resume, list, export, import and remove emotion models')
  addEmotionTrainCommand(emotion, context)
  const { terminal } = context
  emotion
    .command('list')
    .description('every emotion model of the library')
    .option('--json', 'print JSON')
    .action((options: JsonOption) =>
      context.withApplication(async (application) => {
        const models = await request(application, 'emotion:list', {})
        terminal.write(options.json === true ? `${JSON.stringify(models)}\n` : listing(models))
      }),
    )
  emotion
    .command('export <name> <file>')
    .description('write the model with its card to an .emotion file')
    .action((name: string, file: string) =>
      context.withApplication(async (application) => {
        const { id } = await findEmotionModel(application, name)
        const { path } = await request(application, 'emotion:export', { modelId: id, path: resolve(file) })
        terminal.write(`${path}\n`)
      }),
    )
  emotion
    .command('import <file>')
    .description('take in an .emotion file; it is checked in full before anything is stored')
    .option('--json', 'print JSON')
    .action((file: string, options: JsonOption) =>
      context.withApplication(async (application) => {
        const asked = { file: { kind: 'path' as const, path: resolve(file) } }
        const found = await request(application, 'emotion:import', asked)
        const told = `${found.name} knows ${found.emotions.join(', ')}.\n`
        terminal.write(options.json === true ? `${JSON.stringify(found)}\n` : told)
      }),
    )
  emotion
    .command('remove <name>')
    .description('forget an emotion model; renders that exist stay')
    .action((name: string) =>
      context.withApplication(async (application) => {
        const found = await findEmotionModel(application, name)
        await request(application, 'emotion:remove', { modelId: found.id })
        terminal.write(`${found.name} is removed.\n`)
      }),
    )
}

function listing(models: readonly TrainedEmotions[]): string {
  if (models.length === 0) return 'No emotion models yet. Train one: understudy emotion train FOLDER --name NAME\n'
  const rows = models.map((model) => [
    model.name,
    model.emotions.join(', '),
    `${formatDuration(model.clipsSec)} of ${model.personCount}`,
    learnedBy(model),
    model.heldOut === null
      ? '–'
      : `${Math.round(100 * model.heldOut.wanted)} % of ${Math.round(100 * model.heldOut.real)} %`,
    model.id,
  ])
  return table([['NAME', 'EMOTIONS', 'LEARNED FROM', 'LEARNED', 'HELD OUT', 'ID'], ...rows])
}

function learnedBy({ method, steps, isLearning }: TrainedEmotions): string {
  if (method === 'statistics') return 'statistics'
  return isLearning ? `step ${steps} so far` : `${steps} steps`
}
