import { moveMarker } from '../../../shared/project/edits/markers.ts'
import { setLoop } from '../../../shared/project/edits/document.ts'
import type { Marker } from '../../../shared/project/model.ts'
import { songEnd } from '../../../shared/project/queries.ts'
import { nextGridLine } from '../../../shared/project/snap.ts'
import { say } from '../../messages/say.svelte.ts'
import type { Editor } from '../Editor.svelte.ts'
import { command, type Acts } from './command.ts'

/** Markers: two keys walk along them, and each one is a button in the ruler with keys of its own. */
export function markerCommands(editor: Editor): Acts {
  const { markers, transport, session, viewport } = editor
  const onFocused = (act: (marker: Marker) => void) =>
    command(
      () => {
        if (markers.focused) act(markers.focused)
      },
      () => markers.focused !== null,
    )
  const jump = (direction: 1 | -1): void => {
    const marker = markers.next(transport.positionSamples, direction)
    if (marker) goToMarker(editor, marker)
    else editor.host.say(say.state[direction === 1 ? 'noMarkerBehind' : 'noMarkerBefore'])
  }
  const walk = (direction: 1 | -1) => (from: Marker) => {
    const next = markers.next(from.atSamples, direction)
    if (!next) return
    viewport.reveal(next.atSamples, next.atSamples)
    markers.focus(next)
  }
  const nudge = (direction: 1 | -1) => (marker: Marker) => {
    const target = nextGridLine(marker.atSamples, direction, editor.snapStep, session.time)
    session.nudge(marker.id, say.edits.move(marker.name), (project) => moveMarker(project, marker.id, target))
  }
  return {
    'add-marker': command(() => add(editor)),
    'next-marker': command(() => jump(1)),
    'previous-marker': command(() => jump(-1)),
    'marker-go': onFocused((marker) => goToMarker(editor, marker)),
    'marker-right': onFocused(walk(1)),
    'marker-left': onFocused(walk(-1)),
    'marker-nudge-right': onFocused(nudge(1)),
    'marker-nudge-left': onFocused(nudge(-1)),
    'marker-to-playhead': onFocused((marker) =>
      session.edit(say.edits.move(marker.name), (project) => moveMarker(project, marker.id, transport.positionSamples)),
    ),
    'marker-rename': onFocused(({ id }) => (editor.renaming = { kind: 'marker', id })),
    'marker-loop': onFocused((marker) => loopFrom(editor, marker)),
    'marker-remove': onFocused((marker) => markers.remove(marker)),
    'marker-menu': onFocused(() => editor.requestMenu('marker')),
  }
}

export function goToMarker({ transport, viewport }: Editor, marker: Marker): void {
  transport.seek(marker.atSamples)
  viewport.reveal(marker.atSamples, marker.atSamples)
}

function add(editor: Editor): void {
  const marker = editor.markers.addAt(editor.transport.positionSamples)
  editor.host.say(marker ? say.state.markerAdded(marker.name) : say.state.markerIsHere)
}

/** From a marker to the one behind it, or to the song's end. */
function loopFrom({ markers, session }: Editor, marker: Marker): void {
  const endSamples = markers.next(marker.atSamples, 1)?.atSamples ?? songEnd(session.project)
  if (endSamples > marker.atSamples)
    session.edit(say.edits.loop(marker.name), (project) =>
      setLoop(project, { isOn: true, startSamples: marker.atSamples, endSamples }),
    )
}
