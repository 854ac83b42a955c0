import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from 'playwright-core'
import { openBrowser } from '../support/browser.ts'
import { startTestHost, type TestHost } from '../support/headless.ts'

let host: TestHost
let browser: Browser
beforeAll(async () => {
  host = await startTestHost()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await host?.close()
})

test('the page loads under its content security policy and connects with the token of its address', async () => {
  const page = await browser.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  const welcomed = page.waitForEvent('websocket').then((socket) => socket.waitForEvent('framereceived'))
  await page.goto(host.server.url)
  expect(JSON.parse(String((await welcomed).payload))).toEqual({ kind: 'welcome' })
  await page.getByRole('button').first().waitFor()
  expect(complaints).toEqual([])
})
