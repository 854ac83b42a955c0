import type { Editor } from '../Editor.svelte.ts'
import { command, type Acts } from './command.ts'

/** What stands below the tracks. */
export function laneCommands({ subLanes }: Editor): Acts {
  return {
    'toggle-curves': command(() => (subLanes.showsCurves = !subLanes.showsCurves)),
    'toggle-takes': command(() => (subLanes.showsTakes = !subLanes.showsTakes)),
  }
}
