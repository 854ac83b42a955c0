import { FailureError } from '../../shared/base/errors.ts'
import type { DesktopBridge } from '../../shared/contract/desktop-bridge.ts'
import type { Call } from '../../shared/contract/verbs.ts'
import { fetchBytes, rangeOf } from './fetch-bytes.ts'
import type { Bridge } from './host.ts'

/** Where the desktop host answers for audio; its own scheme, because files have no addresses in the window. */
const mediaRoot = 'media://understudy'

export function createDesktopBridge(desktop: DesktopBridge): Bridge {
  const call = (async (name, request) => {
    const outcome = await desktop.call(name, request)
    if (!outcome.ok) throw new FailureError(outcome.failure)
    return outcome.response
  }) as Call // the verb's type of answer cannot survive the process border; main answers by the same contract
  let menuState = ''
  return {
    call,
    onEvent: (listener) => desktop.onEvent(listener),
    onConnection: (listener) => {
      listener('connected')
      return () => {}
    },
    onCommand: (listener) => desktop.onCommand(listener),
    fetchMedia: (id, part) => fetchBytes(`${mediaRoot}/media/${id}`, { headers: rangeOf(part) }),
    fetchPeaks: (id) => fetchBytes(`${mediaRoot}/peaks/${id}`),
    fileReferences: async (files) =>
      desktop
        .pathsOfFiles(files)
        .filter((path) => path !== '')
        .map((path) => ({ kind: 'path', path }) as const),
    chooseFiles: (purpose, kinds) => desktop.chooseFiles(purpose, kinds),
    chooseFolder: (purpose) => desktop.chooseFolder(purpose),
    chooseSavePath: (purpose, name, kinds) => desktop.chooseSavePath(purpose, name, kinds),
    showInFolder: (path) => desktop.showInFolder(path),
    setDocumentState: (state) => void desktop.setDocumentState(state),
    setMenuState: (state) => {
      const text = JSON.stringify(state)
      if (text !== menuState) void desktop.setMenuState(state)
      menuState = text
    },
    dragOut: (sound) => void desktop.startDrag(sound),
    closeWindow: () => void desktop.closeWindow(),
    hasNativeMenu: true,
  }
}
