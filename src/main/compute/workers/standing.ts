/** What is played or selected comes first, then what is visible, then the rest. */
export const priorities = { selected: 0, visible: 1, rest: 2 } as const
export type Priority = keyof typeof priorities

/** Where a task stands among others: of interest to a pool that many use. */
export interface Standing {
  readonly priority: Priority
  /** Those who wait with it: nobody's tasks shall wait for all of another's. */
  readonly group: string
}
