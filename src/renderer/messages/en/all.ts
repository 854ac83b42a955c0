import { browser } from './browser.ts'
import { curves } from './curves.ts'
import { dialogs } from './dialogs.ts'
import { dock } from './dock.ts'
import { edits } from './edits.ts'
import { emotions } from './emotions.ts'
import { inspector } from './inspector.ts'
import { start } from './start.ts'
import { tempo } from './tempo.ts'
import { timeline } from './timeline.ts'
import { transport } from './transport.ts'
import { ui } from './ui.ts'
import { units } from './units.ts'

/** Every word that the window shows or speaks, by room. The other languages are typed by this one. */
export const english = {
  browser,
  curves,
  dialogs,
  dock,
  edits,
  emotions,
  inspector,
  start,
  tempo,
  timeline,
  transport,
  ui,
  units,
}

export type Messages = typeof english
