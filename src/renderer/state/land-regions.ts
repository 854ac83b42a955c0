import type { Region } from '../../shared/project/model.ts'
import { labelled } from './labels.ts'
import type { Editor } from './Editor.svelte.ts'
import { land, type Landing } from './landing.ts'

/** Puts regions where a drag or a menu says, as one step; the selection goes with them. */
export function landRegions(editor: Editor, regions: readonly Region[], landing: Landing): void {
  const before = editor.session.project
  const { project, arrived } = land(before, regions, landing, editor.mint, (region) => trackName(editor, region))
  editor.session.edit(labelled(verbOf(landing), regions), () => project)
  if (editor.session.project === before || (landing.lanes === null && !landing.isCopy)) return
  editor.selection.select(arrived)
  const [first] = editor.chosenRegions
  if (first && landing.lanes !== null) editor.focusRegion(first)
}

function verbOf({ lanes, isCopy }: Landing): string {
  if (isCopy) return 'Copy'
  const singers = lanes instanceof Map ? [...lanes.values()].filter((track) => track.kind === 'singer') : []
  const names = new Set(singers.map((track) => track.name))
  return names.size === 1 ? `Sing with ${[...names][0]}:` : 'Move'
}

/** A lane of one's own is called after who sings there, or after what is on it. */
const trackName = ({ catalog }: Editor, region: Region): string =>
  catalog.singers.find((singer) => singer.id === region.performance?.singerId)?.name ?? region.name
