import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { startTestHost, type TestHost } from '../support/headless.ts'

/** The engine check of the real window, by keyboard. */
let host: TestHost
let browser: Browser
let page: Page
beforeAll(async () => {
  host = await startTestHost()
  browser = await openBrowser()
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.goto(host.server.url)
  await page.getByRole('heading', { name: 'Engine check' }).waitFor()
})
afterAll(async () => {
  await browser?.close()
  await host?.close()
})

test('every engine is listed with its state, and the one in use with what it is used for', async () => {
  const list = page.getByRole('list', { name: /Engines/ })
  await list.waitFor()
  const rows = await list.getByRole('listitem').allInnerTexts()
  for (const label of ['TensorFlow, native', 'WebGPU', 'WebAssembly']) {
    expect(rows.some((row) => row.includes(label))).toBe(true)
  }
  expect(rows.filter((row) => row.includes('in use')).join()).toMatch(/training and conversion/)
})

test('the native engine says what stands against it, or its size and terms, and is begun and cancelled by keyboard', async () => {
  const { native } = await host.application.call('engine:describe', {}).then((answer) => {
    if (!answer.ok) throw new Error(answer.failure.message)
    return answer.value
  })
  const group = page.getByRole('group', { name: 'Native TensorFlow' })
  if (native.obstacle !== null) {
    expect(await group.innerText()).toContain(native.obstacle)
    return
  }
  expect(await group.innerText()).toContain('Apache License 2.0')
  await group.getByRole('radio', { name: 'for the processor' }).focus()
  await page.keyboard.press('ArrowRight')
  expect(await group.getByRole('radio', { name: 'for NVIDIA devices' }).isChecked()).toBe(true)
  expect(await group.innerText()).toContain('untested')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Install, 230 MB')
  await page.keyboard.press('Enter')
  const cancel = group.getByRole('button', { name: 'Cancel' })
  // The keyboard stays where it was, though its button is gone.
  await expect.poll(() => cancel.evaluate((button) => button === document.activeElement)).toBe(true)
  expect(await group.getByRole('progressbar').getAttribute('aria-label')).toContain('Installing TensorFlow')
  await page.keyboard.press('Enter')
  const again = group.getByRole('button', { name: /Install|Go on/ })
  await expect.poll(() => again.evaluate((button) => button === document.activeElement)).toBe(true)
})
