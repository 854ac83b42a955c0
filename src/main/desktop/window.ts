import { BrowserWindow, screen, shell, type Rectangle } from 'electron'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import {
  isAllowedKnowledge,
  isAllowedOutside,
  isAllowedPermission,
  isOwnPage,
  webPreferences,
  type PageOrigin,
} from './security.ts'
import { visibleBounds } from './window-bounds.ts'

/** The darkest tone of the interface, so that nothing flashes before the first paint. */
const BACKGROUND_COLOR = '#0e1013'
const bounds = z.object({ x: z.number(), y: z.number(), width: z.number().min(200), height: z.number().min(200) })

export interface WindowPlace {
  readonly address: string
  readonly page: PageOrigin
  readonly preloadPath: string
  readonly homeFolder: string
  readonly title: string
}

/** Opens the window where it was, if that place still is on a screen, and closes every way out of it. */
export function openWindow({ address, page, preloadPath, homeFolder, title }: WindowPlace): BrowserWindow {
  const boundsPath = join(homeFolder, 'window.json')
  const window = new BrowserWindow({
    ...visibleBounds(
      readBounds(boundsPath),
      screen.getAllDisplays().map((display) => display.workArea),
    ),
    minWidth: 1120,
    minHeight: 700,
    show: false,
    title,
    backgroundColor: BACKGROUND_COLOR,
    webPreferences: webPreferences(preloadPath),
  })
  closeWaysOut(window, page)
  window.once('ready-to-show', () => window.show())
  window.on('close', () => writeBounds(boundsPath, window.getNormalBounds()))
  void window.loadURL(address)
  return window
}

function closeWaysOut(window: BrowserWindow, page: PageOrigin): void {
  const { webContents } = window
  const stayHere = (event: { preventDefault(): void; readonly url: string }) => {
    if (!isOwnPage(event.url, page)) event.preventDefault()
  }
  webContents.on('will-navigate', stayHere)
  webContents.on('will-redirect', stayHere)
  webContents.on('will-frame-navigate', stayHere)
  webContents.on('will-attach-webview', (event) => event.preventDefault())
  webContents.setWindowOpenHandler(({ url }) => {
    if (isAllowedOutside(url)) void shell.openExternal(url)
    return { action: 'deny' }
  })
  const { session } = webContents
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(isAllowedPermission(permission)))
  session.setPermissionCheckHandler((_contents, permission, _origin, { mediaType }) =>
    isAllowedKnowledge(permission, mediaType),
  )
  session.setDevicePermissionHandler(() => false)
}

function readBounds(path: string): Rectangle | null {
  try {
    const parsed = bounds.safeParse(JSON.parse(readFileSync(path, 'utf8')))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

function writeBounds(path: string, current: Rectangle): void {
  try {
    writeFileSync(path, JSON.stringify(current))
  } catch {
    // A window that opens in the middle next time is no reason to stop closing.
  }
}
