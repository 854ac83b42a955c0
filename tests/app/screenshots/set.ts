import type { Locator, Page } from 'playwright-core'
import type { TestHost } from '../../support/headless.ts'
import type { Camera } from './camera.ts'

/** Where the scenes are played. */
export interface Set {
  readonly page: Page
  readonly home: string
  readonly camera: Camera
  host(): TestHost
  /** The program ends and starts again on the same library; between the two, `meanwhile`. */
  restart(meanwhile?: () => void): Promise<void>
}

/** A scene is played on its own: it asks for what it needs, and leaves nothing to the next. */
export interface Scene {
  /** `song`: a library in which the sung song lies saved and is opened. `nothing`: a library of its own. */
  readonly needs: 'nothing' | 'song'
  play(set: Set): Promise<void>
}

/** For what takes an idle machine some ten seconds. */
export const untilDone = { timeout: 600_000 }

/** The part of a region where no handle is. */
export const BODY = { x: 30, y: 50 }

export const button = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('button', { name, exact: typeof name === 'string' }).first()
export const entry = (page: Page, name: string): Locator => page.locator('[role^=menuitem]', { hasText: name }).first()
export const sung = (page: Page, name: string): Locator =>
  page.locator(`[data-region]:not(.source)[aria-label^="${name}, "]`).first()
export const recorded = (page: Page, name: string): Locator =>
  page.locator(`[data-region].source[aria-label^="${name}, "]`).first()

export async function pick(page: Page, folder: string, names: readonly string[]): Promise<void> {
  await picked(page, folder).click()
  await pickHere(page, names)
}
/** In the folder in which files were picked before. */
export async function pickHere(page: Page, names: readonly string[]): Promise<void> {
  for (const name of names) await picked(page, name).click()
}
/** An entry of the picker of places. */
export const picked = (page: Page, name: string) =>
  page.getByRole('dialog', { name: /Choose|Save as/ }).getByRole('button', { name, exact: true })
export const select = (page: Page, part: string): Promise<void> => sung(page, part).click({ position: BODY })

export async function emotion(page: Page, part: string, name: string, percent?: number): Promise<void> {
  await select(page, part)
  await page.getByRole('radio', { name }).click()
  if (percent === undefined) return
  const field = page.getByRole('spinbutton', { name: 'Intensity' }).first()
  await field.fill(String(percent))
  await field.press('Enter')
}
export async function convert(page: Page, part: string): Promise<void> {
  await select(page, part)
  await page.keyboard.press('c')
  await page.locator(`[data-state=converted][aria-label^="${part}, "]`).waitFor(untilDone)
}
export async function dockTab(page: Page, name: string): Promise<void> {
  await page.getByLabel('Status').getByRole('button', { name }).click()
  // Where no tooltip is.
  await page.mouse.move(700, 300)
}

export const trackName = (page: Page, name: string): Locator =>
  page.locator('[data-track] .name', { hasText: name }).first()

/** Nothing is selected, no menu is open and the keyboard's focus is nowhere in particular. */
export async function rest(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await page.mouse.move(700, 890)
}
