import { app, BrowserWindow } from 'electron'

/** Windows that nobody sees: pages that compute for a worker. */
const computing = new Set<BrowserWindow>()

/**
 * Opens a worker's page where nobody sees it. The page comes from the worker itself, over the loopback address, and
 * gets nothing of the program: no preload, no permission, no way to another address.
 * @returns what closes it
 */
export function openComputeWindow(address: string): () => void {
  const { host } = new URL(address)
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      // Not seen, it would be slowed down to a step each second.
      backgroundThrottling: false,
    },
  })
  computing.add(window)
  window.on('closed', () => computing.delete(window))
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
  const stayHere = (event: { preventDefault(): void; readonly url: string }) => {
    if (!URL.canParse(event.url) || new URL(event.url).host !== host) event.preventDefault()
  }
  window.webContents.on('will-navigate', stayHere)
  window.webContents.on('will-redirect', stayHere)
  window.webContents.on('will-frame-navigate', stayHere)
  for (const seen of BrowserWindow.getAllWindows()) if (!computing.has(seen)) seen.once('closed', endAlone)
  void window.loadURL(address)
  return () => {
    if (!window.isDestroyed()) window.destroy()
  }
}

/** Once nothing is left to be seen the program ends, and a hidden window must not keep it. */
function endAlone(): void {
  if (BrowserWindow.getAllWindows().every((window) => computing.has(window))) app.quit()
}
