import { createDct } from '../dsp/dct.ts'
import type { Numbers } from '../dsp/numbers.ts'
import { BAND_COUNT, LOW_BAND_COUNT } from '../networks/spectral-autoencoder/config.ts'
import { FRAMES_PER_SEC, loudEnergy } from './features.ts'
import type { SpectralBank } from './singer-model.ts'

/** Smoothed spectra: the first cepstra of the low bands without their level. */
const CEPSTRA = 24
/** Fewer voiced frames say nothing of a voice. */
const FEWEST_FRAMES = 50
/** Sets are thinned to so many frames: the distance to a larger set is always smaller, so all are of one size. */
const SET_FRAMES = 400
/** Voiced frames within 20 dB of the loud ones: onsets and fading ends are shaped by much else. */
const HELD_RANGE = 4.6
const DB_PER_NEPER_OF_POWER = 10 / Math.LN10

/** Voiced spectra of one recording, with its own mean removed, so that no room, microphone or equalizer counts. */
export interface TimbreSet {
  readonly frames: readonly TimbreFrame[]
}

interface TimbreFrame {
  readonly cepstra: Float64Array
  readonly sec: number
}

/** From shapes [frames × 64], f0 (0 unvoiced) and energies, all at 10 ms; `timesSec` where frames don't follow each other. */
export function timbreSet(
  shapes: Numbers,
  f0: Numbers,
  energies: Numbers,
  timesSec: ArrayLike<number> | null = null,
): TimbreSet {
  const dct = createDct(LOW_BAND_COUNT)
  const threshold = loudEnergy(energies) - HELD_RANGE
  const found: { cepstra: Float64Array; sec: number }[] = []
  const mean = new Float64Array(CEPSTRA)
  for (let frame = 0; frame < f0.length; frame++) {
    if (!(f0[frame] > 0) || energies[frame] < threshold) continue
    const all = new Float64Array(CEPSTRA + 1)
    dct.forward(shapes, frame * BAND_COUNT, all, 0, CEPSTRA + 1)
    const cepstra = all.subarray(1)
    cepstra.forEach((value, k) => (mean[k] += value))
    found.push({ cepstra, sec: timesSec === null ? (2 * frame) / FRAMES_PER_SEC : timesSec[frame] })
  }
  const frames = found.map(({ cepstra, sec }) => ({
    cepstra: cepstra.map((value, k) => value - mean[k] / found.length),
    sec,
  }))
  return { frames }
}

export const joinedSets = (sets: readonly TimbreSet[]): TimbreSet => ({ frames: sets.flatMap(({ frames }) => frames) })

/** The singer's clips, each with its own mean removed. */
export function bankSets({ clipFrameCounts, shapes, f0, energy }: SpectralBank): TimbreSet[] {
  let first = 0
  return clipFrameCounts.map((count) => {
    const [from, to] = [first, (first += count)]
    return timbreSet(
      shapes.subarray(from * BAND_COUNT, to * BAND_COUNT),
      f0.subarray(from, to),
      energy.subarray(from, to),
    )
  })
}

/**
 * Mean distance, dB, of each set's spectra from the nearest of the other: symmetric, because smooth spectra lie near to
 * every set while no set lies near to them. Null where either holds too little voice. Needs no training.
 * @param apartSec frames that are nearer in time don't count: for two sets of one recording
 */
export function distanceDb(first: TimbreSet, second: TimbreSet, apartSec = 0): number | null {
  const [ones, others] = [thinned(first), thinned(second)]
  if (ones.length < FEWEST_FRAMES || others.length < FEWEST_FRAMES) return null
  const there = meanNearest(ones, others, apartSec)
  const back = meanNearest(others, ones, apartSec)
  if (there === null || back === null) return null
  return (DB_PER_NEPER_OF_POWER * (there + back)) / 2 / Math.sqrt(LOW_BAND_COUNT)
}

function meanNearest(from: readonly TimbreFrame[], to: readonly TimbreFrame[], apartSec: number): number | null {
  let sum = 0
  let count = 0
  for (const one of from) {
    let least = Infinity
    for (const other of to)
      if (apartSec === 0 || Math.abs(one.sec - other.sec) >= apartSec)
        least = Math.min(least, squaredDistance(one.cepstra, other.cepstra))
    if (least === Infinity) continue
    sum += Math.sqrt(least)
    count++
  }
  return count < FEWEST_FRAMES ? null : sum / count
}

const thinned = ({ frames }: TimbreSet): readonly TimbreFrame[] => {
  const count = Math.min(SET_FRAMES, frames.length)
  return Array.from({ length: count }, (_, index) => frames[Math.floor((index * frames.length) / count)])
}

function squaredDistance(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let k = 0; k < a.length; k++) sum += (a[k] - b[k]) ** 2
  return sum
}
