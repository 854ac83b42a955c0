import { powerMonitor } from 'electron'
import type { PowerState, WatchPower } from '../../shared/contract/power.ts'

/** A battery empties without an event. */
const INTERVAL_MS = 60_000

/**
 * What Electron hears from the system. The charge it does not tell; `readCharge` does where another source has it.
 */
export const watchDesktopPower =
  (readCharge: () => number | null): WatchPower =>
  (listener) => {
    let told = ''
    let isSuspending = false
    const look = () => {
      const state: PowerState = {
        isOnBattery: powerMonitor.isOnBatteryPower(),
        chargeFraction: readCharge(),
        heat: heat(),
        isSuspending,
      }
      const text = JSON.stringify(state)
      if (text !== told) listener(state)
      told = text
    }
    const sleep = (isSleeping: boolean) => () => {
      isSuspending = isSleeping
      look()
    }
    const heard = [
      ['on-ac', look],
      ['on-battery', look],
      ['thermal-state-change', look],
      ['suspend', sleep(true)],
      ['resume', sleep(false)],
    ] as const
    // Each event has a type of its own there; none of them is told more than its name here.
    const monitor: NodeJS.EventEmitter = powerMonitor
    for (const [name, hear] of heard) monitor.on(name, hear)
    // Where waking is not told, the clock that goes again tells it.
    const timer = setInterval(sleep(false), INTERVAL_MS)
    look()
    return () => {
      clearInterval(timer)
      for (const [name, hear] of heard) monitor.off(name, hear)
    }
  }

/** Only macOS tells. */
function heat(): PowerState['heat'] {
  const state = powerMonitor.getCurrentThermalState()
  return state === 'unknown' ? 'nominal' : state
}
