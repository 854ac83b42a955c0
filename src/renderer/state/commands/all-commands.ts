import type { Editor } from '../Editor.svelte.ts'
import type { Commands } from './command.ts'
import { arrangeCommands } from './arrange-commands.ts'
import { editCommands } from './edit-commands.ts'
import { focusCommands } from './focus-commands.ts'
import { laneCommands } from './lane-commands.ts'
import { markerCommands } from './marker-commands.ts'
import { takeCommands } from './take-commands.ts'
import { tempoCommands } from './tempo-commands.ts'
import { transportCommands } from './transport-commands.ts'
import { voiceCommands } from './voice-commands.ts'
import { windowCommands } from './window-commands.ts'

export const allCommands = (editor: Editor): Commands => ({
  ...transportCommands(editor),
  ...editCommands(editor),
  ...arrangeCommands(editor),
  ...markerCommands(editor),
  ...tempoCommands(editor),
  ...laneCommands(editor),
  ...takeCommands(editor),
  ...voiceCommands(editor),
  ...windowCommands(editor),
  ...focusCommands(editor),
})
