import { removeTrack } from '../../../shared/project/edits/tracks.ts'
import type { Track } from '../../../shared/project/model.ts'
import { regionsOfTrack } from '../../../shared/project/queries.ts'
import { say } from '../../messages/say.svelte.ts'
import type { Editor } from '../../state/Editor.svelte.ts'
import { giveTrackTo } from '../../state/sing.ts'
import { keyLabel } from '../../state/keymap.ts'
import type { MenuItem } from '../../ui/menu.ts'
import { singerColor } from '../../ui/singer-hue.ts'
import { laneChoices } from '../curves/curve-menu.ts'
import { act, line } from './act.ts'
import { trackColorItems } from './color-items.ts'

export function trackItems(editor: Editor, track: Track): readonly MenuItem[] {
  const { session } = editor
  const regions = regionsOfTrack(session.project, track.id)
  const singers = editor.catalog.singers.map((singer): MenuItem => ({
    kind: 'act',
    id: singer.id,
    label: singer.name,
    color: singerColor(singer.hueIndex),
    isChecked: track.kind === 'singer' && track.singerId === singer.id,
    run: () => giveTrackTo(editor, track, singer),
  }))
  return [
    ...(track.kind === 'singer'
      ? [{ kind: 'submenu' as const, id: 'singer', label: say.timeline.singer, items: singers }]
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
    ...(track.kind === 'singer'
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
