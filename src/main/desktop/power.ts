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
    const look = () => {
      const state: PowerState = {
        isOnBattery: powerMonitor.isOnBatteryPower(),
        chargeFraction: readCharge(),
        heat: heat(),
      }
      const text = JSON.stringify(state)
      if (text !== told) listener(state)
      told = text
    }
    const timer = setInterval(look, INTERVAL_MS)
    powerMonitor.on('on-ac', look)
    powerMonitor.on('on-battery', look)
    powerMonitor.on('resume', look)
    powerMonitor.on('thermal-state-change', look)
    look()
    return () => {
      clearInterval(timer)
      powerMonitor.off('on-ac', look)
      powerMonitor.off('on-battery', look)
      powerMonitor.off('resume', look)
      powerMonitor.off('thermal-state-change', look)
    }
  }

/** Only macOS tells. */
function heat(): PowerState['heat'] {
  const state = powerMonitor.getCurrentThermalState()
  return state === 'unknown' ? 'nominal' : state
}
