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
      /** A colored dot before the label: who sings. */
      readonly color?: string
      readonly run: () => void
    }
  | { readonly kind: 'submenu'; readonly id: string; readonly label: string; readonly items: readonly MenuItem[] }

export const menuLine = (id: string): MenuItem => ({ kind: 'line', id })
