import { app, dialog, type BrowserWindow } from 'electron'
import * as z from 'zod'
import type { ProjectId } from '../../shared/base/id.ts'
import { desktopChannels, type DesktopCommand, type DocumentState } from '../../shared/contract/desktop-bridge.ts'
import type { Application } from '../application.ts'
import { closeQuestion, type CloseAnswer } from './close-question.ts'
import type { Door } from './ipc.ts'

const documentState = z.object({
  // A project's id is letters and digits; the brand exists only at compile time.
  projectId: (z.string().regex(/^[0-9a-z]{1,80}$/) as unknown as z.ZodType<ProjectId>).optional(),
  name: z.string().max(200),
  path: z.string().max(4096).nullable(),
  isEdited: z.boolean(),
  isPlaying: z.boolean(),
})
const untouched: DocumentState = { name: 'Untitled', path: null, isEdited: false, isPlaying: false }

export interface DocumentWindow {
  readonly door: Door
  readonly window: BrowserWindow
  readonly application: Application
  readonly command: (wanted: DesktopCommand) => void
  /** The document lies somewhere now where it did not before. */
  readonly onPlace: () => void
}

/** Title, edited mark and what closing asks follow the document that the page shows. */
export function serveDocumentState({ door, window, application, command, onPlace }: DocumentWindow): void {
  let state = untouched
  let mayClose = false
  door.handle(desktopChannels.setDocumentState, documentState, (changed) => {
    const wasAt = state.path
    state = changed
    window.setTitle(`${changed.isEdited ? '● ' : ''}${changed.name} – ${app.name}`)
    window.setDocumentEdited(changed.isEdited)
    window.setRepresentedFilename(changed.path ?? '')
    // A window behind others must keep its clock while it plays.
    window.webContents.setBackgroundThrottling(!changed.isPlaying)
    if (changed.path === null || changed.path === wasAt) return
    app.addRecentDocument(changed.path)
    onPlace()
  })
  door.handle(desktopChannels.closeWindow, z.object({}), () => {
    mayClose = true
    window.close()
  })
  window.on('close', (event) => {
    if (mayClose) return
    event.preventDefault()
    void ask(window, application, state).then((answer) => {
      if (answer === 'save') command({ kind: 'save-and-close' })
      else if (answer === 'discard') void discard(application, state).finally(() => window.destroy())
      else if (answer === 'close') window.destroy()
    })
  })
}

/** What the person chose not to save is not offered again at the next start. */
async function discard(application: Application, { projectId }: DocumentState): Promise<void> {
  if (projectId !== undefined) await application.call('project:close', { projectId })
}

async function ask(window: BrowserWindow, application: Application, state: DocumentState): Promise<CloseAnswer> {
  const jobs = await application.call('jobs:list', {})
  const question = closeQuestion(state, jobs.ok ? jobs.value : [])
  if (question === null) return 'close'
  const { response } = await dialog.showMessageBox(window, question.box)
  return question.answers[response] ?? 'stay'
}
