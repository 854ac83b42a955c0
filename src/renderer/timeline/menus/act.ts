import type { Editor } from '../../state/Editor.svelte.ts'
import { keyLabel } from '../../state/keymap.ts'
import type { MenuItem } from '../../ui/menu.ts'

/** A command of the key map as an act of a menu, with its key. */
export function act(editor: Editor, commandId: string, label?: string): MenuItem {
  const found = editor.command(commandId)
  return {
    kind: 'act',
    id: commandId,
    label: label ?? found?.label ?? commandId,
    shortcut: keyLabel(commandId),
    isDisabled: !found || (found.isPossible !== undefined && !found.isPossible()),
    run: () => editor.run(commandId),
  }
}

export const line = (id: string): MenuItem => ({ kind: 'line', id })
