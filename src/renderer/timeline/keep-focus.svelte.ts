import { untrack } from 'svelte'
import type { Region } from '../../shared/project/model.ts'
import { regionsOfTrack } from '../../shared/project/queries.ts'
import { nearestRegion } from '../state/commands/focus-commands.ts'
import type { Editor } from '../state/Editor.svelte.ts'

/** When the region under the keyboard goes, by a join, a deletion or an undo, the keyboard is on its neighbor. */
export const keepFocus =
  (editor: Editor) =>
  (timeline: HTMLElement): void => {
    let last: Region | null = null
    $effect(() => {
      const { project } = editor.session
      const focused = editor.focusedRegion
      if (focused || editor.selection.focusedRegionId === null || !last) {
        last = focused
        return
      }
      const lane = regionsOfTrack(project, last.trackId)
      const heir = lane.length > 0 ? nearestRegion(lane, last) : null
      const gone = last
      last = heir
      untrack(() => {
        if (!heir) editor.selection.focusTrack(gone.trackId)
        else if (isInside(timeline)) editor.focusRegion(heir)
        else editor.selection.focus(heir)
      })
    })
  }

/** An element that is removed gives the focus back to the page. */
const isInside = (timeline: HTMLElement): boolean =>
  document.activeElement === document.body || timeline.contains(document.activeElement)
