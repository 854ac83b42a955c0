import type { LanguageId } from '../../shared/contract/preferences.ts'

/** The language that the window speaks now. There is one for the whole window, so that every label may ask. */
class Language {
  current: LanguageId = $state('en')
}
export const language = new Language()
