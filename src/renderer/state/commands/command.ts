/** One act of the editor: what menus, keys and buttons call. */
export interface Command {
  readonly label: string
  readonly run: () => void
  /** Absent: always possible. */
  readonly isPossible?: () => boolean
}

export type Commands = Readonly<Record<string, Command>>

export const command = (label: string, run: () => void, isPossible?: () => boolean): Command => ({
  label,
  run,
  ...(isPossible ? { isPossible } : {}),
})
