import type { Locator, Page } from 'playwright-core'

/** What a person sees and names, however they get there. */
export interface Controls {
  button(name: string | RegExp): Locator
  heading(name: string | RegExp): Locator
  dialog(name: string | RegExp): Locator
  /** An entry or button of the picker of places. */
  picked(name: string): Locator
}

export function controlsOf(page: Page): Controls {
  const dialog = (name: string | RegExp) => page.getByRole('dialog', { name })
  return {
    button: (name) => page.getByRole('button', { name, exact: typeof name === 'string' }),
    heading: (name) => page.getByRole('heading', { name }),
    dialog,
    picked: (name) => dialog(/Choose|Save as/).getByRole('button', { name, exact: true }),
  }
}
