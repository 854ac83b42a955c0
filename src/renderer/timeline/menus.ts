import { traitsOf } from '../../shared/project/converters.ts'
import { changePerformance } from '../../shared/project/edits/performance.ts'
import { moveRegions } from '../../shared/project/edits/regions.ts'
import type { Region } from '../../shared/project/model.ts'
import { isDomain } from '../../shared/project/performers.ts'
import { say } from '../messages/say.svelte.ts'
import { landRegions } from '../state/land-regions.ts'
import { lanesToward } from '../state/landing.ts'
import { idsOf, regionsNamed } from '../state/labels.ts'
import type { Editor, MenuRequest } from '../state/Editor.svelte.ts'
import { addPerformerTrack, performWith } from '../state/sing.ts'
import type { MenuItem } from '../ui/menu.ts'
import { act, line } from './menus/act.ts'
import { regionColorItems } from './menus/color-items.ts'
import { performerItems } from './menus/performer-items.ts'
import { markerItems, rulerItems } from './menus/ruler-menu.ts'
import { tempoItems } from './menus/tempo-menu.ts'
import { trackItems } from './menus/track-menu.ts'

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
    case 'ruler':
      return rulerItems(editor)
    case 'marker':
      return markerItems(editor)
    case 'tempo':
      return tempoItems(editor)
  }
}

export const menuLabel = (kind: MenuRequest['kind']): string =>
  ({
    region: say.timeline.region,
    lane: say.timeline.lane,
    track: say.timeline.track,
    singer: say.timeline.singWith,
    emotion: say.timeline.emotion,
    'new-track': say.timeline.newSingerTrack,
    ruler: say.timeline.ruler,
    marker: say.timeline.marker,
    tempo: say.tempo.row,
  })[kind]

function regionItems(editor: Editor): readonly MenuItem[] {
  const regions = editor.chosenRegions
  const isSung = regions.some((region) => region.performance !== null)
  const hasRender = regions.some((region) => region.render !== null)
  const isConverting = editor.command('cancel-conversion')?.isPossible?.() === true
  const hearsOriginal = regions.every((region) => region.heard === 'original')
  return [
    { kind: 'submenu', id: 'sing', label: performWords(editor), items: singerItems(editor, regions) },
    ...(withEmotions(editor, regions).length > 0
      ? [{ kind: 'submenu' as const, id: 'emotion', label: say.timeline.emotion, items: emotionItems(editor) }]
      : []),
    ...(isSung ? [act(editor, 'convert')] : []),
    ...(isConverting ? [act(editor, 'cancel-conversion')] : []),
    ...(hasRender
      ? [
          act(editor, 'compare', hearsOriginal ? say.timeline.hearConverted : say.timeline.hearOriginal),
          act(editor, 'compare-blindly'),
        ]
      : []),
    ...(isSung ? takeItems(editor, regions) : []),
    line('time'),
    act(editor, 'split'),
    act(editor, 'trim-start'),
    act(editor, 'trim-end'),
    act(editor, 'join'),
    {
      kind: 'submenu',
      id: 'fades',
      label: say.timeline.fades,
      items: ['fade-in-to-playhead', 'fade-out-from-playhead', 'crossfade', 'no-fades'].map((id) => act(editor, id)),
    },
    { kind: 'submenu', id: 'move', label: say.timeline.moveTo, items: moveItems(editor, regions) },
    line('edit'),
    act(editor, 'cut'),
    act(editor, 'copy'),
    act(editor, 'duplicate'),
    act(editor, 'duplicate-by-bars'),
    act(editor, 'play-selection'),
    act(editor, 'loop-selection'),
    act(editor, 'loop-bars'),
    line('state'),
    act(editor, 'rename'),
    { kind: 'submenu', id: 'color', label: say.timeline.color, items: regionColorItems(editor, regions) },
    act(editor, 'mute-regions', regions.every((region) => region.isMuted) ? say.timeline.unmute : say.timeline.mute),
    act(editor, 'delete'),
    act(editor, 'ripple-delete'),
  ]
}

