import type { Singer } from '../../shared/contract/library.ts'
import { addTrack, newSingerTrack, setTrackSinger } from '../../shared/project/edits/tracks.ts'
import type { Region, Track } from '../../shared/project/model.ts'
import { say } from '../messages/say.svelte.ts'
import { assignSinger } from './assign.ts'
import { idsOf, regionsNamed } from './labels.ts'
import type { Editor } from './Editor.svelte.ts'

/** Lets a singer sing regions: the same for a menu, a drop and a key. */
export function singWith(editor: Editor, regions: readonly Region[], singer: Singer): void {
  if (regions.length === 0) return
  editor.session.edit(say.edits.singWhatWith(singer.name, regionsNamed(regions)), (project) =>
    assignSinger(project, idsOf(regions), singer, editor.mint),
  )
  const track = editor.session.project.tracks.find((one) => one.kind === 'singer' && one.singerId === singer.id)
  if (track) editor.followToTrack(regions, track.id)
}

/** Another singer for a lane; its regions ask for the new voice and keep their old sound until converted. */
export function giveTrackTo(editor: Editor, track: Track, singer: Singer): void {
  editor.session.edit(say.edits.sing(track.name, singer.name), (project) =>
    setTrackSinger(project, track.id, singer.id, singer.name),
  )
}

export function addSingerTrack(editor: Editor, singer: Singer): void {
  editor.session.edit(say.edits.addTrackFor(singer.name), (project) =>
    addTrack(project, newSingerTrack(editor.mint.trackId(), singer.name, singer.id)),
  )
}
