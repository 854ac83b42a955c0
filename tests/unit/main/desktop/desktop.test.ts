import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MenuItemConstructorOptions } from 'electron'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Application } from '../../../../src/main/application.ts'
import { openDesktop } from '../../../../src/main/desktop/desktop.ts'
import type { ApplicationPaths, Installation } from '../../../../src/main/paths.ts'
import { desktopChannels, type DesktopCommand } from '../../../../src/shared/contract/desktop-bridge.ts'
import type { Job } from '../../../../src/shared/contract/jobs.ts'
import type { ApplicationEvent } from '../../../../src/shared/contract/verbs.ts'
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  Notification,
  powerSaveBlocker,
  shell,
} from '../../../support/desktop/fake-electron.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

vi.mock('electron', () => import('../../../support/desktop/fake-electron.ts'))

/** What the desktop asks of the application, answered from here. */
interface Answers {
  jobs: readonly Partial<Job>[]
  recent: readonly unknown[]
  media: string | null
}
let answers: Answers
let asked: { readonly name: string; readonly request: unknown }[]
let listener: (event: ApplicationEvent) => void
let homeFolder: string

beforeEach(() => {
  answers = { jobs: [], recent: [], media: null }
  asked = []
  listener = () => {}
  homeFolder = temporaryFolder()
})
afterEach(() => {
  for (const window of BrowserWindow.getAllWindows()) window.destroy()
  app.removeAllListeners()
  app.recentDocuments.length = 0
  dialog.boxes.length = dialog.opened.length = dialog.answers.length = 0
  Notification.shown.length = 0
})

function open(earlyProject: string | null = null) {
  const application = {
    call: (name: string, request: unknown) => {
      asked.push({ name, request })
      const value = name === 'jobs:list' ? answers.jobs : name === 'project:listRecent' ? answers.recent : {}
      return Promise.resolve({ ok: true, value })
    },
    dispatch: () => Promise.resolve({ ok: true, value: { answer: 1 } }),
    onEvent: (heard: (event: ApplicationEvent) => void) => {
      listener = heard
      return () => (listener = () => {})
    },
    media: () =>
      Promise.resolve(
        answers.media === null
          ? { ok: false, failure: { code: 'not-found', message: 'no such sound' } }
          : { ok: true, value: answers.media },
      ),
  } as unknown as Application // the few calls that the desktop makes
  openDesktop({
    application,
    installation: { rendererFolder: '', preloadPath: '/preload.cjs' } as Installation, // all that a window asks for
    paths: { homeFolder } as ApplicationPaths, // likewise
    logger: { info() {}, warn() {}, error() {} },
    earlyProject,
  })
  const window = BrowserWindow.getAllWindows()[0]
  const commands = () =>
    window.webContents.sent.flatMap(({ channel, message }) =>
      channel === desktopChannels.command ? [message as DesktopCommand] : [],
    )
  return { window, commands, ask: (channel: string, message: unknown) => ipcMain.ask(window, channel, message) }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))
const song = { projectId: 'p1', name: 'Song', path: null, isEdited: false, isPlaying: false }
const job = (given: Partial<Job>) => ({ id: 'j1', title: 'Converting', fraction: 0.5, ...given }) as Job // what is looked at

test('the window waits to be seen until it is painted, and comes back where and how it was', () => {
  const first = open().window
  expect(first.options).toMatchObject({ show: false, width: 1440, height: 900, minWidth: 1120 })
  expect(first.address).toBe('app://understudy/index.html')
  expect(first.is.shown).toBe(false)
  first.emit('ready-to-show')
  expect(first.is.shown).toBe(true)
  first.bounds = { x: 200, y: 100, width: 1300, height: 800 }
  first.is.maximized = true
  first.emit('close', { preventDefault() {} })
  first.destroy()
  const second = open().window
  expect(second.options).toMatchObject({ x: 200, y: 100, width: 1300, height: 800 })
  second.emit('ready-to-show')
  expect(second.is).toMatchObject({ shown: true, maximized: true, fullScreen: false })
})

test('the page goes nowhere else, and opens outside only what is allowed', () => {
  const { window } = open()
  let isPrevented = false
  window.webContents.emit('will-navigate', { url: 'https://evil.example/', preventDefault: () => (isPrevented = true) })
  expect(isPrevented).toBe(true)
  expect(window.webContents.openHandler?.({ url: 'https://evil.example/' })).toEqual({ action: 'deny' })
  expect(window.webContents.openHandler?.({ url: 'https://creativecommons.org/' })).toEqual({ action: 'deny' })
  expect(shell.opened).toEqual(['https://creativecommons.org/'])
})

test('title, edited mark, recent documents and the clock behind other windows follow the document', async () => {
  const { window, ask } = open()
  await ask(desktopChannels.setDocumentState, { ...song, path: '/a/Song.understudy', isEdited: true, isPlaying: true })
  expect(window.title).toBe('● Song – Understudy')
  expect(window).toMatchObject({ isEdited: true, representedFilename: '/a/Song.understudy' })
  expect(window.webContents.isThrottled).toBe(false)
  await ask(desktopChannels.setDocumentState, { ...song, path: '/a/Song.understudy' })
  expect(window.title).toBe('Song – Understudy')
  expect(window.webContents.isThrottled).toBe(true)
  expect(app.recentDocuments).toEqual(['/a/Song.understudy'])
})