/** Takes by number where there are several, and the notes of one region. */
function takeItems(editor: Editor, regions: readonly Region[]): readonly MenuItem[] {
  const numbers = [...new Set(regions.flatMap((region) => region.takes.map((take) => take.number)))].slice(0, 9)
  const takes = [
    ...numbers.map((number) => act(editor, `take-${number}`)),
    line('comp'),
    act(editor, 'cut-takes'),
    act(editor, 'flatten-takes'),
  ]
  return [
    ...(numbers.length > 0 ? [{ kind: 'submenu' as const, id: 'takes', label: say.timeline.takes, items: takes }] : []),
    act(editor, 'toggle-editor', editor.host.isPanelOpen('editor') ? say.timeline.closeEditor : say.timeline.editNotes),
  ]
}

/** With instruments at hand there is more to do with a region than to sing it. */
const performWords = ({ catalog }: Editor): string =>
  say.timeline[catalog.performers.some(isDomain) ? 'performWith' : 'singWith']

const laneItems = (editor: Editor): readonly MenuItem[] => [
  act(editor, 'paste'),
  act(editor, 'import'),
  act(editor, 'new-singer-track'),
  act(editor, 'add-marker'),
  line('select'),
  act(editor, 'select-all'),
  act(editor, 'zoom-song'),
]

function singerItems(editor: Editor, regions: readonly Region[]): readonly MenuItem[] {
  const current = new Set(regions.map((region) => region.performance?.singerId))
  const items = performerItems(editor.catalog, {
    isChecked: ({ id }) => current.size === 1 && current.has(id),
    run: (performer) => performWith(editor, regions, performer),
  })
  return [
    ...items,
    ...(items.length > 0 ? [line('train-line')] : []),
    { kind: 'act', id: 'train', label: say.timeline.trainEllipsis, run: () => editor.host.trainSinger() },
  ]
}

/** Those whose performer makes something of an emotion; of one who is not here nobody knows. */
const withEmotions = ({ catalog }: Editor, regions: readonly Region[]): readonly Region[] =>
  regions.filter(({ performance }) => {
    const performer = catalog.performers.find(({ id }) => id === performance?.singerId)
    return performance !== null && (performer === undefined || traitsOf(performer).changesEnvelopes)
  })

function emotionItems(editor: Editor): readonly MenuItem[] {
  const sung = withEmotions(editor, editor.chosenRegions)
  const current = new Set(sung.map((region) => region.performance?.emotion.emotionId))
  return [
    ...editor.catalog.emotions.map((emotion): MenuItem => ({
      kind: 'act',
      id: emotion.id,
      label: emotion.label,
      icon: `gesture-${emotion.gesture}`,
      isChecked: current.size === 1 && current.has(emotion.id),
      run: () =>
        editor.session.edit(say.edits.emotion(emotion.label, regionsNamed(sung)), (project) =>
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
  const { project } = editor.session
  const first = Math.min(...regions.map((region) => region.startSamples))
  const moveTo = (id: string, label: string, position: number): MenuItem => ({
    kind: 'act',
    id,
    label,
    run: () =>
      editor.session.edit(say.edits.move(regionsNamed(regions)), (before) =>
        moveRegions(before, idsOf(regions), position - first),
      ),
  })
  const lanes = [...project.tracks, 'new' as const].flatMap((target): MenuItem[] => {
    const { lanes, refusal } = lanesToward(project, regions, regions[0], target)
    if (refusal !== null || lanes === null) return []
    const [id, label] = target === 'new' ? ['new-lane', say.timeline.newTrack] : [target.id, target.name]
    return [{ kind: 'act', id, label, run: () => landRegions(editor, regions, { lanes, bySamples: 0, isCopy: false }) }]
  })
  return [
    moveTo('playhead', say.timeline.thePlayhead, editor.transport.positionSamples),
    moveTo('start', say.timeline.theStart, 0),
    ...editor.markers.all.map((marker) => moveTo(marker.id, marker.name, marker.atSamples)),
    ...(lanes.length > 0 ? [line('lanes'), ...lanes] : []),
  ]
}

const newTrackItems = (editor: Editor): readonly MenuItem[] =>
  performerItems(editor.catalog, { run: (performer) => addPerformerTrack(editor, performer) })
