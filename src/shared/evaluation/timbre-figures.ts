import { energies, everySecond, everySecondFrame, shapes } from '../conversion/features.ts'
import { distanceDb, joinedSets, timbreSet, type TimbreSet } from '../conversion/timbre-set.ts'

/** Of a recording: ln of power in 64 bands and Hz (0 unvoiced), per 5 ms. */
export interface TimbreSound {
  readonly lm: Float32Array
  readonly f0: Float32Array
}

/** Voiced spectra of a recording without their mean, as the report card of a render takes them. */
export function timbreOf({ lm, f0 }: TimbreSound): TimbreSet {
  const slow = everySecondFrame(lm)
  return timbreSet(shapes(slow), everySecond(f0), energies(slow))
}

/** Within one recording the same sound is heard again right before and after; a render follows its source. */
const APART_SEC = 0.5

/** Mean distance, dB, of a sound's spectra from the nearest of a person's recordings. Null where too little is voiced. */
export const distanceToPersonDb = (sound: TimbreSet, person: readonly TimbreSet[]): number | null =>
  distanceDb(sound, joinedSets(person))

/** The same from the source that it follows in time: what is heard at the same moment does not count. */
export const distanceToSourceDb = (sound: TimbreSet, source: TimbreSet): number | null =>
  distanceDb(sound, source, APART_SEC)
