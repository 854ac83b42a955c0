/** Where the focus is. */
export type Scope = 'global' | 'timeline' | 'ruler' | 'marker' | 'tempo'

export interface Binding {
  readonly scope: Scope
  /** "Ctrl+Shift+Z": modifiers in this order (Ctrl, Alt, Shift), then a letter by its place, or a sign by itself. */
  readonly keys: string
  readonly command: string
}
