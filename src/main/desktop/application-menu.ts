import { Menu } from 'electron'
import * as z from 'zod'
import { desktopChannels, menuCommands, type MenuCommand } from '../../shared/contract/desktop-bridge.ts'
import type { Application } from '../application.ts'
import type { Door } from './ipc.ts'
import { menuTemplate, type RecentEntry } from './menu.ts'

const menuState = z.object({ possible: z.array(z.enum(menuCommands)).max(menuCommands.length) })

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

  function build(): void {
    const isPossible = (command: MenuCommand) => possible.has(command)
    const { platform } = process
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate({ platform, send, recent, openRecent, isPossible })))
  }
  build()
  door.handle(desktopChannels.setMenuState, menuState, (state) => {
    possible = new Set(state.possible)
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
