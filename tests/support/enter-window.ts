import type { Page } from 'playwright-core'
import type { TestHost } from './headless.ts'

/** Opens the window of a host, and waits until it hears its keys. */
export async function enterWindow(page: Page, { server }: Pick<TestHost, 'server'>): Promise<void> {
  await page.goto(server.url)
  await page.locator('[data-screen]').waitFor()
}
