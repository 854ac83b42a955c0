import type { Editor } from './Editor.svelte.ts'
import type { Scope } from './binding.ts'
import { commandFor } from './keymap.ts'

/** Where the keyboard is, told by the nearest `data-scope` around the focused element. */
export function scopesOf(target: EventTarget | null): readonly Scope[] {
  if (!(target instanceof Element)) return ['timeline', 'global']
  const scope = target.closest<HTMLElement>('[data-scope]')?.dataset.scope
  if (scope === 'ruler' || scope === 'marker' || scope === 'tempo') return [scope, 'global']
  return scope === 'timeline' || target === document.body ? ['timeline', 'global'] : ['global']
}

/** The one router of keys. True when the key was an act of the editor. */
export function routeKey(editor: Editor, event: KeyboardEvent): boolean {
  if (event.defaultPrevented || isTyping(event.target) || isOverlaid(event.target)) return false
  const found = commandFor(event, scopesOf(event.target))
  if (found === null || isForControl(event)) return false
  if (!editor.run(found)) return false
  event.preventDefault()
  return true
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches('textarea, select, input:not([type=range], [type=checkbox], [type=radio])'))

/** Goes one step back or forth in the field that somebody types in; false where nobody does. */
export function undoTyping(direction: 'undo' | 'redo'): boolean {
  // The only way to a field's own steps; every browser that the program runs in has it.
  return isTyping(document.activeElement) && document.execCommand(direction)
}

/** A dialog, a menu or a list that popped up has its own keys. */
const isOverlaid = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('dialog, [role=dialog], [role=menu], [role=listbox][popover]') !== null

/** Space and Enter belong to a control that the keyboard is on, arrows to a slider or a choice. */
function isForControl({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false
  if (target.matches('input[type=range], [role=radio], [role=slider]:not([data-scope])') && key.startsWith('Arrow'))
    return true
  const isActing = key === ' ' || key === 'Enter'
  return isActing && target.matches(':is(button, a, input, [role=switch]):focus-visible:not([role=gridcell])')
}
