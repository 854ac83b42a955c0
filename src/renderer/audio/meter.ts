import { gainToDb, type Decibels } from '../../shared/units/level.ts'
import type { Seconds } from '../../shared/units/time.ts'

/** Where the scale of every meter begins and ends. */
export const METER_FLOOR_DB = -60
export const METER_CEILING_DB = 6
const FALL_DB_PER_SEC = 20
const HOLD_SEC = 1.5

/** What a meter shows: the level as it falls, and the highest peak of the last while. */
export interface MeterReading {
  readonly levelDb: Decibels
  readonly heldDb: Decibels
  readonly heldForSec: Seconds
}

export const silentReading: MeterReading = { levelDb: -Infinity, heldDb: -Infinity, heldForSec: 0 }

/** The next reading after `elapsedSec`: rises at once, falls 20 dB per second, holds a peak for a second and a half. */
export function nextReading(reading: MeterReading, peak: Decibels, elapsedSec: Seconds): MeterReading {
  const fallen = reading.levelDb - FALL_DB_PER_SEC * elapsedSec
  const levelDb = floorToSilence(Math.max(peak, fallen))
  const heldForSec = reading.heldForSec + elapsedSec
  if (peak >= reading.heldDb || heldForSec > HOLD_SEC) return { levelDb, heldDb: levelDb, heldForSec: 0 }
  return { levelDb, heldDb: reading.heldDb, heldForSec }
}

/** Share of the scale, 0 at −60 dB and 1 at +6 dB. */
export const meterFraction = (db: Decibels): number =>
  Math.min(1, Math.max(0, (db - METER_FLOOR_DB) / (METER_CEILING_DB - METER_FLOOR_DB)))

export function peakDb(samples: Float32Array | readonly Float32Array[]): Decibels {
  const channels = samples instanceof Float32Array ? [samples] : samples
  let peak = 0
  for (const channel of channels) for (const sample of channel) peak = Math.max(peak, Math.abs(sample))
  return gainToDb(peak)
}

const floorToSilence = (db: Decibels): Decibels => (db < METER_FLOOR_DB ? -Infinity : db)