test('closing saved work with nothing under way asks nothing', async () => {
  const { window } = open()
  window.close()
  await settled()
  expect(dialog.boxes).toEqual([])
  expect(window.is.destroyed).toBe(true)
})

test.each([
  ['Save', 0, { isDestroyed: false, commands: [{ kind: 'save-and-close' }], discards: 0 }],
  ['Don’t save', 1, { isDestroyed: true, commands: [], discards: 1 }],
  ['Cancel', 2, { isDestroyed: false, commands: [], discards: 0 }],
] as const)('closing unsaved work: %s', async (label, response, expected) => {
  const { window, commands, ask } = open()
  await ask(desktopChannels.setDocumentState, { ...song, isEdited: true })
  dialog.answers.push(response)
  window.close()
  await settled()
  expect(dialog.boxes[0].buttons?.[response]).toBe(label)
  expect(dialog.boxes[0]).toMatchObject({ defaultId: 0, cancelId: 2 })
  expect(window.is.destroyed).toBe(expected.isDestroyed)
  expect(commands()).toEqual(expected.commands)
  expect(asked.filter(({ name }) => name === 'project:close')).toHaveLength(expected.discards)
})

test('after “Save” the page closes the window itself, and is not asked again', async () => {
  const { window, ask } = open()
  await ask(desktopChannels.setDocumentState, { ...song, isEdited: true })
  await ask(desktopChannels.closeWindow, {})
  expect(window.is.destroyed).toBe(true)
  expect(dialog.boxes).toEqual([])
})

test('closing while a conversion runs says that it ends; while a singer learns nothing is lost and nothing asked', async () => {
  answers.jobs = [{ kind: 'convert', state: 'running' }]
  const { window } = open()
  window.close()
  await settled()
  expect(dialog.boxes[0]).toMatchObject({ buttons: ['Close', 'Cancel'], detail: '1 other job will be cancelled.' })
  expect(window.is.destroyed).toBe(false)
  dialog.answers.push(0)
  window.close()
  await settled()
  expect(window.is.destroyed).toBe(true)
  answers.jobs = [{ kind: 'train', state: 'running' }]
  const next = open().window
  next.close()
  await settled()
  expect(next.is.destroyed).toBe(true)
})

test('projects that the system names wait for the page: the early one, a double click, and a second start', async () => {
  const { window, commands } = open('/music/Early.understudy')
  expect(commands()).toEqual([])
  window.webContents.emit('did-finish-load')
  app.emit('open-file', { preventDefault() {} }, '/music/Clicked.understudy')
  window.is.minimized = true
  window.is.focused = false
  const handed = { arguments: ['understudy', 'Second.understudy'], folder: '/music' }
  app.emit('second-instance', {}, [], '', handed)
  app.emit('second-instance', {}, [], '', { arguments: 'not a list' })
  expect(commands()).toEqual(
    ['Early', 'Clicked', 'Second'].map((name) => ({ kind: 'open-project', path: `/music/${name}.understudy` })),
  )
  expect(window.is).toMatchObject({ minimized: false, focused: true })
  window.destroy()
  app.emit('open-file', { preventDefault() {} }, '/music/Late.understudy')
})

test('a double click before the page can hear it is not lost', () => {
  const { window, commands } = open()
  app.emit('open-file', { preventDefault() {} }, '/music/Clicked.understudy')
  expect(commands()).toEqual([])
  window.webContents.emit('did-finish-load')
  expect(commands()).toEqual([{ kind: 'open-project', path: '/music/Clicked.understudy' }])
})

