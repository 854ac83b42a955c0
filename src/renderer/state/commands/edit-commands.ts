import { canJoin, joinRegions, splitRegions } from '../../../shared/project/edits/cuts.ts'
import {
  changeRegions,
  deleteRegions,
  duplicateRegions,
  moveRegions,
  rippleDeleteRegions,
  trimRegionEnd,
  trimRegionStart,
} from '../../../shared/project/edits/regions.ts'
import type { Project, Region } from '../../../shared/project/model.ts'
import { regionEnd } from '../../../shared/project/queries.ts'
import { nextGridLine } from '../../../shared/project/snap.ts'
import { secondsToSamples } from '../../../shared/units/time.ts'
import type { Editor } from '../Editor.svelte.ts'
import { landRegions } from '../land-regions.ts'
import { idsOf, labelled } from '../labels.ts'
import { lanesToward } from '../landing.ts'
import { command, type Commands } from './command.ts'

const FINE_SEC = 0.01

export function editCommands(editor: Editor): Commands {
  const { session, selection, transport } = editor
  const hasRegions = (): boolean => editor.chosenRegions.length > 0
  const isUnderPlayhead = (region: Region): boolean =>
    transport.positionSamples > region.startSamples && transport.positionSamples < regionEnd(region)
  const crossesPlayhead = (): boolean => editor.chosenRegions.some(isUnderPlayhead)
  const hasNeighbors = (): boolean =>
    editor.chosenRegions.some((left) => editor.chosenRegions.some((right) => canJoin(left, right)))
  const onRegions = (
    label: string,
    verb: string,
    change: (project: Project, regions: readonly Region[]) => Project,
    isPossible = hasRegions,
  ) =>
    command(
      label,
      () => {
        const regions = editor.chosenRegions
        if (regions.length > 0) session.edit(labelled(verb, regions), (project) => change(project, regions))
      },
      isPossible,
    )
  const nudge = (label: string, direction: 1 | -1, isFine: boolean) =>
    command(
      label,
      () => {
        const regions = editor.chosenRegions
        const ids = idsOf(regions)
        if (ids.length === 0) return
        const bySamples = nudgeBy(editor, regions, direction, isFine)
        session.nudge(ids.join(), labelled('Move', regions), (project) => moveRegions(project, ids, bySamples))
      },
      hasRegions,
    )
  return {
    undo: command(
      'Undo',
      () => session.undo(),
      () => session.undoLabel !== null,
    ),
    redo: command(
      'Redo',
      () => session.redo(),
      () => session.redoLabel !== null,
    ),
    split: onRegions(
      'Split at playhead',
      'Split',
      (project, regions) => splitRegions(project, idsOf(regions), transport.positionSamples, editor.mint.regionId),
      crossesPlayhead,
    ),
    'trim-start': onRegions(
      'Trim start to playhead',
      'Trim',
      (project, regions) =>
        regions.reduce((now, region) => trimAt(now, region, transport.positionSamples, 'start'), project),
      crossesPlayhead,
    ),
    'trim-end': onRegions(
      'Trim end to playhead',
      'Trim',
      (project, regions) =>
        regions.reduce((now, region) => trimAt(now, region, transport.positionSamples, 'end'), project),
      crossesPlayhead,
    ),
    duplicate: command('Duplicate', () => duplicate(editor), hasRegions),
    join: onRegions('Join', 'Join', (project, regions) => joinRegions(project, idsOf(regions)), hasNeighbors),
    delete: onRegions('Delete', 'Delete', (project, regions) => deleteRegions(project, idsOf(regions))),
    'ripple-delete': onRegions('Delete and close the gap', 'Delete', (project, regions) =>
      rippleDeleteRegions(project, idsOf(regions)),
    ),
    'mute-regions': onRegions('Mute', 'Mute', (project, regions) =>
      changeRegions(project, idsOf(regions), { isMuted: !regions.every((region) => region.isMuted) }),
    ),
    rename: command(
      'Rename',
      () => editor.startRename(),
      () => hasRegions() || editor.focusedTrack !== null,
    ),
    'nudge-left': nudge('Move one step left', -1, false),
    'nudge-right': nudge('Move one step right', 1, false),
    'nudge-left-fine': nudge('Move 10 ms left', -1, true),
    'nudge-right-fine': nudge('Move 10 ms right', 1, true),
    'lane-up': command('Move to the lane above', () => moveLane(editor, -1), hasRegions),
    'lane-down': command('Move to the lane below', () => moveLane(editor, 1), hasRegions),
    'select-all': command('Select all', () =>
      selection.select(Object.values(session.project.regions).map((region) => region.id)),
    ),
    'select-none': command('Select nothing', () => selection.clear()),
    copy: command('Copy', () => editor.clipboard.copy(editor.chosenRegions), hasRegions),
    cut: command(
      'Cut',
      () => {
        const regions = editor.chosenRegions
        editor.clipboard.copy(regions)
        session.edit(labelled('Cut', regions), (project) => deleteRegions(project, idsOf(regions)))
      },
      hasRegions,
    ),
    paste: command(
      'Paste at playhead',
      () => paste(editor),
      () => !editor.clipboard.isEmpty,
    ),
    cancel: command('Cancel', () => editor.cancel()),
    'toggle-snap': command('Snap', () => (editor.isSnapping = !editor.isSnapping)),
  }
}

function nudgeBy(editor: Editor, regions: readonly Region[], direction: 1 | -1, isFine: boolean): number {
  if (isFine) return direction * secondsToSamples(FINE_SEC, editor.session.project.rateHz)
  const first = Math.min(...regions.map((region) => region.startSamples))
  return nextGridLine(first, direction, editor.snapStep, editor.session.time) - first
}

function trimAt(project: Project, region: Region, position: number, edge: 'start' | 'end'): Project {
  if (position <= region.startSamples || position >= regionEnd(region)) return project
  return edge === 'start'
    ? trimRegionStart(project, region.id, position - region.startSamples)
    : trimRegionEnd(project, region.id, position - regionEnd(region))
}

function duplicate(editor: Editor): void {
  const regions = editor.chosenRegions
  const made: Region['id'][] = []
  const mint = (): Region['id'] => {
    const id = editor.mint.regionId()
    made.push(id)
    return id
  }
  editor.session.edit(labelled('Duplicate', regions), (project) => duplicateRegions(project, idsOf(regions), mint))
  editor.selection.select(made)
}

function paste(editor: Editor): void {
  const pasted = editor.clipboard.pasteAt(editor.session.project, editor.transport.positionSamples, editor.mint)
  if (pasted.regions.length === 0) return
  editor.session.edit(labelled('Paste', pasted.regions), () => pasted.project)
  editor.selection.select(idsOf(pasted.regions))
}

/** One lane up or down; a source that comes to a singer track is sung there. */
function moveLane(editor: Editor, direction: 1 | -1): void {
  const regions = editor.chosenRegions
  const { project } = editor.session
  const lane = project.tracks.findIndex((track) => track.id === regions[0]?.trackId)
  const target = project.tracks[lane + direction]
  if (lane < 0 || !target) return
  const { lanes, refusal } = lanesToward(project, regions, regions[0], target)
  if (refusal !== null) return editor.host.say(refusal)
  landRegions(editor, regions, { lanes, bySamples: 0, isCopy: false })
}
