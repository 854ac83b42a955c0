import { removeTrack } from '../../../shared/project/edits/tracks.ts'
import type { Track } from '../../../shared/project/model.ts'
import { performerOf, regionsOfTrack } from '../../../shared/project/queries.ts'
import { say } from '../../messages/say.svelte.ts'
import type { Editor } from '../../state/Editor.svelte.ts'
import { giveTrackTo } from '../../state/sing.ts'
import { keyLabel } from '../../state/keymap.ts'
import type { MenuItem } from '../../ui/menu.ts'
import { laneChoices } from '../curves/curve-menu.ts'
import { act, line } from './act.ts'
import { trackColorItems } from './color-items.ts'
import { performerItems } from './performer-items.ts'

export function trackItems(editor: Editor, track: Track): readonly MenuItem[] {
  const { session } = editor
  const regions = regionsOfTrack(session.project, track.id)
  const performers = performerItems(editor.catalog, {
    isChecked: ({ id }) => performerOf(track) === id,
    run: (performer) => giveTrackTo(editor, track, performer),
  })
  return [
    ...(track.kind !== 'source'
      ? [{ kind: 'submenu' as const, id: 'singer', label: say.timeline[track.kind], items: performers }]
      : []),
    {
      kind: 'act',
      id: 'mute',
      label: track.isMuted ? say.timeline.unmute : say.timeline.mute,
      shortcut: keyLabel('mute-track'),
      run: () => editor.toggleTrack(track, 'isMuted'),
    },
    {
      kind: 'act',
      id: 'solo',
      label: track.isSoloed ? say.timeline.unsolo : say.timeline.solo,
      shortcut: keyLabel('solo-track'),
      run: () => editor.toggleTrack(track, 'isSoloed'),
    },
    {
      kind: 'act',
      id: 'select',
      label: say.timeline.selectItsRegions,
      isDisabled: regions.length === 0,
      run: () => editor.selection.select(regions.map((region) => region.id)),
    },
    ...(track.kind !== 'source'
      ? [
          {
            kind: 'submenu' as const,
            id: 'lanes',
            label: say.timeline.curves,
            items: laneChoices(editor, track, regions),
          },
        ]
      : []),
    line('track-line'),
    {
      kind: 'act',
      id: 'rename',
      label: say.timeline.rename,
      run: () => (editor.renaming = { kind: 'track', id: track.id }),
    },
    { kind: 'submenu', id: 'color', label: say.timeline.color, items: trackColorItems(editor, track) },
    act(editor, 'track-up'),
    act(editor, 'track-down'),
    line('remove-line'),
    {
      kind: 'act',
      id: 'remove',
      label: say.timeline.deleteTrack,
      run: () => session.edit(say.edits.deleteTrack(track.name), (project) => removeTrack(project, track.id)),
    },
  ]
}
