import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import type { Application } from '../../../../src/main/application.ts'
import { openDesktop } from '../../../../src/main/desktop/desktop.ts'
import type { ApplicationPaths, Installation } from '../../../../src/main/paths.ts'
import { desktopChannels } from '../../../../src/shared/contract/desktop-bridge.ts'
import { importsOf, sourceFiles, sourceRoot } from '../../../architecture/imports.ts'
import { app, BrowserWindow, ipcMain, protocol, session, shell } from '../../../support/desktop/fake-electron.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

vi.mock('electron', () => import('../../../support/desktop/fake-electron.ts'))

/** Electron's own list for safe programs, item by item, read from what Electron is really given. */
const sound = 'x'.repeat(100)
function open() {
  const folder = temporaryFolder()
  const rendererFolder = join(folder, 'renderer')
  mkdirSync(rendererFolder)
  writeFileSync(join(rendererFolder, 'index.html'), '<!doctype html>')
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  writeFileSync(join(folder, 'sound.wav'), sound)
  const find = (id: string) =>
    id === 'clip/known'
      ? { ok: true, value: join(folder, 'sound.wav') }
      : { ok: false, failure: { code: 'not-found', message: 'no such sound' } }
  const application = {
    call: () => Promise.resolve({ ok: true, value: [] }),
    dispatch: () => Promise.resolve({ ok: true, value: {} }),
    onEvent: () => () => {},
    media: (id: string) => Promise.resolve(find(id)),
    peaks: (id: string) => Promise.resolve(find(id)),
  } as unknown as Application // the few calls that the desktop makes
  const complaints: string[] = []
  openDesktop({
    application,
    installation: { rendererFolder, preloadPath: '/preload.cjs' } as Installation, // all that a window asks for
    paths: { homeFolder: folder } as ApplicationPaths, // likewise
    logger: { info() {}, warn: (message) => complaints.push(message), error() {} },
    earlyProject: null,
  })
  const ask = async (address: string, headers: Record<string, string> = {}) => {
    const handler = session.defaultSession.schemes.get(new URL(address).protocol.slice(0, -1))
    return handler === undefined ? null : handler(new Request(address, { headers }))
  }
  return { window: BrowserWindow.getAllWindows()[0], ask, complaints }
}
afterEach(() => {
  for (const window of BrowserWindow.getAllWindows()) window.destroy()
  app.removeAllListeners()
})

test('the window is sandboxed, isolated, without Node, with web security, and asks for no feature beyond', () => {
  const preferences = open().window.options['webPreferences']
  expect(preferences).toEqual({
    preload: '/preload.cjs',
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
  })
})

test('sandbox and schemes are set once, before the program is ready', async () => {
  app.early.length = protocol.privileged.length = 0
  vi.stubEnv('UNDERSTUDY_HOME', temporaryFolder())
  vi.resetModules()
  await import('../../../../src/main/index.ts')
  vi.unstubAllEnvs()
  expect(app.early).toEqual(['name Understudy', 'path userData', 'sandbox', 'schemes'])
  expect(protocol.privileged.map(({ scheme }) => scheme)).toEqual(['app', 'media'])
  for (const { privileges } of protocol.privileged) {
    expect(privileges).toMatchObject({ standard: true, secure: true, supportFetchAPI: true, stream: true })
    expect(privileges).not.toHaveProperty('bypassCSP')
    expect(privileges).not.toHaveProperty('allowServiceWorkers')
  }
})

test('the page comes from its own scheme, under the whole policy, and no path leads out of its folder', async () => {
  const { ask, window } = open()
  expect(window.address).toBe('app://understudy/index.html')
  const page = await ask('app://understudy/index.html')
  expect(page?.status).toBe(200)
  expect(page?.headers.get('content-security-policy')).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; " +
      "connect-src 'self' media:; media-src media: blob:; worker-src 'self'; base-uri 'none'; form-action 'none'; " +
      "frame-ancestors 'none'",
  )
  expect(page?.headers.get('x-content-type-options')).toBe('nosniff')
  for (const path of ['../secret.txt', '..%2fsecret.txt', '%2e%2e/secret.txt', '..%5csecret.txt', 'index.html%00.txt'])
    expect((await ask(`app://understudy/${path}`))?.status, path).not.toBe(200)
  expect((await ask('app://other/index.html'))?.status).toBe(404)
  expect([...session.defaultSession.schemes.keys()]).toEqual(['app', 'media'])
})

