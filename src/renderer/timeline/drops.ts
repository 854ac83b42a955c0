import type { PerformerId, TrackId } from '../../shared/base/id.ts'
import type { Performer } from '../../shared/contract/library.ts'
import type { Region, Track } from '../../shared/project/model.ts'
import { snapPosition } from '../../shared/project/snap.ts'
import type { Editor } from '../state/Editor.svelte.ts'
import { addPerformerTrack, giveTrackTo, performWith } from '../state/sing.ts'
import { ownTracks, type ImportTarget } from '../state/Imports.svelte.ts'
import { failureOf } from '../state/Shell.svelte.ts'
import type { GesturePoint } from './gestures/gesture.ts'
import { trackAtY } from './lanes.ts'

/** What the browser panel puts on a drag of a singer or an instrument. */
export const SINGER_DRAG_TYPE = 'application/x-understudy-singer'

export type DropKind = 'files' | 'singer' | null

export function dropKind(data: DataTransfer | null): DropKind {
  if (data?.types.includes('Files')) return 'files'
  return data?.types.includes(SINGER_DRAG_TYPE) ? 'singer' : null
}

/** The lane that would take the drop; `new` below the lanes or where a lane can't take it. */
export function dropTarget(editor: Editor, kind: DropKind, point: GesturePoint): TrackId | 'new' {
  const track = trackAtY(editor, editor.session.project, point.yPx)
  if (!track) return 'new'
  return kind === 'files' && track.kind !== 'source' ? 'new' : track.id
}

/** Files go on the source lane they fall on, at that time; elsewhere each gets a track of its own at the start. */
export async function dropFiles(editor: Editor, data: DataTransfer, point: GesturePoint): Promise<void> {
  const files = [...data.files]
  const trackId = dropTarget(editor, 'files', point)
  const position = editor.viewport.positionAt(point.xPx)
  const target: ImportTarget =
    trackId === 'new'
      ? ownTracks
      : { trackId, startSamples: snapPosition(position, point.isFree ? 'off' : editor.snapStep, editor.session.time) }
  try {
    await editor.imports.import(await editor.media.fileReferences(files), target)
  } catch (reason) {
    editor.host.say(failureOf(reason).message)
  }
}

/** A singer or an instrument goes to the region under the pointer (and what is selected with it), to the lane, or gets a new one. */
export function dropSinger(editor: Editor, data: DataTransfer, point: GesturePoint, onHeader: Track | null): void {
  const performer = performerOfDrag(editor, data)
  if (!performer) return
  const track = onHeader ?? trackAtY(editor, editor.session.project, point.yPx)
  const region = onHeader ? null : regionAt(editor, track, point)
  if (region) performWith(editor, withSelection(editor, region), performer)
  else if (track && track.kind !== 'source') giveTrackTo(editor, track, performer)
  else addPerformerTrack(editor, performer)
}

function performerOfDrag(editor: Editor, data: DataTransfer): Performer | undefined {
  const id = data.getData(SINGER_DRAG_TYPE) as PerformerId // only compared with the ids that are known
  return editor.catalog.performers.find((performer) => performer.id === id)
}

function regionAt(editor: Editor, track: Track | undefined, point: GesturePoint): Region | null {
  const at = editor.viewport.positionAt(point.xPx)
  return (
    Object.values(editor.session.project.regions).find(
      (region) =>
        region.trackId === track?.id && region.startSamples <= at && at < region.startSamples + region.durationSamples,
    ) ?? null
  )
}

const withSelection = (editor: Editor, region: Region): readonly Region[] =>
  editor.selection.has(region.id) ? editor.selection.regions(editor.session.project) : [region]
