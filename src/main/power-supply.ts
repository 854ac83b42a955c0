import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PowerState, WatchPower } from '../shared/contract/power.ts'

/** Where Linux tells of batteries and plugs. */
const LINUX_FOLDER = '/sys/class/power_supply'
const INTERVAL_MS = 30_000

const onMains: PowerState = { isOnBattery: false, chargeFraction: null, heat: 'nominal', isSuspending: false }

/** What the system's files say; on systems without these, that the machine is plugged in. */
export function readPowerSupply(folder = LINUX_FOLDER): PowerState {
  const supplies = listFolder(folder).map((name) => {
    const read = (field: string) => readField(join(folder, name, field))
    return {
      type: read('type'),
      online: read('online'),
      status: read('status'),
      capacity: read('capacity'),
      scope: read('scope'),
    }
  })
  // A mouse has a battery too; it is a device's.
  const batteries = supplies.filter(({ type, scope }) => type === 'Battery' && scope !== 'Device')
  const isPlugged = supplies.some(({ type, online }) => type !== 'Battery' && online === '1')
  const isOnBattery = !isPlugged && batteries.some(({ status }) => status === 'Discharging')
  const charges = batteries.flatMap(({ capacity }) => (/^\d{1,3}$/.test(capacity) ? [Number(capacity) / 100] : []))
  return { ...onMains, isOnBattery, chargeFraction: charges.length === 0 ? null : Math.max(...charges) }
}

/** Looks twice a minute, and tells what changed. */
export const watchPowerSupply =
  (read: () => PowerState = readPowerSupply, intervalMs = INTERVAL_MS): WatchPower =>
  (listener) => {
    let told = ''
    const look = () => {
      const state = read()
      const text = JSON.stringify(state)
      if (text !== told) listener(state)
      told = text
    }
    look()
    const timer = setInterval(look, intervalMs)
    timer.unref()
    return () => clearInterval(timer)
  }

const listFolder = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder)
  } catch {
    return [] // another system
  }
}

const readField = (path: string): string => {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return '' // not every supply tells everything
  }
}
