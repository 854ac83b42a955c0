import { EventEmitter } from 'node:events'
import type { MenuItemConstructorOptions, MessageBoxOptions, Rectangle } from 'electron'

/**
 * Electron as far as `main/desktop` calls it, in plain objects that remember what was asked of them. A test replaces the
 * package by it: `vi.mock('electron', () => import('…/fake-electron.ts'))`.
 */

class FakeApp extends EventEmitter {
  name = 'Understudy'
  isPackaged = false
  readonly recentDocuments: string[] = []
  quitCount = 0
  /** What was called before the program is ready, in order. */
  readonly early: string[] = []
  setName(name: string): void {
    this.early.push(`name ${name}`)
  }
  setPath(purpose: string): void {
    this.early.push(`path ${purpose}`)
  }
  enableSandbox(): void {
    this.early.push('sandbox')
  }
  /** Another one runs already: what is started here ends at once. */
  requestSingleInstanceLock(): boolean {
    return false
  }
  whenReady(): Promise<void> {
    this.early.push('ready')
    return Promise.resolve()
  }
  addRecentDocument(path: string): void {
    this.recentDocuments.push(path)
  }
  quit(): void {
    this.quitCount++
  }
  getFileIcon(path: string): Promise<string> {
    return Promise.resolve(`icon of ${path}`)
  }
}
export const app = new FakeApp()

type PermissionRequest = (contents: unknown, permission: string, answer: (isGiven: boolean) => void) => void
type PermissionCheck = (
  contents: unknown,
  permission: string,
  origin: string,
  details: { readonly mediaType?: string },
) => boolean

class FakeSession {
  permissionRequest: PermissionRequest | null = null
  permissionCheck: PermissionCheck | null = null
  devicePermission: (() => boolean) | null = null
  readonly schemes = new Map<string, (request: Request) => Promise<Response>>()
  setPermissionRequestHandler = (handler: PermissionRequest): void => void (this.permissionRequest = handler)
  setPermissionCheckHandler = (handler: PermissionCheck): void => void (this.permissionCheck = handler)
  setDevicePermissionHandler = (handler: () => boolean): void => void (this.devicePermission = handler)
  readonly protocol = {
    handle: (scheme: string, handler: (request: Request) => Promise<Response>): void =>
      void this.schemes.set(scheme, handler),
  }
}
export const session = { defaultSession: new FakeSession() }

export class FakeWebContents extends EventEmitter {
  readonly sent: { readonly channel: string; readonly message: unknown }[] = []
  readonly drags: { readonly file: string; readonly icon: unknown }[] = []
  isThrottled = true
  openHandler: ((details: { url: string }) => unknown) | null = null
  readonly session = session.defaultSession
  send(channel: string, message: unknown): void {
    this.sent.push({ channel, message })
  }
  startDrag(item: { readonly file: string; readonly icon: unknown }): void {
    this.drags.push(item)
  }
  setBackgroundThrottling(isThrottled: boolean): void {
    this.isThrottled = isThrottled
  }
  setWindowOpenHandler(handler: (details: { url: string }) => unknown): void {
    this.openHandler = handler
  }
}

export class BrowserWindow extends EventEmitter {
  static readonly all = new Set<BrowserWindow>()
  static getAllWindows(): BrowserWindow[] {
    return [...BrowserWindow.all]
  }
  readonly webContents = new FakeWebContents()
  readonly options: Readonly<Record<string, unknown>>
  title = ''
  isEdited = false
  representedFilename = ''
  progress = -1
  address = ''
  readonly is = { shown: false, maximized: false, fullScreen: false, minimized: false, focused: true, destroyed: false }
  bounds: Rectangle = { x: 10, y: 20, width: 1440, height: 900 }

  constructor(options: Readonly<Record<string, unknown>> = {}) {
    super()
    this.options = options
    BrowserWindow.all.add(this)
  }
  loadURL(address: string): Promise<void> {
    this.address = address
    return Promise.resolve()
  }
  show = (): void => void (this.is.shown = true)
  focus = (): void => void (this.is.focused = true)
  maximize = (): void => void (this.is.maximized = true)
  restore = (): void => void (this.is.minimized = false)
  setFullScreen = (isOn: boolean): void => void (this.is.fullScreen = isOn)
  isMaximized = (): boolean => this.is.maximized
  isFullScreen = (): boolean => this.is.fullScreen
  isMinimized = (): boolean => this.is.minimized
  isFocused = (): boolean => this.is.focused
  isDestroyed = (): boolean => this.is.destroyed
  getNormalBounds = (): Rectangle => this.bounds
  setTitle = (title: string): void => void (this.title = title)
  setDocumentEdited = (isEdited: boolean): void => void (this.isEdited = isEdited)
  setRepresentedFilename = (path: string): void => void (this.representedFilename = path)
  setProgressBar = (fraction: number): void => void (this.progress = fraction)
  /** Asks its listeners, as the system's button does. */
  close(): void {
    let isPrevented = false
    this.emit('close', { preventDefault: () => (isPrevented = true) })
    if (!isPrevented) this.destroy()
  }
  destroy(): void {
    if (this.is.destroyed) return
    this.is.destroyed = true
    BrowserWindow.all.delete(this)
    this.emit('closed')
  }
}

