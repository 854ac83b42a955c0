import type { Singer } from '../../shared/contract/library.ts'
import { changePerformance } from '../../shared/project/edits/performance.ts'
import { addTrack, newSingerTrack, removeTrack, setTrackSinger } from '../../shared/project/edits/tracks.ts'
import { moveRegions } from '../../shared/project/edits/regions.ts'
import type { Region, Track } from '../../shared/project/model.ts'
import { assignSinger, bringToTrack, refusalOf } from '../state/assign.ts'
import { idsOf, labelled } from '../state/commands/edit-commands.ts'
import type { Editor, MenuRequest } from '../state/Editor.svelte.ts'
import { keyLabel } from '../state/keymap.ts'
import type { MenuItem } from '../ui/menu.ts'
import { singerColor } from '../ui/singer-hue.ts'

/** The acts of a menu that was asked for. Everything that a drag can do stands in one of them. */
export function menuItems(editor: Editor, request: MenuRequest): readonly MenuItem[] {
  const track =
    editor.session.project.tracks.find((candidate) => candidate.id === request.trackId) ?? editor.focusedTrack
  switch (request.kind) {
    case 'region':
      return editor.chosenRegions.length > 0 ? regionItems(editor) : laneItems(editor)
    case 'lane':
      return laneItems(editor)
    case 'track':
      return track ? trackItems(editor, track) : laneItems(editor)
    case 'singer':
      return singerItems(editor, editor.chosenRegions)
    case 'emotion':
      return emotionItems(editor)
    case 'new-track':
      return newTrackItems(editor)
  }
}

export const menuLabel = (kind: MenuRequest['kind']): string =>
  ({
    region: 'Region',
    lane: 'Lane',
    track: 'Track',
    singer: 'Sing with',
    emotion: 'Emotion',
    'new-track': 'New singer track',
  })[kind]

/** A command of the key map as an act of a menu, with its key. */
function act(editor: Editor, commandId: string, label?: string): MenuItem {
  const found = editor.command(commandId)
  return {
    kind: 'act',
    id: commandId,
    label: label ?? found?.label ?? commandId,
    shortcut: keyLabel(commandId),
    isDisabled: !found || (found.isPossible !== undefined && !found.isPossible()),
    run: () => editor.run(commandId),
  }
}

const line = (id: string): MenuItem => ({ kind: 'line', id })

function regionItems(editor: Editor): readonly MenuItem[] {
  const regions = editor.chosenRegions
  const isSung = regions.some((region) => region.performance !== null)
  const hasRender = regions.some((region) => region.render !== null)
  const isConverting = editor.command('cancel-conversion')?.isPossible?.() === true
  const hearsOriginal = regions.every((region) => region.heard === 'original')
  return [
    { kind: 'submenu', id: 'sing', label: 'Sing with', items: singerItems(editor, regions) },
    ...(isSung ? [{ kind: 'submenu' as const, id: 'emotion', label: 'Emotion', items: emotionItems(editor) }] : []),
    ...(isSung ? [act(editor, 'convert')] : []),
    ...(isConverting ? [act(editor, 'cancel-conversion')] : []),
    ...(hasRender ? [act(editor, 'compare', hearsOriginal ? 'Hear the converted' : 'Hear the original')] : []),
    line('time'),
    act(editor, 'split'),
    act(editor, 'trim-start'),
    act(editor, 'trim-end'),
    act(editor, 'join'),
    { kind: 'submenu', id: 'move', label: 'Move to', items: moveItems(editor, regions) },
    line('edit'),
    act(editor, 'cut'),
    act(editor, 'copy'),
    act(editor, 'duplicate'),
    act(editor, 'loop-selection'),
    line('state'),
    act(editor, 'rename'),
    act(editor, 'mute-regions', regions.every((region) => region.isMuted) ? 'Unmute' : 'Mute'),
    act(editor, 'delete'),
    act(editor, 'ripple-delete'),
  ]
}

const laneItems = (editor: Editor): readonly MenuItem[] => [
  act(editor, 'paste'),
  act(editor, 'import'),
  act(editor, 'new-singer-track'),
  line('select'),
  act(editor, 'select-all'),
  act(editor, 'zoom-song'),
]

function singerItems(editor: Editor, regions: readonly Region[]): readonly MenuItem[] {
  const current = new Set(regions.map((region) => region.performance?.singerId))
  const items = editor.catalog.singers.map((singer): MenuItem => ({
    kind: 'act',
    id: singer.id,
    label: singer.name,
    color: singerColor(singer.hueIndex),
    isChecked: current.size === 1 && current.has(singer.id),
    run: () => singWith(editor, regions, singer),
  }))
  return [
    ...items,
    ...(items.length > 0 ? [line('train-line')] : []),
    { kind: 'act', id: 'train', label: 'Train a singer…', run: () => editor.host.trainSinger() },
  ]
}

