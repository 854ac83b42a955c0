import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { trainingPace } from '../../../src/main/jobs/training-pace.ts'
import { readPowerSupply, watchPowerSupply } from '../../../src/main/power-supply.ts'
import type { PowerState } from '../../../src/shared/contract/power.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

/** The files that Linux shows, one folder per supply. */
function supplies(given: Readonly<Record<string, Readonly<Record<string, string>>>>): string {
  const folder = temporaryFolder()
  for (const [name, fields] of Object.entries(given)) {
    mkdirSync(join(folder, name))
    for (const [field, value] of Object.entries(fields)) writeFileSync(join(folder, name, field), `${value}\n`)
  }
  return folder
}

const battery = { type: 'Battery', status: 'Discharging', capacity: '23' }

test('a discharging battery without a plug is on battery, with its charge', () => {
  expect(readPowerSupply(supplies({ BAT0: battery }))).toEqual({
    isOnBattery: true,
    chargeFraction: 0.23,
    heat: 'nominal',
    isSuspending: false,
  })
})

test('plugged in, or with a mouse’s battery alone, or where nothing is told, the machine is on mains', () => {
  expect(readPowerSupply(supplies({ BAT0: battery, AC: { type: 'Mains', online: '1' } })).isOnBattery).toBe(false)
  expect(readPowerSupply(supplies({ mouse: { ...battery, scope: 'Device' } }))).toMatchObject({ chargeFraction: null })
  expect(readPowerSupply(join(temporaryFolder(), 'none')).isOnBattery).toBe(false)
  expect(readPowerSupply(supplies({ BAT0: { type: 'Battery' } }))).toMatchObject({ isOnBattery: false })
})

test('a training rests on a low battery and in a hot machine, slows where little is known, and says why', () => {
  const state = (given: Partial<PowerState>): PowerState => ({
    isOnBattery: false,
    chargeFraction: null,
    heat: 'nominal',
    isSuspending: false,
    ...given,
  })
  expect(trainingPace(state({}))).toEqual({ pace: 'full', reason: '' })
  expect(trainingPace(state({ isOnBattery: true, chargeFraction: 0.8 })).pace).toBe('full')
  expect(trainingPace(state({ isOnBattery: false, chargeFraction: 0.1 })).pace).toBe('full')
  expect(trainingPace(state({ isOnBattery: true, chargeFraction: 0.18 })).reason).toContain('the battery is at 18 %')
  expect(trainingPace(state({ isOnBattery: true, chargeFraction: 0.18 })).pace).toBe('rest')
  expect(trainingPace(state({ isOnBattery: true })).pace).toBe('half')
  expect(trainingPace(state({ heat: 'serious' })).pace).toBe('half')
  expect(trainingPace(state({ heat: 'critical' })).pace).toBe('rest')
  expect(trainingPace(state({ isSuspending: true })).pace).toBe('rest')
})

test('the state is told at once', () => {
  const told: PowerState[] = []
  const stop = watchPowerSupply(() => readPowerSupply(supplies({ BAT0: battery })))((state) => told.push(state))
  stop()
  expect(told).toHaveLength(1)
})
