import { CommanderError, type Command } from 'commander'
import { buildProgram } from '../../../src/main/command-line.ts'
import type { CommandContext } from '../../../src/main/commands/command-context.ts'
import { decodeUtf8, encodeUtf8 } from '../../../src/shared/formats/text.ts'
import type { Random } from '../../../src/shared/base/random.ts'
import { pick } from '../engine/mutate.ts'
import { promised, type FuzzTarget } from '../engine/target.ts'
import { hostileText } from '../structures/hostile-text.ts'
import { varyParts } from '../structures/parts.ts'

const lines = [
  'convert lead.wav --singer Mira --emotion sad:0.6 --out lead-mira.wav --report lead.json',
  'convert lead.wav --singer Mira --blend Jonas:0.3 --blend Tom:0.2 --transpose -3 --seed 5 --out a.wav',
  'singer train --name Mira --clips clips/mira --preset quick',
  'batch stems --singer Mira --out stems-mira',
  'project new Song.understudy --rate 48000',
  'project render Song.understudy --out renders',
  'project tempo Song.understudy --bpm 120 --meter 3/4',
  'emotion train clips --name Moods',
  'analyze lead.wav --json',
  'doctor clips --for lead.wav',
  'serve --port 8123',
  'evaluate --clips DIR --sources DIR',
]

/** What no command's definition may ask of its context while it is read. */
const context: CommandContext = {
  installation: { version: '0.1.0', rootFolder: '/', rendererFolder: '/' } as unknown as CommandContext['installation'], // read for the version alone
  paths: {} as CommandContext['paths'],
  terminal: { isInteractive: false, width: 80, write: () => {}, writeAside: () => {} },
  interruption: new AbortController().signal,
  endAtOnce: () => {},
  withApplication: () => Promise.reject(new Error('a command began')),
}

function allOf(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(allOf)]
}

/** The real definitions with every effect taken out: actions do nothing, words go nowhere. */
function silentProgram(): Command {
  const program = buildProgram(context)
  for (const command of allOf(program)) {
    const isGroup = command.commands.length > 0 && command.options.length === 0
    if (command !== program && !isGroup) command.action(() => {})
    command.configureOutput({ writeOut: () => {}, writeErr: () => {} })
  }
  return program
}

const optionNames = allOf(buildProgram(context)).flatMap((command) =>
  command.options.map(({ long, short }) => long ?? short ?? ''),
)
const commandNames = allOf(buildProgram(context)).map((command) => command.name())

function varyArguments(input: Uint8Array, random: Random): Uint8Array {
  const words = varyParts(decodeUtf8(input).split('\0'), random, (word) =>
    pick<() => string>(random, [
      () => hostileText(random),
      () => pick(random, optionNames),
      () => pick(random, commandNames),
      () => `${pick(random, optionNames)}=${hostileText(random)}`,
      () => word.repeat(pick(random, [2, 500, 5000])),
      () =>
        pick(random, [
          '-1',
          '1e999',
          '0x10',
          ' 5 ',
          '٣',
          '',
          '999999999999',
          'NaN',
          'sad:9',
          ':0.5',
          'a/b:1',
          '4/0',
          '--',
        ]),
    ])(),
  )
  return encodeUtf8(words.join('\0').toWellFormed())
}

export const commandLine: FuzzTarget = {
  name: 'command-line',
  reads: 'arguments of every command, by the definitions that the program ships',
  promise: 'is understood, or refused as used in a way it cannot be',
  share: 6,
  memoryCapMb: 1000,
  // Nothing is written; should something be, it is not.
  writes: true,
  open: () => ({
    seeds: lines.map((line) => encodeUtf8(line.replaceAll(' ', '\0'))),
    largestBytes: 120_000,
    words: optionNames,
    vary: varyArguments,
    async take(input) {
      try {
        await silentProgram().parseAsync(['node', 'understudy', ...decodeUtf8(input).split('\0')])
      } catch (cause) {
        if (!(cause instanceof CommanderError)) throw cause
        promised(cause.message.length > 0, 'is refused without a word')
      }
    },
  }),
}
