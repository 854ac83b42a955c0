import { failure, FailureError } from '../../shared/base/errors.ts'
import { SOCKET_PATH, TOKEN_FRAGMENT } from '../../shared/contract/transport.ts'
import type { FileReference } from '../../shared/contract/verbs.ts'
import { fetchBytes, rangeOf } from './fetch-bytes.ts'
import type { Bridge, PathPicker } from './host.ts'
import { SocketConnection } from './socket-connection.ts'

/**
 * Takes the token out of the address, so that it does not stay visible there or in the history,
 * and keeps it for a reload of this tab.
 */
function takeToken(): string {
  const fragment = new URLSearchParams(location.hash.slice(1))
  const given = fragment.get(TOKEN_FRAGMENT)
  if (given === null) return sessionStorage.getItem(TOKEN_FRAGMENT) ?? ''
  sessionStorage.setItem(TOKEN_FRAGMENT, given)
  history.replaceState(null, '', location.pathname + location.search)
  return given
}

/** The application behind a WebSocket on the page's own origin; `pick` asks for places on that machine's disk. */
export function createHeadlessBridge(pick: PathPicker): Bridge {
  const token = takeToken()
  const authorized = { Authorization: `Bearer ${token}` }
  const socketUrl = new URL(SOCKET_PATH, location.href.replace(/^http/, 'ws')).href
  const connection = new SocketConnection(socketUrl, token)
  const first = async (paths: Promise<readonly string[]>): Promise<string | null> => (await paths)[0] ?? null

  async function upload(file: File): Promise<FileReference> {
    const response = await fetch('/upload', {
      method: 'POST',
      headers: { ...authorized, 'x-file-name': encodeURIComponent(file.name) },
      body: file,
    }).catch(() => null)
    if (!response?.ok) {
      throw new FailureError(
        failure('file-unreadable', `“${file.name}” could not be handed to the application.`, 'Try again.'),
      )
    }
    const { uploadId } = (await response.json()) as { uploadId: string } // our own server's words
    return { kind: 'upload', uploadId, fileName: file.name }
  }

  return {
    call: connection.call,
    onEvent: (listener) => connection.onEvent(listener),
    onConnection: (listener) => connection.onConnection(listener),
    onCommand: () => () => {},
    fetchMedia: (id, part) => fetchBytes(`/media/${id}`, { headers: { ...authorized, ...rangeOf(part) } }),
    fetchPeaks: (id) => fetchBytes(`/peaks/${id}`, { headers: authorized }),
    fileReferences: async (files) => {
      const references: FileReference[] = []
      for (const file of files) references.push(await upload(file)) // one after another: stems are large
      return references
    },
    chooseFiles: (purpose, fileKinds) => pick({ kind: 'files', purpose, fileKinds, suggestedName: '' }),
    chooseFolder: (purpose) => first(pick({ kind: 'folder', purpose, fileKinds: [], suggestedName: '' })),
    chooseSavePath: (purpose, suggestedName, fileKinds) =>
      first(pick({ kind: 'save', purpose, fileKinds, suggestedName })),
    showInFolder: null,
    setDocumentState: ({ name, isEdited }) => {
      document.title = `${isEdited ? '● ' : ''}${name} – Understudy`
    },
    setMenuState: () => {},
    dragOut: null,
    closeWindow: () => window.close(),
    hasNativeMenu: false,
  }
}
