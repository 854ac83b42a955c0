import { app, BrowserWindow, dialog, Menu, session } from 'electron'
import * as z from 'zod'
import type { ProjectId } from '../../shared/base/id.ts'
import { desktopChannels, type DesktopCommand, type DocumentState } from '../../shared/contract/desktop-bridge.ts'
import type { Application } from '../application.ts'
import type { Logger } from '../logger.ts'
import type { ApplicationPaths, Installation } from '../paths.ts'
import { handover, projectArgument } from './arguments.ts'
import { closeAnswers, closeQuestion } from './close-question.ts'
import { serveDialogs } from './dialogs.ts'
import { createDoor, serveVerbs, type Door } from './ipc.ts'
import { showJobs } from './job-manners.ts'
import { menuTemplate } from './menu.ts'
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

const documentState = z.object({
  // A project's id is letters and digits; the brand exists only at compile time.
  projectId: (z.string().regex(/^[0-9a-z]{1,80}$/) as unknown as z.ZodType<ProjectId>).optional(),
  name: z.string().max(200),
  path: z.string().max(4096).nullable(),
  isEdited: z.boolean(),
  isPlaying: z.boolean(),
})
const untouched: DocumentState = { name: 'Untitled', path: null, isEdited: false, isPlaying: false }

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
  serveDialogs(door, window)
  serveDocumentState(door, window, application, command)
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(menuTemplate(process.platform, (chosen) => command({ kind: 'menu', command: chosen }))),
  )
  hearProjects(window, earlyProject, command)
  window.on('closed', () => {
    stopEvents()
    stopShowing()
  })
}

/** The built page, or in an unpacked checkout the development server that electron-vite names. */
function pagePlace(isPackaged: boolean, developmentUrl: string | undefined): { address: string; page: PageOrigin } {
  if (isPackaged || developmentUrl === undefined) return { address: PAGE_ADDRESS, page: builtPage }
  const { protocol, host } = new URL(developmentUrl)
  return { address: developmentUrl, page: { protocol, host } }
}

/** Title, edited mark and what closing asks follow the document that the page shows. */
function serveDocumentState(
  door: Door,
  window: BrowserWindow,
  application: Application,
  command: (wanted: DesktopCommand) => void,
): void {
  let state = untouched
  door.handle(desktopChannels.setDocumentState, documentState, (changed) => {
    state = changed
    window.setTitle(`${changed.isEdited ? '● ' : ''}${changed.name} – ${app.name}`)
    window.setDocumentEdited(changed.isEdited)
    window.setRepresentedFilename(changed.path ?? '')
    // A window behind others must keep its clock while it plays.
    window.webContents.setBackgroundThrottling(!changed.isPlaying)
    if (changed.path !== null) app.addRecentDocument(changed.path)
  })
  door.handle(desktopChannels.closeWindow, z.object({}), () => {
    state = untouched
    window.close()
  })
  window.on('close', (event) => {
    if (!state.isEdited) return
    event.preventDefault()
    void askBeforeClose(window, application, state).then((answer) => {
      if (answer === 'save') command({ kind: 'save-and-close' })
      if (answer === 'discard') void discard(application, state).finally(() => window.destroy())
    })
  })
}

/** What the person chose not to save is not offered again at the next start. */
async function discard(application: Application, { projectId }: DocumentState): Promise<void> {
  if (projectId !== undefined) await application.call('project:close', { projectId })
}

async function askBeforeClose(window: BrowserWindow, application: Application, state: DocumentState) {
  const jobs = await application.call('jobs:list', {})
  const { response } = await dialog.showMessageBox(window, closeQuestion(state, jobs.ok ? jobs.value : []))
  return closeAnswers[response] ?? 'stay'
}

/** Projects that the system hands over: at start, by double click, or by a second start. */
function hearProjects(
  window: BrowserWindow,
  earlyProject: string | null,
  command: (wanted: DesktopCommand) => void,
): void {
  const openProject = (path: string | null) => {
    if (path !== null) command({ kind: 'open-project', path })
  }
  window.webContents.once('did-finish-load', () => {
    openProject(earlyProject ?? projectArgument({ arguments: process.argv, folder: process.cwd() }))
  })
  app.on('open-file', (event, path) => {
    event.preventDefault()
    openProject(path)
  })
  app.on('second-instance', (_event, _arguments, _folder, handed: unknown) => {
    if (window.isMinimized()) window.restore()
    window.focus()
    const parsed = handover.safeParse(handed)
    if (parsed.success) openProject(projectArgument(parsed.data))
  })
}
