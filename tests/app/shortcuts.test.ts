import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { startTestHost, type TestHost } from '../support/headless.ts'

/** Keys of one's own, in the real window, by keyboard. */
let host: TestHost
let browser: Browser
let page: Page
beforeAll(async () => {
  host = await startTestHost()
  browser = await openBrowser()
  page = await open()
})
afterAll(async () => {
  await browser?.close()
  await host?.close()
})

async function open(): Promise<Page> {
  const opened = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await opened.goto(host.server.url)
  await opened.getByRole('heading', { name: 'Engine check' }).waitFor()
  return opened
}

const keyOf = (label: string) => page.getByRole('button', { name: new RegExp(`^${label}: .*Change$`) })

test('a key is changed by keyboard, a taken one only when one says so, and both are there after a restart', async () => {
  await page.keyboard.press('?')
  await page.getByRole('heading', { name: 'Keyboard shortcuts' }).waitFor()
  await keyOf('New project').focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  expect(await page.getByRole('heading', { name: 'Keyboard shortcuts' }).isVisible()).toBe(true)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+Alt+n')
  await expect.poll(() => keyOf('New project').textContent()).toContain('Ctrl Alt N')

  await keyOf('Preferences').focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+o')
  await page.getByText('Ctrl O belongs to “Open”.').waitFor()
  await page.getByRole('button', { name: 'Take it' }).click()
  await expect.poll(() => keyOf('Preferences').textContent()).toContain('Ctrl O')
  await expect.poll(() => keyOf('Open').textContent()).toContain('–')

  await page.close()
  page = await open()
  await page.keyboard.press('Control+Alt+n')
  await page.getByRole('heading', { name: 'New project' }).waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+o')
  await page.getByRole('heading', { name: 'Preferences' }).waitFor()
  await page.keyboard.press('Escape')
})

test('a preset of another workstation is chosen, and everything goes back to the program’s own keys', async () => {
  await page.keyboard.press('?')
  await page.getByRole('combobox', { name: 'Keys of' }).click()
  await page.getByRole('option', { name: 'Reaper' }).click()
  await expect.poll(() => keyOf('Loop').textContent()).toContain('R')
  await expect.poll(() => keyOf('New project').textContent()).toContain('Ctrl N')
  await page.getByRole('button', { name: 'Reset all' }).click()
  await expect.poll(() => keyOf('Loop').textContent()).toContain('L')
})
