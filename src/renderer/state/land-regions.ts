import type { Region } from '../../shared/project/model.ts'
import { say } from '../messages/say.svelte.ts'
import { regionsNamed } from './labels.ts'
import type { Editor } from './Editor.svelte.ts'
import { land, type Landing } from './landing.ts'

/** Puts regions where a drag or a menu says, as one step; the selection goes with them. */
export function landRegions(editor: Editor, regions: readonly Region[], landing: Landing): void {
  const before = editor.session.project
  const { project, arrived } = land(before, regions, landing, editor.mint, (region) => trackName(editor, region))
  editor.session.edit(stepOf(landing, regionsNamed(regions)), () => project)
  if (editor.session.project === before || (landing.lanes === null && !landing.isCopy)) return
  editor.selection.select(arrived)
  const [first] = editor.chosenRegions
  if (first && landing.lanes !== null) editor.focusRegion(first)
}

function stepOf({ lanes, isCopy }: Landing, what: string): string {
  if (isCopy) return say.edits.copy(what)
  const performed = lanes instanceof Map ? [...lanes.values()].filter((track) => track.kind !== 'source') : []
  const [track, ...others] = [...new Map(performed.map((one) => [one.name, one])).values()]
  if (track === undefined || others.length > 0) return say.edits.move(what)
  return say.edits[track.kind === 'instrument' ? 'playWhatWith' : 'singWhatWith'](track.name, what)
}

/** A lane of one's own is called after who sings there, or after what is on it. */
const trackName = ({ catalog }: Editor, region: Region): string =>
  catalog.performers.find((one) => one.id === region.performance?.singerId)?.name ?? region.name
