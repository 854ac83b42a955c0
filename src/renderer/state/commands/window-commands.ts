import { regionEnd, songEnd } from '../../../shared/project/queries.ts'
import type { Editor } from '../Editor.svelte.ts'
import { command, type Acts } from './command.ts'

const ZOOM_STEP = 1.5
/** What a song without regions shows. */
const EMPTY_SONG_SEC = 30

export function windowCommands(editor: Editor): Acts {
  const { host, session, viewport } = editor
  const zoom = (factor: number): void => viewport.zoomBy(factor, zoomAnchor(editor))
  return {
    'new-project': command(() => host.newProject()),
    'open-project': command(() => host.openProject()),
    save: command(() => void host.save()),
    'save-as': command(() => host.saveAs()),
    'close-project': command(() => host.closeProject()),
    import: command(() => host.chooseImports()),
    export: command(() => host.exportProject()),
    'zoom-in': command(() => zoom(ZOOM_STEP)),
    'zoom-out': command(() => zoom(1 / ZOOM_STEP)),
    'zoom-selection': command(() => zoomToSelection(editor)),
    'zoom-back': command(() => viewport.zoomBack()),
    'zoom-song': command(() => viewport.zoomTo(0, songEnd(session.project) || EMPTY_SONG_SEC * session.project.rateHz)),
    'lanes-higher': command(() => viewport.changeLaneSize(1)),
    'lanes-lower': command(() => viewport.changeLaneSize(-1)),
    'toggle-browser': command(() => host.togglePanel('browser')),
    'toggle-inspector': command(() => host.togglePanel('inspector')),
    'toggle-dock': command(() => host.togglePanel('dock')),
    'toggle-editor': command(() => host.togglePanel('editor')),
    'toggle-mixer': command(() => host.togglePanel('mixer')),
    'toggle-jobs': command(() => host.togglePanel('jobs')),
    'toggle-history': command(() => host.togglePanel('history')),
    preferences: command(() => host.showPreferences()),
    shortcuts: command(() => host.showShortcuts()),
    'next-panel': command(() => host.focusNextPanel(1)),
    'previous-panel': command(() => host.focusNextPanel(-1)),
  }
}

/** By key the playhead keeps its place, or the middle when the playhead is out of sight. */
function zoomAnchor({ viewport, transport }: Editor): number {
  const x = viewport.xOf(transport.positionSamples)
  return x >= 0 && x <= viewport.widthPx ? x : viewport.widthPx / 2
}

function zoomToSelection({ viewport, chosenRegions }: Editor): void {
  if (chosenRegions.length === 0) return
  viewport.zoomTo(
    Math.min(...chosenRegions.map((region) => region.startSamples)),
    Math.max(...chosenRegions.map(regionEnd)),
  )
}
