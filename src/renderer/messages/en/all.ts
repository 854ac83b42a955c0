import { dialogs } from './dialogs.ts'
import { dock } from './dock.ts'
import { start } from './start.ts'
import { tempo } from './tempo.ts'
import { transport } from './transport.ts'
import { ui } from './ui.ts'
import { units } from './units.ts'

/** Every word that the window shows or speaks, by room. The other languages are typed by this one. */
export const english = {
  dialogs,
  dock,
  start,
  tempo,
  transport,
  ui,
  units,
}

export type Messages = typeof english
