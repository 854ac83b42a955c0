import type { Command } from 'commander'
import { domainSinger } from '../compute/translation/translate-sound.ts'
import type { CommandContext } from './command-context.ts'
import { evaluatePerformers, withPerformerOptions, type PerformerOptions } from './evaluate-performers.ts'
import { openDomain } from './translate.ts'

interface TranslationOptions extends PerformerOptions {
  readonly domains: readonly string[]
}

const examples = `
Each folder holds recordings of the domain named in its place. Every third of them, or whichever was left out of the
training, is translated into every other domain; the others teach a classifier of timbres that knows no network.

Example:
  understudy evaluate translation --domains Flute Violin --audio clips/flute clips/violin`

/** How well domains keep melodies, and whether they are told as what they are. */
export function addEvaluateTranslationCommand(evaluate: Command, context: CommandContext): void {
  const command = evaluate
    .command('translation')
    .description('measure domains of music: melodies kept, timbres told, with ceiling and floor')
    .requiredOption('--domains <names...>', 'of the library, or .domain files')
  withPerformerOptions(command)
    .addHelpText('after', examples)
    .action((options: TranslationOptions) => {
      const open = async (name: string) => {
        const { model, card } = await openDomain(name, context)
        return { name: card.name, singer: domainSinger(model) }
      }
      return evaluatePerformers(options.domains, open, 'two domains or more', options, context)
    })
}
