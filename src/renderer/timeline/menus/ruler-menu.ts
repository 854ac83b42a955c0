import { setLoop } from '../../../shared/project/edits/document.ts'
import { formatClock } from '../../../shared/units/time.ts'
import { say } from '../../messages/say.svelte.ts'
import { goToMarker } from '../../state/commands/marker-commands.ts'
import type { Editor } from '../../state/Editor.svelte.ts'
import type { MenuItem } from '../../ui/menu.ts'
import { act, line } from './act.ts'
import { tempoRowItems } from './tempo-menu.ts'

/** What a drag in the rulers does: the loop's ends are put where the playhead is. */
export const rulerItems = (editor: Editor): readonly MenuItem[] => [
  act(editor, 'add-marker'),
  act(editor, 'previous-marker'),
  act(editor, 'next-marker'),
  line('tempo'),
  ...tempoRowItems(editor),
  line('loop'),
  act(editor, 'toggle-loop', editor.session.project.loop.isOn ? say.timeline.loopOff : say.timeline.loopOn),
  loopEdge(editor, 'start'),
  loopEdge(editor, 'end'),
  act(editor, 'loop-selection'),
  line('view'),
  act(editor, 'go-to-start'),
  act(editor, 'go-to-end'),
  act(editor, 'toggle-follow', editor.transport.isFollowing ? say.timeline.letPlayheadGo : say.timeline.followPlayhead),
  act(editor, 'zoom-song'),
]

export const markerItems = (editor: Editor): readonly MenuItem[] => [
  act(editor, 'marker-go'),
  act(editor, 'marker-loop'),
  act(editor, 'marker-to-playhead'),
  line('marker'),
  act(editor, 'marker-rename'),
  act(editor, 'marker-remove'),
]

/** Every marker with its time: choosing one goes there. */
export const markerListItems = (editor: Editor): readonly MenuItem[] => [
  act(editor, 'add-marker'),
  ...(editor.markers.all.length > 0 ? [line('list')] : []),
  ...editor.markers.all.map((marker): MenuItem => ({
    kind: 'act',
    id: marker.id,
    label: marker.name,
    shortcut: formatClock(marker.atSamples / editor.session.project.rateHz),
    run: () => goToMarker(editor, marker),
  })),
]

function loopEdge(editor: Editor, edge: 'start' | 'end'): MenuItem {
  const { session, transport } = editor
  return {
    kind: 'act',
    id: `loop-${edge}`,
    label: say.timeline[edge === 'start' ? 'loopStartHere' : 'loopEndHere'],
    run: () =>
      session.edit(say.edits.setLoop, (project) => {
        const at = transport.positionSamples
        const [start, end] = edge === 'start' ? [at, project.loop.endSamples] : [project.loop.startSamples, at]
        return end > start ? setLoop(project, { isOn: true, startSamples: start, endSamples: end }) : project
      }),
  }
}
