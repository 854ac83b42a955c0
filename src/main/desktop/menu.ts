import type { MenuItemConstructorOptions } from 'electron'
import { basename, dirname } from 'node:path'
import type { MenuCommand, MenuLabel, MenuState } from '../../shared/contract/desktop-bridge.ts'
import type { RecentProject } from '../../shared/contract/library.ts'

type Items = MenuItemConstructorOptions[]

export interface MenuOptions {
  readonly platform: string
  readonly send: (command: MenuCommand) => void
  /** The latest first. */
  readonly recent: readonly RecentEntry[]
  readonly openRecent: (path: string) => void
  /** Whether the page has something for a command to do. */
  readonly isPossible: (command: MenuCommand) => boolean
  /** "Ctrl+Shift+E"; undefined where a command has none. */
  readonly keysOf: (command: MenuCommand) => string | undefined
  readonly labels?: MenuState['labels'] | undefined
}

export type RecentEntry = Pick<RecentProject, 'name' | 'path'>

/** More would hide the rest of the menu; the start page has them all. */
const MOST_RECENT = 10

/** The native menu as data. Zoom belongs to the timeline, so the roles that zoom the page are absent. */
export function menuTemplate({
  platform,
  send,
  recent,
  openRecent,
  isPossible,
  keysOf,
  labels: given = {},
}: MenuOptions): Items {
  const isMac = platform === 'darwin'
  const labels = isMac ? withoutAccessKeys(given) : given
  const item = (label: string, command: MenuCommand): MenuItemConstructorOptions => ({
    id: command,
    label: labels[command] ?? label,
    enabled: isPossible(command),
    click: () => send(command),
    ...acceleratorOf(keysOf(command), platform),
  })
  /** A role of the system keeps the system's name until the window says another. */
  const named = (id: MenuLabel): MenuItemConstructorOptions => (labels[id] === undefined ? {} : { label: labels[id] })
  const separator: MenuItemConstructorOptions = { type: 'separator' }
  return [
    ...(isMac ? [{ role: 'appMenu' as const }] : []),
    {
      label: labels.file ?? '&File',
      submenu: [
        item('&New Project', 'new-project'),
        item('&Open…', 'open-project'),
        {
          label: labels.recent ?? 'Open &Recent',
          enabled: recent.length > 0,
          submenu: recentItems(recent, openRecent),
        },
        separator,
        item('&Save', 'save'),
        item('Save &As…', 'save-as'),
        separator,
        item('&Import…', 'import'),
        item('&Export…', 'export'),
        separator,
        item('&Close Project', 'close-project'),
        ...(isMac ? [] : [item('&Preferences', 'preferences'), separator, { role: 'quit' as const, ...named('quit') }]),
      ],
    },
    {
      label: labels.edit ?? '&Edit',
      submenu: [
        item('&Undo', 'undo'),
        item('&Redo', 'redo'),
        separator,
        { role: 'cut', ...named('cut') },
        { role: 'copy', ...named('copy') },
        { role: 'paste', ...named('paste') },
        { role: 'selectAll', registerAccelerator: false, ...named('select-all') },
      ],
    },
    {
      label: labels.view ?? '&View',
      submenu: [
        item('Zoom &In', 'zoom-in'),
        item('Zoom &Out', 'zoom-out'),
        item('&Whole Project', 'zoom-to-project'),
        separator,
        item('&Tempo and Meter', 'toggle-tempo'),
        separator,
        { role: 'togglefullscreen', ...named('full-screen') },
      ],
    },
    { role: 'windowMenu', ...named('window') },
    {
      role: 'help',
      ...named('help'),
      submenu: [item('&Keyboard Shortcuts', 'show-shortcuts'), item('Compute &Engine', 'show-engine')],
    },
  ]
}

/** Where letters are not in the words, they stand behind them: "파일(&F)"; macOS underlines none. */
const withoutAccessKeys = (labels: NonNullable<MenuState['labels']>): NonNullable<MenuState['labels']> =>
  Object.fromEntries(Object.entries(labels).map(([id, label]) => [id, label.replace(/\(&\w\)/, '')]))

/** Songs of one name are told apart by their folder. */
function recentItems(recent: readonly RecentEntry[], open: (path: string) => void): Items {
  return recent.slice(0, MOST_RECENT).map(({ name, path }) => {
    const isTwin = recent.some((other) => other.name === name && other.path !== path)
    // A lone & would underline the next letter.
    const label = (isTwin ? `${name} – ${basename(dirname(path))}` : name).replaceAll('&', '&&')
    return { label, toolTip: path, click: () => open(path) }
  })
}

/** The names that Electron has for keys where the window has others. */
const electronKeys: Readonly<Record<string, string>> = {
  Ctrl: 'CmdOrCtrl',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
}

/** The page has the same keys; where a menu can show them without taking them, it only shows. */
function acceleratorOf(keys: string | undefined, platform: string): MenuItemConstructorOptions {
  if (keys === undefined) return {}
  const accelerator = keys
    .split('+')
    .map((part) => electronKeys[part] ?? part)
    .join('+')
  return { accelerator, registerAccelerator: platform === 'darwin' }
}
