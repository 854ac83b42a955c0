import { say } from '../../messages/say.svelte.ts'
import type { Editor } from '../../state/Editor.svelte.ts'
import type { MenuItem } from '../../ui/menu.ts'
import { act, line } from './act.ts'

/** The acts of a change of tempo: everything that a drag of its flag can do stands here too. */
export const tempoItems = (editor: Editor): readonly MenuItem[] => [
  act(editor, 'tempo-edit'),
  act(editor, 'tempo-ramp', editor.tempo.focused?.tempo?.isRamp ? say.tempo.noRamp : say.tempo.ramp),
  line('move'),
  act(editor, 'tempo-earlier'),
  act(editor, 'tempo-later'),
  act(editor, 'tempo-to-playhead'),
  line('remove'),
  act(editor, 'tempo-remove'),
]

/** In the menu of the rulers. */
export const tempoRowItems = (editor: Editor): readonly MenuItem[] => [
  act(editor, 'add-tempo-change'),
  act(editor, 'toggle-tempo', editor.tempo.isRowShown ? say.tempo.hideRow : say.tempo.showRow),
]
