import type { Seconds } from '../../shared/units/time.ts'
import { say } from '../messages/say.svelte.ts'

/** "1 minute 12.4 seconds": a position as a screen reader says it. */
export function spokenPosition(seconds: Seconds): string {
  const tenths = Math.round(seconds * 10)
  const minutes = Math.floor(tenths / 600)
  const rest = ((tenths % 600) / 10).toFixed(1)
  return minutes === 0 ? say.timeline.spokenSeconds(rest) : say.timeline.spokenMinutes(minutes, rest)
}
