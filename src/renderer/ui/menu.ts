import type { IconName } from '../icons/registry.ts'

/** One act of a menu, a line between groups, or acts one level deeper. */
export type MenuItem =
  | { readonly kind: 'line'; readonly id: string }
  | {
      readonly kind: 'act'
      readonly id: string
      readonly label: string
      readonly icon?: IconName
      readonly shortcut?: string
      readonly isDisabled?: boolean
      /** A choice or toggle that is on. */
      readonly isChecked?: boolean
      /** A colored dot before the label, or the icon's color: who sings or plays. */
      readonly color?: string
      readonly run: () => void
    }
  | { readonly kind: 'submenu'; readonly id: string; readonly label: string; readonly items: readonly MenuItem[] }

export const menuLine = (id: string): MenuItem => ({ kind: 'line', id })

/** Where the pointer asked for a menu; null where a key did, which tells no place. */
export const placeAsked = ({ clientX, clientY }: MouseEvent): { readonly x: number; readonly y: number } | null =>
  clientX === 0 && clientY === 0 ? null : { x: clientX, y: clientY }

/** For a row of a list: at the pointer, or under the row where a key asked. */
export function placeAtRow(event: MouseEvent & { readonly currentTarget: Element }): {
  readonly left: number
  readonly top: number
} {
  const asked = placeAsked(event)
  const { left, bottom } = event.currentTarget.getBoundingClientRect()
  return asked === null ? { left: left + ROW_INDENT_PX, top: bottom } : { left: asked.x, top: asked.y }
}

/** So that the row's mark is not covered. */
const ROW_INDENT_PX = 24
