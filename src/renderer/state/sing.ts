import type { Performer } from '../../shared/contract/library.ts'
import { addTrack, newPerformerTrack, setTrackPerformer } from '../../shared/project/edits/tracks.ts'
import type { Region, Track } from '../../shared/project/model.ts'
import { isDomain } from '../../shared/project/performers.ts'
import { say } from '../messages/say.svelte.ts'
import { assignPerformer, trackOfPerformer } from './assign.ts'
import { idsOf, regionsNamed } from './labels.ts'
import type { Editor } from './Editor.svelte.ts'

/** Has somebody perform regions: the same for a menu, a drop and a key. */
export function performWith(editor: Editor, regions: readonly Region[], performer: Performer): void {
  if (regions.length === 0) return
  const label = say.edits[isDomain(performer) ? 'playWhatWith' : 'singWhatWith']
  editor.session.edit(label(performer.name, regionsNamed(regions)), (project) =>
    assignPerformer(project, idsOf(regions), performer, editor.mint),
  )
  const track = trackOfPerformer(editor.session.project, performer.id)
  if (track) editor.followToTrack(regions, track.id)
}

/** Somebody else for a lane; its regions ask for the new voice and keep their old sound until converted. */
export function giveTrackTo(editor: Editor, track: Track, performer: Performer, name = performer.name): void {
  const label = say.edits[isDomain(performer) ? 'play' : 'sing']
  editor.session.edit(label(track.name, performer.name), (project) =>
    setTrackPerformer(project, track.id, performer, name),
  )
}

export function addPerformerTrack(editor: Editor, performer: Performer): void {
  editor.session.edit(say.edits.addTrackFor(performer.name), (project) =>
    addTrack(project, newPerformerTrack(editor.mint.trackId(), performer)),
  )
}
