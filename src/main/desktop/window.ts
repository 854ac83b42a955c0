import { BrowserWindow, screen, shell } from 'electron'
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
const place = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number().min(200),
  height: z.number().min(200),
  isMaximized: z.boolean().optional(),
  isFullScreen: z.boolean().optional(),
})
type Place = z.infer<typeof place>

export interface WindowPlace {
  readonly address: string
  readonly page: PageOrigin
  readonly preloadPath: string
  readonly homeFolder: string
  readonly title: string
}

/** Opens the window where it was, if that place still is on a screen, and closes every way out of it. */
export function openWindow({ address, page, preloadPath, homeFolder, title }: WindowPlace): BrowserWindow {
  const placePath = join(homeFolder, 'window.json')
  const last = readPlace(placePath)
  const areas = screen.getAllDisplays().map((display) => display.workArea)
  const window = new BrowserWindow({
    ...visibleBounds(last, areas),
    minWidth: 1120,
    minHeight: 700,
    show: false,
    title,
    backgroundColor: BACKGROUND_COLOR,
    webPreferences: webPreferences(preloadPath),
  })
  closeWaysOut(window, page)
  window.once('ready-to-show', () => {
    if (last?.isMaximized === true) window.maximize()
    if (last?.isFullScreen === true) window.setFullScreen(true)
    window.show()
  })
  const keepPlace = () =>
    writePlace(placePath, {
      ...window.getNormalBounds(),
      isMaximized: window.isMaximized(),
      isFullScreen: window.isFullScreen(),
    })
  window.on('close', keepPlace)
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

function readPlace(path: string): Place | null {
  try {
    const parsed = place.safeParse(JSON.parse(readFileSync(path, 'utf8')))
    return parsed.success ? parsed.data : null
  } catch {
    return null // the first start
  }
}

function writePlace(path: string, current: Place): void {
  try {
    writeFileSync(path, JSON.stringify(current))
  } catch {
    // A window that opens in the middle next time is no reason to stop closing.
  }
}
