import type { RegionId } from '../../../shared/base/id.ts'
import { duplicateByBars, wholeBars } from '../../../shared/project/edits/bars.ts'
import { setLoop } from '../../../shared/project/edits/document.ts'
import { spanOf } from '../../../shared/project/edits/regions.ts'
import type { Region } from '../../../shared/project/model.ts'
import { say } from '../../messages/say.svelte.ts'
import type { Editor } from '../Editor.svelte.ts'
import { idsOf } from '../labels.ts'
import { command, type Acts } from './command.ts'

/** What is done with regions by whole bars, wherever tempo and meter change. */
export function barCommands(editor: Editor): Acts {
  const { session, selection } = editor
  const onRegions = (act: (regions: readonly Region[]) => void) =>
    command(
      () => act(editor.chosenRegions),
      () => editor.chosenRegions.length > 0,
    )
  return {
    'duplicate-by-bars': onRegions((regions) => {
      const made: RegionId[] = []
      const mint = (): RegionId => {
        made.push(editor.mint.regionId())
        return made[made.length - 1]
      }
      session.edit(say.tempo.duplicateByBars, (project) => duplicateByBars(project, idsOf(regions), mint, session.time))
      selection.select(made)
    }),
    'loop-bars': onRegions((regions) =>
      session.edit(say.tempo.loopBars, (project) =>
        setLoop(project, { isOn: true, ...wholeBars(spanOf(regions), session.time) }),
      ),
    ),
  }
}
