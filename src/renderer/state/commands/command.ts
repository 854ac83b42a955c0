/** What an act of the editor does. */
export interface Act {
  readonly run: () => void
  /** Absent: always possible. */
  readonly isPossible?: () => boolean
}

/** One act of the editor: what menus, keys and buttons call. */
export interface Command extends Act {
  /** In the language of the window. */
  readonly label: string
}

export type Acts = Readonly<Record<string, Act>>
export type Commands = Readonly<Record<string, Command>>

export const command = (run: () => void, isPossible?: () => boolean): Act => ({
  run,
  ...(isPossible ? { isPossible } : {}),
})
