import type { Binding, Scope } from './binding.ts'
import { heldKeys } from './held-keys.svelte.ts'

const bind = (scope: Scope, command: string, ...keys: readonly string[]): Binding[] =>
  keys.map((combination) => ({ scope, keys: combination, command }))

/** Every key of the editor as data. A unit test refuses two meanings for one key in scopes that meet. */
export const keymap: readonly Binding[] = [
  // transport
  ...bind('global', 'play-stop', 'Space'),
  ...bind('global', 'play-selection', 'Shift+Space'),
  ...bind('global', 'stop', '.'),
  ...bind('global', 'go-to-start', 'Home'),
  ...bind('global', 'go-to-end', 'End'),
  ...bind('global', 'toggle-loop', 'L'),
  ...bind('global', 'loop-selection', 'Shift+L'),
  ...bind('global', 'loop-bars', 'Alt+L'),
  ...bind('global', 'toggle-follow', 'F'),
  ...bind('ruler', 'playhead-back', 'ArrowLeft'),
  ...bind('ruler', 'playhead-forward', 'ArrowRight'),
  ...bind('ruler', 'playhead-back-fine', 'Shift+ArrowLeft'),
  ...bind('ruler', 'playhead-forward-fine', 'Shift+ArrowRight'),
  ...bind('ruler', 'playhead-back-bar', 'PageUp'),
  ...bind('ruler', 'playhead-forward-bar', 'PageDown'),
  ...bind('ruler', 'ruler-menu', 'Shift+F10', 'ContextMenu'),
  ...bind('global', 'add-marker', 'K'),
  ...bind('global', 'previous-marker', 'Q'),
  ...bind('global', 'next-marker', 'W'),
  ...bind('marker', 'marker-left', 'ArrowLeft'),
  ...bind('marker', 'marker-right', 'ArrowRight'),
  ...bind('marker', 'marker-nudge-left', 'Ctrl+ArrowLeft'),
  ...bind('marker', 'marker-nudge-right', 'Ctrl+ArrowRight'),
  ...bind('marker', 'marker-rename', 'F2'),
  ...bind('marker', 'marker-remove', 'Delete', 'Backspace'),
  ...bind('marker', 'marker-menu', 'Shift+F10', 'ContextMenu'),
  ...bind('global', 'add-tempo-change', 'Shift+K'),
  ...bind('global', 'toggle-tempo', 'Alt+K'),
  ...bind('tempo', 'tempo-left', 'ArrowLeft'),
  ...bind('tempo', 'tempo-right', 'ArrowRight'),
  ...bind('tempo', 'tempo-earlier', 'Ctrl+ArrowLeft'),
  ...bind('tempo', 'tempo-later', 'Ctrl+ArrowRight'),
  ...bind('tempo', 'tempo-edit', 'F2'),
  ...bind('tempo', 'tempo-remove', 'Delete', 'Backspace'),
  ...bind('tempo', 'tempo-menu', 'Shift+F10', 'ContextMenu'),
  // file
  ...bind('global', 'new-project', 'Ctrl+N'),
  ...bind('global', 'open-project', 'Ctrl+O'),
  ...bind('global', 'save', 'Ctrl+S'),
  ...bind('global', 'save-as', 'Ctrl+Shift+S'),
  ...bind('global', 'import', 'Ctrl+I'),
  ...bind('global', 'export', 'Ctrl+Shift+E'),
  ...bind('global', 'close-project', 'Ctrl+W'),
  // edit
  ...bind('global', 'undo', 'Ctrl+Z'),
  ...bind('global', 'redo', 'Ctrl+Shift+Z', 'Ctrl+Y'),
  ...bind('timeline', 'cut', 'Ctrl+X'),
  ...bind('timeline', 'copy', 'Ctrl+C'),
  ...bind('timeline', 'paste', 'Ctrl+V'),
  ...bind('global', 'duplicate', 'Ctrl+D'),
  ...bind('global', 'duplicate-by-bars', 'Alt+D'),
  ...bind('global', 'join', 'Ctrl+J'),
  ...bind('timeline', 'split', 'S'),
  ...bind('timeline', 'trim-start', '['),
  ...bind('timeline', 'trim-end', ']'),
  ...bind('timeline', 'fade-in-to-playhead', 'Ctrl+['),
  ...bind('timeline', 'fade-out-from-playhead', 'Ctrl+]'),
  ...bind('timeline', 'crossfade', 'Shift+F'),
  ...bind('timeline', 'delete', 'Delete', 'Backspace'),
  ...bind('timeline', 'ripple-delete', 'Shift+Delete'),
  ...bind('timeline', 'mute-regions', 'M'),
  ...bind('timeline', 'rename', 'F2'),
  ...bind('global', 'toggle-snap', 'N'),
  ...bind('global', 'select-all', 'Ctrl+A'),
  ...bind('global', 'select-none', 'Ctrl+Shift+A'),
  ...bind('global', 'cancel', 'Escape'),
  // regions by keyboard
  ...bind('timeline', 'focus-left', 'ArrowLeft'),
  ...bind('timeline', 'focus-right', 'ArrowRight'),
  ...bind('timeline', 'focus-up', 'ArrowUp'),
  ...bind('timeline', 'focus-down', 'ArrowDown'),
  ...bind('timeline', 'extend-left', 'Shift+ArrowLeft'),
  ...bind('timeline', 'extend-right', 'Shift+ArrowRight'),
  ...bind('timeline', 'extend-up', 'Shift+ArrowUp'),
  ...bind('timeline', 'extend-down', 'Shift+ArrowDown'),
  ...bind('timeline', 'select-focused', 'Enter'),
  ...bind('timeline', 'toggle-focused', 'Ctrl+Enter'),
  ...bind('timeline', 'nudge-left', 'Ctrl+ArrowLeft'),
  ...bind('timeline', 'nudge-right', 'Ctrl+ArrowRight'),
  ...bind('timeline', 'nudge-left-fine', 'Ctrl+Alt+ArrowLeft', 'Ctrl+Shift+ArrowLeft'),
  ...bind('timeline', 'nudge-right-fine', 'Ctrl+Alt+ArrowRight', 'Ctrl+Shift+ArrowRight'),
  ...bind('timeline', 'lane-up', 'Ctrl+ArrowUp'),
  ...bind('timeline', 'lane-down', 'Ctrl+ArrowDown'),
  ...bind('timeline', 'context-menu', 'Shift+F10', 'ContextMenu'),
  // voice
  ...bind('timeline', 'singer-menu', 'G'),
  ...bind('timeline', 'emotion-menu', 'E'),
  ...bind('timeline', 'intensity-up', 'Alt+ArrowUp'),
  ...bind('timeline', 'intensity-down', 'Alt+ArrowDown'),
  ...bind('global', 'hear-emotion', 'H'),
  ...bind('global', 'convert', 'C'),
  ...bind('global', 'convert-stale', 'Shift+C'),
  ...bind('global', 'compare', 'A'),
  ...bind('global', 'compare-all', 'Shift+A'),
  ...bind('global', 'compare-blindly', 'Alt+Shift+A'),
  ...['1', '2', '3', '4', '5', '6', '7', '8', '9'].flatMap((digit) => bind('timeline', `take-${digit}`, digit)),
  ...bind('timeline', 'next-take', 'T'),
  ...bind('timeline', 'previous-take', 'Shift+T'),
  ...bind('timeline', 'cut-takes', 'Alt+S'),
  // view
  ...bind('global', 'zoom-in', 'Ctrl+='),
  ...bind('global', 'zoom-out', 'Ctrl+-'),
  ...bind('global', 'zoom-selection', 'Z'),
  ...bind('global', 'zoom-back', 'X'),
  ...bind('global', 'zoom-song', 'Shift+Z'),
  ...bind('global', 'lanes-higher', 'Ctrl+Shift+='),
  ...bind('global', 'lanes-lower', 'Ctrl+Shift+-'),
  ...bind('global', 'toggle-curves', 'V'),
  ...bind('global', 'toggle-takes', 'Shift+V'),
  ...bind('global', 'toggle-browser', 'Shift+B'),
  ...bind('global', 'toggle-inspector', 'Shift+I'),
  ...bind('global', 'toggle-dock', 'Ctrl+Shift+D'),
  ...bind('global', 'toggle-editor', 'Shift+E'),
  ...bind('global', 'toggle-mixer', 'Shift+X'),
  ...bind('global', 'toggle-jobs', 'Shift+J'),
  ...bind('global', 'toggle-history', 'Shift+H'),
  ...bind('global', 'preferences', 'Ctrl+,'),
  ...bind('global', 'shortcuts', '?'),
  ...bind('global', 'next-panel', 'F6'),
  ...bind('global', 'previous-panel', 'Shift+F6'),
  // track
  ...bind('timeline', 'mute-track', 'Shift+M'),
  ...bind('timeline', 'solo-track', 'Shift+S'),
  ...bind('global', 'new-singer-track', 'Ctrl+T'),
  ...bind('timeline', 'track-up', 'Ctrl+Shift+ArrowUp'),
  ...bind('timeline', 'track-down', 'Ctrl+Shift+ArrowDown'),
]

