import { regionEnd, songEnd } from '../../../shared/project/queries.ts'
import type { Editor } from '../Editor.svelte.ts'
import { command, type Commands } from './command.ts'

const ZOOM_STEP = 1.5
/** What a song without regions shows. */
const EMPTY_SONG_SEC = 30

export function windowCommands(editor: Editor): Commands {
  const { host, session, viewport } = editor
  const zoom = (factor: number): void => viewport.zoomBy(factor, zoomAnchor(editor))
  return {
    'new-project': command('New project…', () => host.newProject()),
    'open-project': command('Open…', () => host.openProject()),
    save: command('Save', () => void save(editor)),
    'save-as': command('Save as…', () => host.saveAs()),
    'close-project': command('Close', () => host.closeProject()),
    import: command('Import audio…', () => host.chooseImports()),
    export: command('Export…', () => host.exportProject()),
    'zoom-in': command('Zoom in', () => zoom(ZOOM_STEP)),
    'zoom-out': command('Zoom out', () => zoom(1 / ZOOM_STEP)),
    'zoom-selection': command('Zoom to the selection', () => zoomToSelection(editor)),
    'zoom-back': command('Zoom back', () => viewport.zoomBack()),
    'zoom-song': command('Zoom to the whole song', () =>
      viewport.zoomTo(0, Math.max(songEnd(session.project), EMPTY_SONG_SEC * session.project.rateHz)),
    ),
    'lanes-higher': command('Higher lanes', () => viewport.changeLaneSize(1)),
    'lanes-lower': command('Lower lanes', () => viewport.changeLaneSize(-1)),
    'toggle-browser': command('Browser', () => host.togglePanel('browser')),
    'toggle-inspector': command('Inspector', () => host.togglePanel('inspector')),
    'toggle-dock': command('Dock', () => host.togglePanel('dock')),
    'toggle-editor': command('Region editor', () => host.togglePanel('editor')),
    'toggle-mixer': command('Mixer', () => host.togglePanel('mixer')),
    'toggle-jobs': command('Jobs', () => host.togglePanel('jobs')),
    'toggle-history': command('History', () => host.togglePanel('history')),
    preferences: command('Preferences…', () => host.showPreferences()),
    shortcuts: command('Keyboard shortcuts', () => host.showShortcuts()),
    'next-panel': command('Next panel', () => host.focusNextPanel(1)),
    'previous-panel': command('Previous panel', () => host.focusNextPanel(-1)),
  }
}

/** A document without a place is asked for one first. */
async function save(editor: Editor): Promise<void> {
  const { session, host } = editor
  if (session.path === null) return host.saveAs()
  host.say((await session.save()) ? 'Saved.' : `Not saved: ${session.saveFailure ?? ''}`)
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
