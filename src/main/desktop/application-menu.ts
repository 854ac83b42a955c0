import { Menu } from 'electron'
import * as z from 'zod'
import {
  desktopChannels,
  menuCommands,
  menuLabels,
  type MenuCommand,
  type MenuState,
} from '../../shared/contract/desktop-bridge.ts'
import type { Application } from '../application.ts'
import type { Door } from './ipc.ts'
import { menuTemplate, type RecentEntry } from './menu.ts'

const command = z.enum(menuCommands)
const menuState = z.object({
  possible: z.array(command).max(menuCommands.length),
  keys: z.partialRecord(command, z.string().regex(/^[\w+[\].,?=-]{1,40}$/)),
  labels: z.partialRecord(z.enum(menuLabels), z.string().min(1).max(80)).optional(),
})

export interface ApplicationMenu {
  /** The songs that were opened last may be others now. */
  readRecent(): Promise<void>
}

/** The native menu: built anew when the recent songs change, its items grey or not as the page says. */
export function serveMenu(
  door: Door,
  application: Application,
  { send, openRecent }: { readonly send: (command: MenuCommand) => void; readonly openRecent: (path: string) => void },
): ApplicationMenu {
  // Until the page says so: with no song open these do something.
  let possible: ReadonlySet<MenuCommand> = new Set(['new-project', 'open-project', 'import', 'preferences'])
  let recent: readonly RecentEntry[] = []
  let keys: MenuState['keys'] = {}
  let labels: MenuState['labels'] = {}

  function build(): void {
    const isPossible = (command: MenuCommand) => possible.has(command)
    const keysOf = (command: MenuCommand) => keys[command]
    const { platform } = process
    const options = { platform, send, recent, openRecent, isPossible, keysOf, labels }
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(options)))
  }
  build()
  door.handle(desktopChannels.setMenuState, menuState, (state) => {
    possible = new Set(state.possible)
    const isNew = JSON.stringify([state.keys, state.labels]) !== JSON.stringify([keys, labels])
    keys = state.keys as MenuState['keys'] // what is not named is not there, which zod's type also says as undefined
    labels = state.labels as MenuState['labels']
    // Keys and names can't be changed in a menu that stands.
    if (isNew) return build()
    const menu = Menu.getApplicationMenu()
    for (const command of menuCommands) {
      const item = menu?.getMenuItemById(command)
      if (item) item.enabled = possible.has(command)
    }
  })
  return {
    async readRecent() {
      const found = await application.call('project:listRecent', {})
      if (!found.ok) return
      recent = found.value.filter(({ isMissing }) => !isMissing).toSorted((a, b) => b.openedAtMs - a.openedAtMs)
      build()
    },
  }
}