/** The keys that hold now: the person's own, once they are known. */
export const heldBindings = (): readonly Binding[] => heldKeys.bindings ?? keymap

/** Where a command's keys hold. */
export const scopeOf = (command: string): Scope =>
  keymap.find((binding) => binding.command === command)?.scope ?? 'global'

/** The key map with some commands' keys changed; commands that are not known are passed over. */
export const bindingsOf = (changes: Readonly<Record<string, readonly string[]>>): readonly Binding[] =>
  [...new Set(keymap.map(({ command }) => command))].flatMap((command) =>
    command in changes
      ? changes[command].map((keys) => ({ scope: scopeOf(command), keys, command }))
      : keymap.filter((binding) => binding.command === command),
  )

/** The other command that a key already belongs to, in a scope that meets this one's; null when it is free. */
export function conflictOf(bindings: readonly Binding[], command: string, keys: string): string | null {
  const scope = scopeOf(command)
  const found = bindings.find(
    (binding) =>
      binding.command !== command &&
      binding.keys === keys &&
      (binding.scope === scope || binding.scope === 'global' || scope === 'global'),
  )
  return found?.command ?? null
}

/** The part of a keyboard event that decides. */
export interface KeyPress {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/** Signs are matched by what they mean, since they move between layouts; their Shift is part of the sign. */
const signs = new Set(['[', ']', ',', '.', '?', '=', '-'])
const signsWithShift = new Set(['=', '-'])

/** A key press in the words of the key map. */
export function keysOf(press: KeyPress): string {
  const sign = signOf(press)
  const modifiers = [
    press.ctrlKey || press.metaKey ? 'Ctrl' : '',
    press.altKey ? 'Alt' : '',
    press.shiftKey && (sign === null || signsWithShift.has(sign)) ? 'Shift' : '',
  ].filter((modifier) => modifier !== '')
  return [...modifiers, sign ?? nameOf(press)].join('+')
}

function signOf({ key }: KeyPress): string | null {
  if (key === '+') return '='
  if (key === '_') return '-'
  return signs.has(key) ? key : null
}

/** Letters by their place on the keyboard, so that they lie well on every layout. */
const nameOf = ({ code, key }: KeyPress): string =>
  code.startsWith('Key') ? code.slice(3) : code.startsWith('Digit') ? code.slice(5) : code || key

/** The command of a key press: the innermost scope that knows it. */
export function commandFor(press: KeyPress, scopes: readonly Scope[]): string | null {
  const keys = keysOf(press)
  for (const scope of scopes) {
    const found = heldBindings().find((binding) => binding.scope === scope && binding.keys === keys)
    if (found) return found.command
  }
  return null
}

/** The key that a menu or tooltip shows: "Ctrl Shift E"; empty when the command has none. */
export function keyLabel(command: string, isMac = false): string {
  const keys = heldBindings().find((binding) => binding.command === command)?.keys
  return keys === undefined ? '' : keyWords(keys, isMac)
}

/** Keys as one reads them. */
export function keyWords(keys: string, isMac = false): string {
  const parts = keys.endsWith('+') ? [...keys.slice(0, -2).split('+'), '+'] : keys.split('+')
  return parts.map((part) => (isMac && part === 'Ctrl' ? '⌘' : (spoken[part] ?? part))).join(' ')
}

const spoken: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Delete: 'Del',
  Escape: 'Esc',
  ContextMenu: '☰',
}
