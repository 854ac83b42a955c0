import { menuCommands, type MenuCommand, type MenuState } from '../../shared/contract/desktop-bridge.ts'
import { say } from '../messages/say.svelte.ts'
import type { Editor } from './Editor.svelte.ts'
import { heldBindings } from './keymap.ts'

/** What the window does itself, with a song or without. */
const windowCommands: ReadonlySet<MenuCommand> = new Set([
  'new-project',
  'open-project',
  'import',
  'preferences',
  'show-shortcuts',
  'show-engine',
])
/** In the fields of a dialog these still go back and forth. */
const typingCommands: readonly MenuCommand[] = ['undo', 'redo']

/** The native menu's words for what the editor calls differently. */
const editorCommands: Readonly<Record<string, string>> = {
  'zoom-to-project': 'zoom-song',
  'show-shortcuts': 'shortcuts',
}

/** The editor's name of a command of the native menu. */
export const editorCommandOf = (command: MenuCommand): string => editorCommands[command] ?? command

/** The commands of the native menu that do something now. */
export function possibleMenuCommands(editor: Editor | null, hasDialog: boolean): readonly MenuCommand[] {
  if (hasDialog) return typingCommands
  return menuCommands.filter((command) => {
    if (windowCommands.has(command)) return true
    const found = editor?.command(editorCommandOf(command)) ?? null
    return found !== null && found.isPossible?.() !== false
  })
}

/** Without one of these a key belongs to whoever types. */
const COMBINED = /^(Ctrl|Alt)\+|^F\d+$/

export const menuStateOf = (editor: Editor | null, hasDialog: boolean): MenuState => ({
  possible: possibleMenuCommands(editor, hasDialog),
  labels: say.menu,
  keys: Object.fromEntries(
    menuCommands.flatMap((command) => {
      const own = heldBindings().find(
        (binding) => binding.command === editorCommandOf(command) && COMBINED.test(binding.keys),
      )
      return own === undefined ? [] : [[command, own.keys]]
    }),
  ),
})