const submenu = (label: string): readonly MenuItemConstructorOptions[] => {
  const visit = (items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions | undefined =>
    items.find((item) => item.label === label) ??
    items.map((item) => (Array.isArray(item.submenu) ? visit(item.submenu) : undefined)).find((item) => item)
  const found = visit(Menu.current?.template ?? [])?.submenu
  return Array.isArray(found) ? found : []
}

test('recent songs stand in the menu, the latest first, twins by their folder, and are opened from there', async () => {
  const recent = (name: string, path: string, openedAtMs: number, isMissing = false) => ({
    name,
    path,
    openedAtMs,
    isMissing,
  })
  answers.recent = [
    recent('Song', '/a/Song.understudy', 1),
    recent('Rhythm & Blues', '/r.understudy', 3),
    recent('Song', '/b/Song.understudy', 2),
    recent('Gone', '/gone.understudy', 4, true),
  ]
  const { commands, ask } = open()
  await settled()
  const labels = () => submenu('Open &Recent').map(({ label }) => label)
  expect(labels()).toEqual(['Rhythm && Blues', 'Song – b', 'Song – a'])
  const [first] = submenu('Open &Recent')
  // Electron calls a click with the item, the window and the event; ours asks for none of them.
  const click = first.click as (() => void) | undefined
  click?.()
  expect(commands()).toEqual([{ kind: 'open-project', path: '/r.understudy' }])
  answers.recent = [recent('New', '/new.understudy', 9)]
  await ask(desktopChannels.setDocumentState, { ...song, path: '/new.understudy' })
  await settled()
  expect(labels()).toEqual(['New'])
})

test('menu items are grey where the page has nothing for them to do', async () => {
  const { ask } = open()
  const enabled = (command: string) => Menu.current?.getMenuItemById(command)?.enabled
  expect([enabled('open-project'), enabled('save'), enabled('undo')]).toEqual([true, false, false])
  await ask(desktopChannels.setMenuState, { possible: ['save', 'undo'], keys: {} })
  expect([enabled('open-project'), enabled('save'), enabled('undo')]).toEqual([false, true, true])
  const before = Menu.current
  await ask(desktopChannels.setMenuState, { possible: ['save'], keys: { save: 'Ctrl+Alt+S' } })
  expect(Menu.current).not.toBe(before)
  expect(submenu('&File').find(({ id }) => id === 'save')?.accelerator).toBe('CmdOrCtrl+Alt+S')
  expect([enabled('save'), enabled('undo')]).toEqual([true, false])
  await expect(ask(desktopChannels.setMenuState, { possible: ['format-disk'], keys: {} })).rejects.toThrow()
})

test('the taskbar shows progress, the machine stays awake for what must end, and a notice comes only out of sight', () => {
  const { window } = open()
  const tell = (given: Partial<Job>) => listener({ kind: 'job-changed', job: job(given) } as ApplicationEvent)
  tell({ kind: 'convert', state: 'running' })
  expect(window.progress).toBeCloseTo(0.5)
  expect(powerSaveBlocker.held.size).toBe(0)
  tell({ kind: 'export', state: 'running', fraction: 0.25 })
  expect(powerSaveBlocker.held.size).toBe(1)
  const ended = { kind: 'export', state: 'done', createdAtMs: 0, finishedAtMs: 60_000, failure: null } as const
  tell(ended)
  expect(window.progress).toBe(-1)
  expect(powerSaveBlocker.held.size).toBe(0)
  expect(Notification.shown).toEqual([])
  window.is.focused = false
  tell(ended)
  expect(Notification.shown).toEqual([{ title: 'Converting', body: 'Done.' }])
  tell({ kind: 'train', state: 'running' })
  window.destroy()
  expect(powerSaveBlocker.held.size).toBe(0)
})

test('each kind of dialog begins where it was last, also after a restart', async () => {
  const { ask, window } = open()
  const kinds = [{ label: 'Audio', extensions: ['wav'] }]
  dialog.answers.push(['/stems/lead.wav'], '/out/mix.wav')
  expect(await ask(desktopChannels.chooseFiles, { purpose: 'stems', kinds })).toEqual(['/stems/lead.wav'])
  const save = { purpose: 'export', suggestedName: 'mix.wav', kinds }
  expect(await ask(desktopChannels.chooseSavePath, save)).toBe('/out/mix.wav')
  window.destroy()
  const again = open()
  await again.ask(desktopChannels.chooseFiles, { purpose: 'stems', kinds })
  expect(await again.ask(desktopChannels.chooseSavePath, save)).toBeNull()
  expect(dialog.opened.slice(2)).toMatchObject([{ defaultPath: '/stems' }, { defaultPath: '/out/mix.wav' }])
  await expect(again.ask(desktopChannels.chooseSavePath, { ...save, suggestedName: '../mix' })).rejects.toThrow()
})

test('a sound is dragged out as a file with a name of its own, which the next start removes', async () => {
  const media = join(homeFolder, 'f00d.wav')
  writeFileSync(media, 'RIFF')
  answers.media = media
  const { window, ask } = open()
  await ask(desktopChannels.startDrag, { mediaId: 'project/p/render/k', name: 'Lead: one/two by Mira' })
  const [{ file, icon }] = window.webContents.drags
  expect(file).toBe(join(homeFolder, 'dragged', 'Lead- one-two by Mira.wav'))
  expect(readFileSync(file, 'utf8')).toBe('RIFF')
  expect(icon).toBe(`icon of ${file}`)
  answers.media = null
  await expect(ask(desktopChannels.startDrag, { mediaId: 'project/p/render/x', name: 'x' })).rejects.toThrow()
  window.destroy()
  mkdirSync(join(homeFolder, 'dragged'), { recursive: true })
  open()
  await vi.waitFor(() => expect(existsSync(join(homeFolder, 'dragged'))).toBe(false))
})

test('only the top frame of our own page is answered', async () => {
  const { window } = open()
  const foreign = { url: 'https://evil.example/', parent: null }
  await expect(ipcMain.ask(window, desktopChannels.closeWindow, {}, foreign)).rejects.toThrow('refused')
  expect(window.is.destroyed).toBe(false)
  await expect(ipcMain.ask(window, desktopChannels.call, { name: 'jobs:list', request: {} })).resolves.toEqual({
    ok: true,
    response: { answer: 1 },
  })
})
