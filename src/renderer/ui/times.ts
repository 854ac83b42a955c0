import { say } from '../messages/say.svelte.ts'

const dayMs = 86_400_000

/** A point in time as people say it: "today, 12:04", "yesterday", "Monday", "3 May 2026". */
export function formatWhen(timeMs: number, nowMs: number): string {
  const time = new Date(timeMs)
  const midnight = new Date(nowMs).setHours(0, 0, 0, 0)
  if (timeMs >= midnight) return say.units.todayAt(formatTimeOfDay(timeMs))
  if (timeMs >= midnight - dayMs) return say.units.yesterday
  if (timeMs >= midnight - 6 * dayMs) return time.toLocaleDateString(say.units.locale, { weekday: 'long' })
  return time.toLocaleDateString(say.units.locale, { day: 'numeric', month: 'short', year: 'numeric' })
}

/** "12:04". */
export function formatTimeOfDay(timeMs: number): string {
  const time = new Date(timeMs)
  return `${time.getHours()}:${String(time.getMinutes()).padStart(2, '0')}`
}

/** How long ago: "a moment ago", "12 minutes ago", "3 hours ago", "5 days ago". */
export function formatAgo(timeMs: number, nowMs: number): string {
  const minutes = Math.round(Math.max(0, nowMs - timeMs) / 60_000)
  if (minutes < 1) return say.units.aMomentAgo
  if (minutes < 60) return say.units.minutesAgo(minutes)
  if (minutes < 24 * 60) return say.units.hoursAgo(Math.round(minutes / 60))
  return say.units.daysAgo(Math.round(minutes / 60 / 24))
}

/** How long something takes: "8 s", "12 min", "2.5 h". */
export function formatTaking(seconds: number): string {
  if (seconds < 90) return say.units.seconds(String(Math.max(1, Math.round(seconds))))
  if (seconds < 90 * 60) return say.units.minutes(String(Math.round(seconds / 60)))
  return say.units.hours((seconds / 3600).toFixed(1))
}

const unitSec = { seconds: 1, minutes: 60, hours: 3600, days: 24 * 3600 } as const

const monthSec = 30 * unitSec.days
const yearSec = 365 * unitSec.days

/** A span of time that nobody knows exactly, in one unit: "18 to 24 min", "50 to 70 s"; of what nobody waits for its least. */
export function formatTakingBetween(lowSec: number, highSec: number): string {
  if (lowSec >= 2 * yearSec) return say.units.yearsOrMore(Math.floor(lowSec / yearSec))
  if (lowSec >= 2 * monthSec) return say.units.monthsOrMore(Math.floor(lowSec / monthSec))
  const unit = highSec < 90 ? 'seconds' : highSec < 90 * 60 ? 'minutes' : highSec < 72 * 3600 ? 'hours' : 'days'
  const decimals = unit === 'hours' ? 1 : 0
  const [low, high] = [lowSec, highSec].map((sec) =>
    Math.max(unit === 'hours' ? 0.1 : 1, sec / unitSec[unit]).toFixed(decimals),
  )
  return low === high ? say.units[unit](low) : say.units[`${unit}Between`](low, high)
}

/** The folder of a file as a short trail: "Music / Lanterns". */
export function formatFolder(path: string): string {
  const parts = path.split(/[\\/]+/).filter((part) => part !== '')
  return parts.slice(0, -1).slice(-2).join(' / ') || path
}
/** The last part of a path. */
export const fileNameOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? path
