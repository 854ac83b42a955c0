import { browser } from './browser.ts'
import { commands } from './commands.ts'
import { curves } from './curves.ts'
import { dialogs } from './dialogs.ts'
import { dock } from './dock.ts'
import { edits } from './edits.ts'
import { emotionTraining } from './emotion-training.ts'
import { emotions } from './emotions.ts'
import { exporting } from './exporting.ts'
import { farm } from './farm.ts'
import { inspector } from './inspector.ts'
import { instruments } from './instruments.ts'
import { menu } from './menu.ts'
import { notes } from './notes.ts'
import { start } from './start.ts'
import { state } from './state.ts'
import { tempo } from './tempo.ts'
import { timeline } from './timeline.ts'
import { told } from './told.ts'
import { training } from './training.ts'
import { transport } from './transport.ts'
import { ui } from './ui.ts'
import { units } from './units.ts'
import { vocoders } from './vocoders.ts'
import { window } from './window.ts'

/** Every word that the window shows or speaks, by room. The other languages are typed by this one. */
export const english = {
  browser,
  commands,
  curves,
  dialogs,
  dock,
  edits,
  emotionTraining,
  emotions,
  exporting,
  farm,
  inspector,
  instruments,
  menu,
  notes,
  start,
  state,
  tempo,
  timeline,
  told,
  training,
  transport,
  ui,
  units,
  vocoders,
  window,
}

export type Messages = typeof english
