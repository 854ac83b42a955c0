import { app, type BrowserWindow } from 'electron'
import { handover, projectArgument } from './arguments.ts'

/**
 * Projects that the system hands over: at start, by double click, or by a second start. What comes before the page can
 * hear it waits for that.
 * @param earlyProject named before the window was there
 */
export function hearProjects(
  window: BrowserWindow,
  earlyProject: string | null,
  open: (path: string) => void,
): () => void {
  let isLoaded = false
  let waiting = earlyProject ?? projectArgument({ arguments: process.argv, folder: process.cwd() })
  const hear = (path: string | null) => {
    if (path === null || window.isDestroyed()) return
    if (isLoaded) open(path)
    else waiting = path
  }
  const onOpenFile = (event: { preventDefault(): void }, path: string) => {
    event.preventDefault()
    hear(path)
  }
  const onSecondStart = (_event: unknown, _arguments: readonly string[], _folder: string, handed: unknown) => {
    if (window.isMinimized()) window.restore()
    window.focus()
    const parsed = handover.safeParse(handed)
    if (parsed.success) hear(projectArgument(parsed.data))
  }
  window.webContents.once('did-finish-load', () => {
    isLoaded = true
    hear(waiting)
  })
  app.on('open-file', onOpenFile)
  app.on('second-instance', onSecondStart)
  return () => {
    app.off('open-file', onOpenFile)
    app.off('second-instance', onSecondStart)
  }
}