test('sound comes by its id, in the part that was asked for, to our page alone', async () => {
  const { ask } = open()
  const own = { origin: 'app://understudy' }
  const whole = await ask('media://understudy/media/clip/known', own)
  expect([whole?.status, await whole?.text()]).toEqual([200, sound])
  const part = await ask('media://understudy/media/clip/known', { ...own, range: 'bytes=10-19' })
  expect([part?.status, part?.headers.get('content-range')]).toEqual([206, 'bytes 10-19/100'])
  expect((await ask('media://understudy/media/clip/known', { range: 'bytes=200-' }))?.status).toBe(416)
  for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:5000', 'app://understudy.evil'])
    expect((await ask('media://understudy/media/clip/known', { origin }))?.status, origin).toBe(404)
  for (const id of ['clip/other', '../../secret.txt', '..%2f..%2fsecret.txt'])
    expect((await ask(`media://understudy/media/${id}`, own))?.status, id).toBe(404)
})

test('every message of the page goes through the one door: sender first, then shape', async () => {
  const doors = sourceFiles().filter((file) => readFileSync(join(sourceRoot, file), 'utf8').includes('ipcMain.'))
  expect(doors).toEqual(['main/desktop/ipc.ts'])
  const { window, complaints } = open()
  const own = { url: 'app://understudy/index.html', parent: null }
  for (const channel of ipcMain.handlers.keys()) {
    for (const frame of [
      null,
      { ...own, parent: {} },
      { ...own, url: 'https://evil.example/app://understudy/index.html' },
      { ...own, url: 'file:///index.html' },
    ])
      await expect(ipcMain.ask(window, channel, {}, frame), channel).rejects.toThrow('refused')
    await expect(ipcMain.ask(window, channel, 'no object', own), channel).rejects.toThrow(channel)
  }
  const known: ReadonlySet<string> = new Set(Object.values(desktopChannels))
  expect([...ipcMain.handlers.keys()].filter((channel) => !known.has(channel))).toEqual([])
  expect(complaints).toHaveLength(4 * ipcMain.handlers.size)
  expect(complaints.join('\n')).not.toContain('evil')
})

test('nothing leads out: no navigation, redirect, frame, webview or window; outside opens only what is listed', () => {
  const { window } = open()
  shell.opened.length = 0
  const isStopped = (event: string, url: string) => {
    let isPrevented = false
    window.webContents.emit(event, { url, preventDefault: () => (isPrevented = true) })
    return isPrevented
  }
  for (const event of ['will-navigate', 'will-redirect', 'will-frame-navigate'])
    for (const url of ['https://evil.example/', 'file:///etc/passwd', 'data:text/html,x', 'http://127.0.0.1:1/', 'x'])
      expect(isStopped(event, url), `${event} ${url}`).toBe(true)
  expect(isStopped('will-attach-webview', '')).toBe(true)
  for (const url of ['https://evil.example/', 'file:///bin/sh', 'http://opensource.org/', 'app://understudy/'])
    expect(window.webContents.openHandler?.({ url })).toEqual({ action: 'deny' })
  expect(shell.opened).toEqual([])
})

test('permissions are refused but the choice of an output, to requests, checks and devices', () => {
  open()
  const { permissionRequest, permissionCheck, devicePermission } = session.defaultSession
  const all = ['media', 'geolocation', 'notifications', 'midi', 'midiSysex', 'hid', 'serial', 'usb', 'clipboard-read']
  const given: string[] = []
  for (const permission of [...all, 'fileSystem', 'openExternal', 'speaker-selection'])
    permissionRequest?.(null, permission, (isGiven) => void (isGiven && given.push(permission)))
  expect(given).toEqual(['speaker-selection'])
  expect(all.filter((permission) => permissionCheck?.(null, permission, '', {}))).toEqual([])
  expect(permissionCheck?.(null, 'media', '', { mediaType: 'video' })).toBe(false)
  expect(devicePermission?.()).toBe(false)
})

test('the one preload gives the page verbs, and nothing of Electron’s own', () => {
  const preload = readFileSync(join(sourceRoot, 'main/preload/index.ts'), 'utf8')
  expect(preload.match(/exposeInMainWorld/g)).toHaveLength(1)
  expect(preload).not.toMatch(/exposeInMainWorld\([^)]*ipcRenderer|\.\.\.ipcRenderer|: ipcRenderer\b/)
  expect(
    importsOf('main/preload/index.ts')
      .filter(({ isPackage }) => isPackage)
      .map(({ target }) => target),
  ).toEqual(['electron'])
})

test('the built preload is one file of the older module kind, which a sandbox can load, and asks for Electron alone', ({
  skip,
}) => {
  const path = resolve(sourceRoot, '../out/preload/index.cjs')
  if (!existsSync(path)) return skip('the program is not built')
  const asked = [...readFileSync(path, 'utf8').matchAll(/\brequire\(["'`]([^"'`]+)["'`]\)/g)].map((match) => match[1])
  expect(asked).toEqual(['electron'])
})