type Handler = (event: unknown, message: unknown) => unknown
class FakeIpcMain {
  readonly handlers = new Map<string, Handler>()
  handle(channel: string, handler: Handler): void {
    this.handlers.set(channel, handler)
  }
  /** As the page asks; by default from our own top frame. */
  async ask(
    window: BrowserWindow,
    channel: string,
    message: unknown,
    senderFrame: unknown = { url: 'app://understudy/index.html', parent: null },
  ): Promise<unknown> {
    const handler = this.handlers.get(channel)
    if (handler === undefined) throw new Error(`nobody hears ${channel}`)
    return handler({ senderFrame, sender: window.webContents }, message)
  }
}
export const ipcMain = new FakeIpcMain()

class FakeMenuItem {
  enabled: boolean
  readonly options: MenuItemConstructorOptions
  constructor(options: MenuItemConstructorOptions) {
    this.options = options
    this.enabled = options.enabled ?? true
  }
}
export class Menu {
  static current: Menu | null = null
  readonly template: readonly MenuItemConstructorOptions[]
  readonly #items = new Map<string, FakeMenuItem>()
  constructor(template: readonly MenuItemConstructorOptions[]) {
    this.template = template
    const visit = (items: readonly MenuItemConstructorOptions[]): void => {
      for (const item of items) {
        if (item.id !== undefined) this.#items.set(item.id, new FakeMenuItem(item))
        if (Array.isArray(item.submenu)) visit(item.submenu)
      }
    }
    visit(template)
  }
  static buildFromTemplate(template: readonly MenuItemConstructorOptions[]): Menu {
    return new Menu(template)
  }
  static setApplicationMenu(menu: Menu): void {
    Menu.current = menu
  }
  static getApplicationMenu(): Menu | null {
    return Menu.current
  }
  getMenuItemById(id: string): FakeMenuItem | null {
    return this.#items.get(id) ?? null
  }
}

class FakeDialog {
  readonly boxes: MessageBoxOptions[] = []
  readonly opened: { readonly defaultPath?: string }[] = []
  /** The answers to come, in order. */
  readonly answers: unknown[] = []
  showMessageBox(_window: BrowserWindow, box: MessageBoxOptions): Promise<unknown> {
    this.boxes.push(box)
    return Promise.resolve({ response: this.answers.shift() ?? box.cancelId })
  }
  showOpenDialog(_window: BrowserWindow, options: { readonly defaultPath?: string }): Promise<unknown> {
    this.opened.push(options)
    return Promise.resolve({ filePaths: this.answers.shift() ?? [] })
  }
  showSaveDialog(_window: BrowserWindow, options: { readonly defaultPath?: string }): Promise<unknown> {
    this.opened.push(options)
    const filePath = this.answers.shift()
    return Promise.resolve({ filePath: filePath ?? '', canceled: filePath === undefined })
  }
}
export const dialog = new FakeDialog()

class FakePowerMonitor extends EventEmitter {
  isOnBattery = false
  thermalState = 'nominal'
  isOnBatteryPower = (): boolean => this.isOnBattery
  getCurrentThermalState = (): string => this.thermalState
}
export const powerMonitor = new FakePowerMonitor()

class FakePowerSaveBlocker {
  readonly held = new Set<number>()
  #count = 0
  start(): number {
    this.held.add(++this.#count)
    return this.#count
  }
  stop(id: number): void {
    this.held.delete(id)
  }
}
export const powerSaveBlocker = new FakePowerSaveBlocker()

export class Notification {
  static readonly shown: { readonly title: string; readonly body: string }[] = []
  static isSupported = (): boolean => true
  readonly #words: { readonly title: string; readonly body: string }
  constructor(words: { readonly title: string; readonly body: string }) {
    this.#words = words
  }
  show(): void {
    Notification.shown.push(this.#words)
  }
}

export const screen = {
  getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }],
}
export const shell = {
  opened: [] as string[],
  shown: [] as string[],
  openExternal: (address: string) => Promise.resolve(void shell.opened.push(address)),
  showItemInFolder: (path: string) => void shell.shown.push(path),
}
interface Scheme {
  readonly scheme: string
  readonly privileges: Readonly<Record<string, boolean>>
}
const privileged: Scheme[] = []
export const protocol = {
  privileged,
  registerSchemesAsPrivileged(schemes: readonly Scheme[]): void {
    app.early.push('schemes')
    privileged.push(...schemes)
  },
}

export class FakeUtilityProcess extends EventEmitter {
  readonly stderr = new EventEmitter()
  readonly received: unknown[] = []
  postMessage = (message: unknown): void => void this.received.push(message)
  kill(): boolean {
    return this.emit('exit', 0)
  }
}
export const utilityProcess = {
  started: [] as { readonly path: string; readonly words: readonly string[]; readonly child: FakeUtilityProcess }[],
  fork(path: string, words: readonly string[]): FakeUtilityProcess {
    const child = new FakeUtilityProcess()
    utilityProcess.started.push({ path, words, child })
    return child
  },
}
