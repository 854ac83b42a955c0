import { resolve } from 'node:path'
import { existsSync } from 'node:fs'
import { _electron, type ElectronApplication } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { openerOf } from '../../src/main/browser.ts'
import { electronBinary } from '../../src/main/electron-binary.ts'
import { makeTemporaryFolder, removeFolder } from '../support/temporary-folder.ts'

/** The built program in the real Electron, where its binary is. */
const rootFolder = resolve(import.meta.dirname, '../..')
const home = makeTemporaryFolder()
const running: ElectronApplication[] = []
afterAll(async () => {
  for (const program of running) await program.close()
  removeFolder(home)
})

/** What stands against it on this machine, in words; null when nothing does. */
function obstacle(): string | null {
  if (electronBinary(rootFolder) === null) return 'Electron’s binary is not here; “npm start” fetches it'
  if (openerOf(process.platform, process.env) === null) return 'there is no screen here'
  return existsSync(resolve(rootFolder, 'out/main/index.js')) ? null : 'the program is not built'
}

test('in Electron the window opens behind its bridge, with its menu, and a second start hands its song over', async ({
  skip,
}) => {
  const reason = obstacle()
  if (reason !== null) return skip(reason)
  const executablePath = electronBinary(rootFolder) ?? ''
  // A song without a library of its own would open the person's.
  const env = { ...process.env, UNDERSTUDY_HOME: home } as Record<string, string> // unset ones are left out by spawn
  const program = await _electron.launch({ executablePath, args: [rootFolder], env })
  running.push(program)
  const page = await program.firstWindow()
  await page.getByRole('heading', { name: 'Engine check' }).waitFor()
  expect(new URL(page.url()).protocol).toBe('app:')
  expect(await page.evaluate(() => ['require' in globalThis, 'process' in globalThis])).toEqual([false, false])
  const labels = await program.evaluate(({ Menu }) =>
    Menu.getApplicationMenu()?.items.map(({ label }) => label.replace('&', '')),
  )
  expect(labels).toEqual(expect.arrayContaining(['File', 'Edit', 'View']))
  const title = await program.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].getTitle())
  expect(title).toContain('Understudy')
  const second = await _electron
    .launch({ executablePath, args: [rootFolder, '/nowhere/Second.understudy'], env })
    .catch(() => null)
  await second?.close().catch(() => {})
  await page.getByText(/Second\.understudy/).waitFor()
})
