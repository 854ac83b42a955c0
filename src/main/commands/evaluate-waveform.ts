import { resolve } from 'node:path'
import type { Command } from 'commander'
import { inNetworkTerms } from '../compute/converters/network-singer.ts'
import { loadWaveformSinger } from '../compute/models/waveform-store.ts'
import type { CommandContext } from './command-context.ts'
import { evaluatePerformers, withPerformerOptions, type PerformerOptions } from './evaluate-performers.ts'

interface WaveformEvaluation extends PerformerOptions {
  readonly singers: readonly string[]
}

const examples = `
Each folder holds recordings of the singer named in its place. Every third of them, or whichever was left out of the
training, is sung by every other singer, moved by whole octaves where voices lie that far apart; the others teach a
classifier of timbres that knows no network. Singers sing by themselves, without what they were to sing: a loss that was
measured while they were led by it says little about that.

Example:
  understudy evaluate waveform --singers mira.singer tom.singer --audio clips/mira clips/tom`

/** How well waveform singers keep melodies, and whether they are told as who they are. */
export function addEvaluateWaveformCommand(evaluate: Command, context: CommandContext): void {
  const command = evaluate
    .command('waveform')
    .description('measure singers who sing sample by sample: melodies kept, voices told, with ceiling and floor')
    .requiredOption('--singers <files...>', '.singer files')
  withPerformerOptions(command)
    .addHelpText('after', examples)
    .action((options: WaveformEvaluation) =>
      evaluatePerformers(options.singers, openSinger, 'two singers or more', options, context),
    )
}

function openSinger(path: string) {
  const loaded = loadWaveformSinger(resolve(path))
  return Promise.resolve({ name: loaded.card.name, singer: inNetworkTerms(loaded) })
}
