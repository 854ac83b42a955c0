import { app, session } from 'electron'
import { join } from 'node:path'
import { desktopChannels, type DesktopCommand } from '../../shared/contract/desktop-bridge.ts'
import type { Application } from '../application.ts'
import type { Logger } from '../logger.ts'
import type { ApplicationPaths, Installation } from '../paths.ts'
import { serveMenu } from './application-menu.ts'
import { serveDialogs } from './dialogs.ts'
import { serveDocumentState } from './document-window.ts'
import { serveDragOut } from './drag-out.ts'
import { hearProjects } from './hear-projects.ts'
import { createDoor, serveVerbs } from './ipc.ts'
import { showJobs } from './job-manners.ts'
import { serveProtocols } from './protocols.ts'
import { builtPage, PAGE_ADDRESS, type PageOrigin } from './security.ts'
import { openWindow } from './window.ts'

export interface DesktopOptions {
  readonly application: Application
  readonly installation: Installation
  readonly paths: ApplicationPaths
  readonly logger: Logger
  /** A project that the system named before the window was there. */
  readonly earlyProject: string | null
}

/** The window with everything around it: protocols, bridge, menu, dialogs, close question. */
export function openDesktop({ application, installation, paths, logger, earlyProject }: DesktopOptions): void {
  const { address, page } = pagePlace(app.isPackaged, process.env['ELECTRON_RENDERER_URL'])
  serveProtocols(session.defaultSession, installation.rendererFolder, application)
  const window = openWindow({
    address,
    page,
    preloadPath: installation.preloadPath,
    homeFolder: paths.homeFolder,
    title: app.name,
  })
  const send = (channel: string, message: unknown) => {
    if (!window.isDestroyed()) window.webContents.send(channel, message)
  }
  const command = (wanted: DesktopCommand) => send(desktopChannels.command, wanted)
  const stopEvents = application.onEvent((event) => send(desktopChannels.event, event))
  const stopShowing = showJobs(application, window)

  const door = createDoor(page, logger)
  serveVerbs(door, application)
  serveDialogs(door, window, paths.homeFolder)
  serveDragOut(door, application, join(paths.homeFolder, 'dragged'))
  const openProject = (path: string) => command({ kind: 'open-project', path })
  const menu = serveMenu(door, application, {
    send: (chosen) => command({ kind: 'menu', command: chosen }),
    openRecent: openProject,
  })
  void menu.readRecent()
  serveDocumentState({ door, window, application, command, onPlace: () => void menu.readRecent() })
  const stopHearing = hearProjects(window, earlyProject, openProject)
  window.on('closed', () => {
    stopEvents()
    stopShowing()
    stopHearing()
  })
}

/** The built page, or in an unpacked checkout the development server that electron-vite names. */
function pagePlace(isPackaged: boolean, developmentUrl: string | undefined): { address: string; page: PageOrigin } {
  if (isPackaged || developmentUrl === undefined) return { address: PAGE_ADDRESS, page: builtPage }
  const { protocol, host } = new URL(developmentUrl)
  return { address: developmentUrl, page: { protocol, host } }
}
