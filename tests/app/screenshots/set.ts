import type { Locator, Page } from 'playwright-core'
import type { TestHost } from '../../support/headless.ts'
import type { Camera } from './camera.ts'

/** Where the scenes are played. */
export interface Set {
  readonly page: Page
  readonly home: string
  readonly camera: Camera
  host(): TestHost
  /** The program ends and starts again on the same library. */
  restart(): Promise<void>
}

export const button = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('button', { name, exact: typeof name === 'string' }).first()
export const entry = (page: Page, name: string): Locator => page.locator('[role^=menuitem]', { hasText: name }).first()
export const sung = (page: Page, name: string): Locator =>
  page.locator(`[data-region]:not(.source)[aria-label^="${name}, "]`).first()
export const recorded = (page: Page, name: string): Locator =>
  page.locator(`[data-region].source[aria-label^="${name}, "]`).first()

export async function pick(page: Page, folder: string, names: readonly string[]): Promise<void> {
  const picker = page.getByRole('dialog', { name: /Choose|Save as/ })
  await picker.getByRole('button', { name: folder, exact: true }).click()
  for (const name of names) await picker.getByRole('button', { name, exact: true }).click()
}
