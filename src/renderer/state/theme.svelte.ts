import type { ThemeChoice } from '../../shared/contract/preferences.ts'

export type ThemeId = Exclude<ThemeChoice, 'system'>

/** The theme that is shown. There is one for the whole window, so that every painter may ask. */
class Theme {
  #shown: ThemeId = $state('dark')

  /** Painters that read a color of the theme are called again when it changes. */
  get shown(): ThemeId {
    return this.#shown
  }

  /** Styles first: whoever is called again reads the colors of the new theme. */
  show(theme: ThemeId): void {
    document.documentElement.dataset['theme'] = theme
    this.#shown = theme
  }
}
export const theme = new Theme()

/** Shows what is chosen, and follows the system where the choice is left to it; the answer ends that. */
export function followTheme(choice: ThemeChoice): () => void {
  if (choice !== 'system') {
    theme.show(choice)
    return () => {}
  }
  const wish = matchMedia('(prefers-contrast: more)')
  const follow = (): void => theme.show(wish.matches ? 'high-contrast' : 'dark')
  follow()
  wish.addEventListener('change', follow)
  return () => wish.removeEventListener('change', follow)
}
