import { moveMarker } from '../../../shared/project/edits/markers.ts'
import { setLoop } from '../../../shared/project/edits/document.ts'
import type { Marker } from '../../../shared/project/model.ts'
import { songEnd } from '../../../shared/project/queries.ts'
import { nextGridLine } from '../../../shared/project/snap.ts'
import type { Editor } from '../Editor.svelte.ts'
import { command, type Commands } from './command.ts'

/** Markers: two keys walk along them, and each one is a button in the ruler with keys of its own. */
export function markerCommands(editor: Editor): Commands {
  const { markers, transport, session, viewport } = editor
  const onFocused = (label: string, act: (marker: Marker) => void) =>
    command(
      label,
      () => {
        if (markers.focused) act(markers.focused)
      },
      () => markers.focused !== null,
    )
  const jump = (direction: 1 | -1): void => {
    const marker = markers.next(transport.positionSamples, direction)
    if (marker) goToMarker(editor, marker)
    else editor.host.say(direction === 1 ? 'There is no marker behind here.' : 'There is no marker before here.')
  }
  const walk = (direction: 1 | -1) => (from: Marker) => {
    const next = markers.next(from.atSamples, direction)
    if (!next) return
    viewport.reveal(next.atSamples, next.atSamples)
    markers.focus(next)
  }
  const nudge = (direction: 1 | -1) => (marker: Marker) => {
    const target = nextGridLine(marker.atSamples, direction, editor.snapStep, session.time)
    session.nudge(marker.id, `Move ${marker.name}`, (project) => moveMarker(project, marker.id, target))
  }
  return {
    'add-marker': command('Add a marker at the playhead', () => add(editor)),
    'next-marker': command('Go to the next marker', () => jump(1)),
    'previous-marker': command('Go to the marker before', () => jump(-1)),
    'marker-go': onFocused('Go to the marker', (marker) => goToMarker(editor, marker)),
    'marker-right': onFocused('Focus the next marker', walk(1)),
    'marker-left': onFocused('Focus the marker before', walk(-1)),
    'marker-nudge-right': onFocused('Move the marker one step right', nudge(1)),
    'marker-nudge-left': onFocused('Move the marker one step left', nudge(-1)),
    'marker-to-playhead': onFocused('Move the marker to the playhead', (marker) =>
      session.edit(`Move ${marker.name}`, (project) => moveMarker(project, marker.id, transport.positionSamples)),
    ),
    'marker-rename': onFocused('Rename the marker', ({ id }) => (editor.renaming = { kind: 'marker', id })),
    'marker-loop': onFocused('Loop to the next marker', (marker) => loopFrom(editor, marker)),
    'marker-remove': onFocused('Remove the marker', (marker) => markers.remove(marker)),
    'marker-menu': onFocused('Menu of the marker', () => editor.requestMenu('marker')),
  }
}

export function goToMarker({ transport, viewport }: Editor, marker: Marker): void {
  transport.seek(marker.atSamples)
  viewport.reveal(marker.atSamples, marker.atSamples)
}

function add(editor: Editor): void {
  const marker = editor.markers.addAt(editor.transport.positionSamples)
  editor.host.say(marker ? `${marker.name} added.` : 'A marker stands here already.')
}

/** From a marker to the one behind it, or to the song's end. */
function loopFrom({ markers, session }: Editor, marker: Marker): void {
  const endSamples = markers.next(marker.atSamples, 1)?.atSamples ?? songEnd(session.project)
  if (endSamples > marker.atSamples)
    session.edit(`Loop ${marker.name}`, (project) =>
      setLoop(project, { isOn: true, startSamples: marker.atSamples, endSamples }),
    )
}
