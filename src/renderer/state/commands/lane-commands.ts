import type { Editor } from '../Editor.svelte.ts'
import { command, type Commands } from './command.ts'

/** What stands below the tracks. */
export function laneCommands({ subLanes }: Editor): Commands {
  return {
    'toggle-curves': command('Curves below the tracks', () => (subLanes.showsCurves = !subLanes.showsCurves)),
    'toggle-takes': command('Takes below the tracks', () => (subLanes.showsTakes = !subLanes.showsTakes)),
  }
}
