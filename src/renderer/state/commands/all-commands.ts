import { say } from '../../messages/say.svelte.ts'
import type { Editor } from '../Editor.svelte.ts'
import type { Acts, Command, Commands } from './command.ts'
import { arrangeCommands } from './arrange-commands.ts'
import { barCommands } from './bar-commands.ts'
import { editCommands } from './edit-commands.ts'
import { focusCommands } from './focus-commands.ts'
import { laneCommands } from './lane-commands.ts'
import { markerCommands } from './marker-commands.ts'
import { takeCommands } from './take-commands.ts'
import { tempoCommands } from './tempo-commands.ts'
import { transportCommands } from './transport-commands.ts'
import { voiceCommands } from './voice-commands.ts'
import { windowCommands } from './window-commands.ts'

/** The label of a command, by its id; null where there is no such command. */
export function commandLabel(id: string): string | null {
  const labels: Readonly<Partial<Record<string, string>>> = say.commands
  return labels[id] ?? null
}

export function allCommands(editor: Editor): Commands {
  const named = Object.entries(actsOf(editor)).map(([id, act]): readonly [string, Command] => [
    id,
    {
      ...act,
      get label() {
        return commandLabel(id) ?? id
      },
    },
  ])
  return Object.fromEntries(named)
}

const actsOf = (editor: Editor): Acts => ({
  ...transportCommands(editor),
  ...editCommands(editor),
  ...arrangeCommands(editor),
  ...barCommands(editor),
  ...markerCommands(editor),
  ...tempoCommands(editor),
  ...laneCommands(editor),
  ...takeCommands(editor),
  ...voiceCommands(editor),
  ...windowCommands(editor),
  ...focusCommands(editor),
})
