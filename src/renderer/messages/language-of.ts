import { languageIds, type LanguageId } from '../../shared/contract/preferences.ts'

/** Each language's name in itself, so that whoever reads it finds it. */
export const languageNames: Readonly<Record<LanguageId, string>> = { en: 'English', ko: '한국어' }

/** The first of the languages that somebody reads which the window speaks; English where it speaks none of them. */
export function languageOf(preferred: readonly string[]): LanguageId {
  for (const tag of preferred) {
    const found = languageIds.find((id) => tag.toLowerCase().split('-')[0] === id)
    if (found !== undefined) return found
  }
  return 'en'
}