/** Lets a singer sing regions: the same for a menu, a drop and a key. */
export function singWith(editor: Editor, regions: readonly Region[], singer: Singer): void {
  if (regions.length === 0) return
  editor.session.edit(labelled(`Sing with ${singer.name}:`, regions), (project) =>
    assignSinger(project, idsOf(regions), singer, editor.mint),
  )
  const track = editor.session.project.tracks.find((one) => one.kind === 'singer' && one.singerId === singer.id)
  if (track) editor.followToTrack(regions, track.id)
}

function emotionItems(editor: Editor): readonly MenuItem[] {
  const sung = editor.chosenRegions.filter((region) => region.performance !== null)
  const current = new Set(sung.map((region) => region.performance?.emotion.emotionId))
  return [
    ...editor.catalog.emotions.map((emotion): MenuItem => ({
      kind: 'act',
      id: emotion.id,
      label: emotion.label,
      icon: `gesture-${emotion.gesture}`,
      isChecked: current.size === 1 && current.has(emotion.id),
      run: () =>
        editor.session.edit(labelled(`${emotion.label}:`, sung), (project) =>
          changePerformance(project, idsOf(sung), (performance) => ({
            ...performance,
            emotion: { ...performance.emotion, emotionId: emotion.id },
          })),
        ),
    })),
    line('intensity'),
    act(editor, 'intensity-up'),
    act(editor, 'intensity-down'),
  ]
}

function moveItems(editor: Editor, regions: readonly Region[]): readonly MenuItem[] {
  const lanes = editor.session.project.tracks.filter((track) => refusalOf(regions, track) === null)
  const first = Math.min(...regions.map((region) => region.startSamples))
  return [
    {
      kind: 'act',
      id: 'playhead',
      label: 'The playhead',
      run: () =>
        editor.session.edit(labelled('Move', regions), (project) =>
          moveRegions(project, idsOf(regions), editor.transport.positionSamples - first),
        ),
    },
    ...lanes
      .filter((track) => regions.some((region) => region.trackId !== track.id))
      .map((track): MenuItem => ({
        kind: 'act',
        id: track.id,
        label: track.name,
        run: () => {
          editor.session.edit(labelled('Move', regions), (project) =>
            bringToTrack(project, idsOf(regions), track.id, editor.mint),
          )
          editor.followToTrack(regions, track.id)
        },
      })),
  ]
}

function trackItems(editor: Editor, track: Track): readonly MenuItem[] {
  const { session } = editor
  const singers = editor.catalog.singers.map((singer): MenuItem => ({
    kind: 'act',
    id: singer.id,
    label: singer.name,
    color: singerColor(singer.hueIndex),
    isChecked: track.kind === 'singer' && track.singerId === singer.id,
    run: () => giveTrackTo(editor, track, singer),
  }))
  return [
    ...(track.kind === 'singer' ? [{ kind: 'submenu' as const, id: 'singer', label: 'Singer', items: singers }] : []),
    {
      kind: 'act',
      id: 'mute',
      label: track.isMuted ? 'Unmute' : 'Mute',
      shortcut: keyLabel('mute-track'),
      run: () => editor.toggleTrack(track, 'isMuted'),
    },
    {
      kind: 'act',
      id: 'solo',
      label: track.isSoloed ? 'Unsolo' : 'Solo',
      shortcut: keyLabel('solo-track'),
      run: () => editor.toggleTrack(track, 'isSoloed'),
    },
    line('track-line'),
    {
      kind: 'act',
      id: 'remove',
      label: 'Delete track',
      run: () => session.edit(`Delete track ${track.name}`, (project) => removeTrack(project, track.id)),
    },
  ]
}

/** Another singer for a lane; its regions ask for the new voice and keep their old sound until converted. */
export function giveTrackTo(editor: Editor, track: Track, singer: Singer): void {
  editor.session.edit(`Sing ${track.name} with ${singer.name}`, (project) =>
    setTrackSinger(project, track.id, singer.id, singer.name),
  )
}

const newTrackItems = (editor: Editor): readonly MenuItem[] =>
  editor.catalog.singers.map((singer) => ({
    kind: 'act',
    id: singer.id,
    label: singer.name,
    color: singerColor(singer.hueIndex),
    run: () => addSingerTrack(editor, singer),
  }))

export function addSingerTrack(editor: Editor, singer: Singer): void {
  editor.session.edit(`Add track for ${singer.name}`, (project) =>
    addTrack(project, newSingerTrack(editor.mint.trackId(), singer.name, singer.id)),
  )
}
