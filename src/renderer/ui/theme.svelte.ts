export type ThemeId = 'dark' | 'high-contrast'

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
