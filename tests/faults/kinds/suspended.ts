import type { Stage } from '../stage.ts'
import type { Fault, Injected } from './fault.ts'

const SHORT_MS = 1500
const SPREAD_MS = 3000
const MINUTE_MS = 60_000

/** Stopped as the system stops them, for a while; the clocks that they read have moved on by more when they go on. */
async function suspend(stage: Stage, forMs: number, movesClock: boolean): Promise<Injected> {
  const pids = [
    stage.host().pid,
    ...stage
      .host()
      .workers()
      .map(({ pid }) => pid),
  ]
  const tell = (name: NodeJS.Signals) => {
    for (const pid of pids) {
      try {
        process.kill(pid, name)
      } catch {
        // A worker may have ended meanwhile.
      }
    }
  }
  tell('SIGSTOP')
  if (movesClock) tell('SIGUSR2')
  await new Promise((wake) => setTimeout(wake, forMs))
  tell('SIGCONT')
  return { detail: `${pids.length} processes for ${forMs} ms` }
}

export const suspended: Fault = {
  kind: 'suspended',
  what: 'host and workers are suspended for some seconds, and their clocks have moved by a minute',
  inject: (stage, random) => suspend(stage, SHORT_MS + random.integer(SPREAD_MS), true),
}

export const suspendedForAMinute: Fault = {
  kind: 'suspended-minute',
  what: 'host and workers are suspended for a whole minute',
  isSlow: true,
  inject: (stage) => suspend(stage, MINUTE_MS, false),
}
