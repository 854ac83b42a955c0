import type { LanguageId } from '../../shared/contract/preferences.ts'
import { english, type Messages } from './en/all.ts'
import { korean } from './ko/all.ts'
import { language } from './language.svelte.ts'

const catalogs: Readonly<Record<LanguageId, Messages>> = { en: english, ko: korean }
const spoken = (): Messages => catalogs[language.current]

/** The messages of the language that the window speaks now: `say.dock.jobs`. What shows them follows when it changes. */
export const say: Messages = {
  get browser() {
    return spoken().browser
  },
  get commands() {
    return spoken().commands
  },
  get curves() {
    return spoken().curves
  },
  get dialogs() {
    return spoken().dialogs
  },
  get dock() {
    return spoken().dock
  },
  get edits() {
    return spoken().edits
  },
  get emotionTraining() {
    return spoken().emotionTraining
  },
  get emotions() {
    return spoken().emotions
  },
  get exporting() {
    return spoken().exporting
  },
  get farm() {
    return spoken().farm
  },
  get inspector() {
    return spoken().inspector
  },
  get instruments() {
    return spoken().instruments
  },
  get menu() {
    return spoken().menu
  },
  get notes() {
    return spoken().notes
  },
  get start() {
    return spoken().start
  },
  get state() {
    return spoken().state
  },
  get tempo() {
    return spoken().tempo
  },
  get timeline() {
    return spoken().timeline
  },
  get told() {
    return spoken().told
  },
  get training() {
    return spoken().training
  },
  get transport() {
    return spoken().transport
  },
  get ui() {
    return spoken().ui
  },
  get units() {
    return spoken().units
  },
  get vocoders() {
    return spoken().vocoders
  },
  get window() {
    return spoken().window
  },
}
