import { spawn } from 'node:child_process'

/** Opens an address of our own in the system's browser; false where there is no screen to open it on. */
export function openInBrowser(url: string, platform: string = process.platform): boolean {
  const command = openerOf(platform, process.env)
  if (command === null) return false
  const child = spawn(command.program, [...command.arguments, url], { stdio: 'ignore', detached: true })
  // No browser installed: the address is printed anyway.
  child.on('error', () => {})
  child.unref()
  return true
}

export function openerOf(platform: string, environment: Readonly<Record<string, string | undefined>>) {
  switch (platform) {
    case 'darwin':
      return { program: 'open', arguments: [] }
    case 'win32':
      // Not "cmd /c start", which would read the address as a command line.
      return { program: 'rundll32', arguments: ['url.dll,FileProtocolHandler'] }
    default:
      return environment['DISPLAY'] || environment['WAYLAND_DISPLAY'] ? { program: 'xdg-open', arguments: [] } : null
  }
}
