import * as z from 'zod'

/** "Ctrl+Shift+Z", as the key map writes it. */
const keys = z
  .string()
  .max(40)
  .regex(/^(Ctrl\+)?(Alt\+)?(Shift\+)?([A-Z0-9]|[[\].,?=-]|[A-Z][A-Za-z0-9]+)$/)
const name = z.string().regex(/^[a-z0-9-]{1,60}$/)

/** Which keys the person chose, beside those that the program comes with. */
export const shortcutChoice = z.object({
  /** The set of keys that the changes begin from. */
  presetId: name,
  /** By command: its keys in place of the preset's; an empty list leaves it without. */
  changes: z.record(name, z.array(keys).max(4)).refine((changes) => Object.keys(changes).length <= 500),
})
export type ShortcutChoice = Readonly<z.infer<typeof shortcutChoice>>
