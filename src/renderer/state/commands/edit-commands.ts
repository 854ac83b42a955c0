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
import { say } from '../../messages/say.svelte.ts'
import type { Editor } from '../Editor.svelte.ts'
import { landRegions } from '../land-regions.ts'
import { idsOf, regionsNamed } from '../labels.ts'
import { lanesToward } from '../landing.ts'
import { command, type Acts } from './command.ts'

const FINE_SEC = 0.01

export function editCommands(editor: Editor): Acts {
  const { session, selection, transport } = editor
  const hasRegions = (): boolean => editor.chosenRegions.length > 0
  const isUnderPlayhead = (region: Region): boolean =>
    transport.positionSamples > region.startSamples && transport.positionSamples < regionEnd(region)
  const crossesPlayhead = (): boolean => editor.chosenRegions.some(isUnderPlayhead)
  const hasNeighbors = (): boolean =>
    editor.chosenRegions.some((left) => editor.chosenRegions.some((right) => canJoin(left, right)))
  const onRegions = (
    stepFor: (what: string) => string,
    change: (project: Project, regions: readonly Region[]) => Project,
    isPossible = hasRegions,
  ) =>
    command(() => {
      const regions = editor.chosenRegions
      if (regions.length > 0) session.edit(stepFor(regionsNamed(regions)), (project) => change(project, regions))
    }, isPossible)
  const nudge = (direction: 1 | -1, isFine: boolean) =>
    command(() => {
      const regions = editor.chosenRegions
      const ids = idsOf(regions)
      if (ids.length === 0) return
      const bySamples = nudgeBy(editor, regions, direction, isFine)
      session.nudge(ids.join(), say.edits.move(regionsNamed(regions)), (project) =>
        moveRegions(project, ids, bySamples),
      )
    }, hasRegions)
  return {
    undo: command(
      () => session.undo(),
      () => session.undoLabel !== null,
    ),
    redo: command(
      () => session.redo(),
      () => session.redoLabel !== null,
    ),
    split: onRegions(
      (what) => say.edits.split(what),
      (project, regions) => splitRegions(project, idsOf(regions), transport.positionSamples, editor.mint.regionId),
      crossesPlayhead,
    ),
    'trim-start': onRegions(
      (what) => say.edits.trim(what),
      (project, regions) =>
        regions.reduce((now, region) => trimAt(now, region, transport.positionSamples, 'start'), project),
      crossesPlayhead,
    ),
    'trim-end': onRegions(
      (what) => say.edits.trim(what),
      (project, regions) =>
        regions.reduce((now, region) => trimAt(now, region, transport.positionSamples, 'end'), project),
      crossesPlayhead,
    ),
    duplicate: command(() => duplicate(editor), hasRegions),
    join: onRegions(
      (what) => say.edits.join(what),
      (project, regions) => joinRegions(project, idsOf(regions)),
      hasNeighbors,
    ),
    delete: onRegions(
      (what) => say.edits.delete(what),
      (project, regions) => deleteRegions(project, idsOf(regions)),
    ),
    'ripple-delete': onRegions(
      (what) => say.edits.delete(what),
      (project, regions) => rippleDeleteRegions(project, idsOf(regions)),
    ),
    'mute-regions': onRegions(
      (what) => say.edits.mute(what),
      (project, regions) =>
        changeRegions(project, idsOf(regions), { isMuted: !regions.every((region) => region.isMuted) }),
    ),
    rename: command(
      () => editor.startRename(),
      () => hasRegions() || editor.focusedTrack !== null,
    ),
    'nudge-left': nudge(-1, false),
    'nudge-right': nudge(1, false),
    'nudge-left-fine': nudge(-1, true),
    'nudge-right-fine': nudge(1, true),
    'lane-up': command(() => moveLane(editor, -1), hasRegions),
    'lane-down': command(() => moveLane(editor, 1), hasRegions),
    'select-all': command(() => selection.select(Object.values(session.project.regions).map((region) => region.id))),
    'select-none': command(() => selection.clear()),
    copy: command(() => editor.clipboard.copy(editor.chosenRegions), hasRegions),
    cut: command(() => {
      const regions = editor.chosenRegions
      editor.clipboard.copy(regions)
      session.edit(say.edits.cut(regionsNamed(regions)), (project) => deleteRegions(project, idsOf(regions)))
    }, hasRegions),
    paste: command(
      () => paste(editor),
      () => !editor.clipboard.isEmpty,
    ),
    cancel: command(() => editor.cancel()),
    'toggle-snap': command(() => (editor.isSnapping = !editor.isSnapping)),
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
  editor.session.edit(say.edits.duplicate(regionsNamed(regions)), (project) =>
    duplicateRegions(project, idsOf(regions), mint),
  )
  editor.selection.select(made)
}

function paste(editor: Editor): void {
  const pasted = editor.clipboard.pasteAt(editor.session.project, editor.transport.positionSamples, editor.mint)
  if (pasted.regions.length === 0) return
  editor.session.edit(say.edits.paste(regionsNamed(pasted.regions)), () => pasted.project)
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
