import type { PitchKernel } from '../../kernels/pitch.ts'
import { defaultFramePeriodSec } from '../../world/index.ts'
import type { Hertz } from '../../units/time.ts'
import type { PitchTracker } from '../tracker.ts'
import { degradations, degrade, type Degradation } from './degradations.ts'
import { equalize } from './equalize.ts'
import { addCounts, countMelody, melodyFigures, type MelodyFigures, type PitchSeries } from './melody-figures.ts'

/** A recording whose pitch is known. */
export interface PitchCase {
  readonly name: string
  readonly x: Float64Array
  readonly fs: Hertz
  readonly truth: PitchSeries
}

/** Noise or reverberation so many dB below the voice; null is the recording as it is. */
export interface Condition {
  readonly degradation: Degradation | null
  readonly levelDb: number
}

export const pitchConditions: readonly Condition[] = [
  { degradation: null, levelDb: 0 },
  ...degradations.flatMap((degradation) => [40, 20, 10].map((levelDb) => ({ degradation, levelDb }))),
]

export interface TrackerFigures extends MelodyFigures {
  /** Milliseconds of work per second of sound, by the caller's clock. */
  readonly msPerSec: number
}

/** What a measurement runs with: a clock in milliseconds and, if there is one, the compiled kernel. */
export interface MeasuringMeans {
  readonly nowMs: () => number
  readonly kernel?: PitchKernel
}

/** Figures of one tracker over all cases together, each degraded with a seed of its own. */
export function measureTracker(
  tracker: PitchTracker,
  cases: readonly PitchCase[],
  { degradation, levelDb }: Condition,
  { nowMs, kernel }: MeasuringMeans,
): TrackerFigures {
  let [spentMs, soundSec] = [0, 0]
  const counts = cases.map(({ x, fs, truth }, seed) => {
    const sound = degradation === null ? x : degrade(x, fs, degradation, levelDb, seed)
    const startMs = nowMs()
    const { f0Hz } = tracker.track(sound, fs, {}, kernel)
    spentMs += nowMs() - startMs
    soundSec += x.length / fs
    return countMelody(truth, { timesSec: f0Hz.map((_, i) => i * defaultFramePeriodSec), f0Hz })
  })
  return { ...melodyFigures(addCounts(counts)), msPerSec: soundSec === 0 ? 0 : spentMs / soundSec }
}

/** Share of frames whose voicing changes when the sound passes a smooth random equalizer of at most `rangeDb`. */
export function voicingFlips(
  tracker: PitchTracker,
  sounds: readonly Pick<PitchCase, 'x' | 'fs'>[],
  rangeDb: number,
  kernel?: PitchKernel,
): number {
  let [flipped, frames] = [0, 0]
  sounds.forEach(({ x, fs }, seed) => {
    const before = tracker.track(x, fs, {}, kernel).f0Hz
    const after = tracker.track(equalize(x, fs, rangeDb, seed), fs, {}, kernel).f0Hz
    flipped += before.filter((hz, i) => hz > 0 !== after[i] > 0).length
    frames += before.length
  })
  return frames === 0 ? 0 : flipped / frames
}
