import type { MenuItemConstructorOptions } from 'electron'
import type { MenuCommand } from '../../shared/contract/desktop-bridge.ts'

type Items = MenuItemConstructorOptions[]

/** The native menu as data. Zoom belongs to the timeline, so the roles that zoom the page are absent. */
export function menuTemplate(platform: string, send: (command: MenuCommand) => void): Items {
  const item = (label: string, command: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: () => send(command),
    // The page has the same keys; where a menu can show them without taking them, it only shows.
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: platform === 'darwin' }),
  })
  const isMac = platform === 'darwin'
  const separator: MenuItemConstructorOptions = { type: 'separator' }
  return [
    ...(isMac ? [{ role: 'appMenu' as const }] : []),
    {
      label: '&File',
      submenu: [
        item('&New Project', 'new-project', 'CmdOrCtrl+N'),
        item('&Open…', 'open-project', 'CmdOrCtrl+O'),
        separator,
        item('&Save', 'save', 'CmdOrCtrl+S'),
        item('Save &As…', 'save-as', 'CmdOrCtrl+Shift+S'),
        separator,
        item('&Import…', 'import', 'CmdOrCtrl+I'),
        item('&Export…', 'export', 'CmdOrCtrl+Shift+E'),
        separator,
        item('&Close Project', 'close-project', 'CmdOrCtrl+W'),
        ...(isMac ? [] : [item('&Preferences', 'preferences', 'CmdOrCtrl+,'), separator, { role: 'quit' as const }]),
      ],
    },
    {
      label: '&Edit',
      submenu: [
        item('&Undo', 'undo', 'CmdOrCtrl+Z'),
        item('&Redo', 'redo', 'CmdOrCtrl+Shift+Z'),
        separator,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll', registerAccelerator: false },
      ],
    },
    {
      label: '&View',
      submenu: [
        item('Zoom &In', 'zoom-in', 'CmdOrCtrl+='),
        item('Zoom &Out', 'zoom-out', 'CmdOrCtrl+-'),
        item('&Whole Project', 'zoom-to-project'),
        separator,
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [item('&Keyboard Shortcuts', 'show-shortcuts'), item('Compute &Engine', 'show-engine')],
    },
  ]
}
