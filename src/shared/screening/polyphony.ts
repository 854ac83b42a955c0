import type { Numbers } from '../dsp/numbers.ts'
import { bestSeries, isPartial, type SeriesLimits } from './harmonic-series.ts'
import { createPeakReader, type SpectralPeak } from './spectral-peaks.ts'

/**
 * "This does not look like a solo voice": in every spectrum the harmonic series that explains most is taken away; when
 * what is left holds another series, and keeps it for a while, two pitches sound at once.
 */
const HOP_SEC = 0.04
const LOWEST_HZ = 75
const HIGHEST_HZ = 1100
/** Frames this far under the loud ones are rests, tails and breath. */
const ACTIVE_RATIO = 10 ** (-25 / 20)
const LOUD_PERCENT = 0.95
/** A second series has so many partials of its own, and this share of the first one's summed magnitudes. */
const FEWEST_PARTIALS = 3
const LEAST_SHARE = 0.08
/** Under the first pitch's whole fractions lie a rough voice's own subharmonics. */
const FRACTION_TOLERANCE = 0.03
const LARGEST_FRACTION = 4
/** A second voice keeps its pitch within a semitone for so many frames: consonants, glides and echoes do not. */
const STEADY_RATIO = 2 ** (1 / 12)
const STEADY_FRAMES = 3
/** A sound of which this share has two pitches is no solo voice; see the room's README for how it was chosen. */
export const POLYPHONIC_SHARE = 0.05
/** With less sound than this nothing is said. */
const LEAST_ACTIVE_SEC = 1

export interface PolyphonyReport {
  /** Share of the active frames in which a second pitch sounds. */
  readonly secondPitchShare: number
  readonly activeSec: number
  /** More than a solo voice; false where too little sounds to tell. */
  readonly isPolyphonic: boolean
}

/** Of mono sound at any rate from 8 kHz on; ten minutes take some seconds. */
export function detectPolyphony(samples: Numbers, rateHz: number): PolyphonyReport {
  const frames = readFrames(samples, rateHz)
  const loud = loudLevel(frames)
  const isActive = frames.map(({ level }) => level > 0 && level >= loud * ACTIVE_RATIO)
  const activeCount = isActive.filter(Boolean).length
  const seconds = frames.map(({ peaks }, index) => (isActive[index] ? secondPitch(peaks, limitsOf(rateHz)) : null))
  const secondCount = countSteady(seconds)
  const secondPitchShare = activeCount === 0 ? 0 : secondCount / activeCount
  const activeSec = activeCount * HOP_SEC
  return {
    secondPitchShare,
    activeSec,
    isPolyphonic: activeSec >= LEAST_ACTIVE_SEC && secondPitchShare >= POLYPHONIC_SHARE,
  }
}

interface Frame {
  readonly peaks: readonly SpectralPeak[]
  readonly level: number
}

function readFrames(samples: Numbers, rateHz: number): Frame[] {
  const reader = createPeakReader(rateHz)
  const frames: Frame[] = []
  for (let seconds = 0; seconds * rateHz < samples.length; seconds += HOP_SEC) {
    const peaks = reader.read(samples, Math.round(seconds * rateHz))
    frames.push({ peaks, level: peaks.reduce((sum, { magnitude }) => sum + magnitude, 0) })
  }
  return frames
}

const limitsOf = (rateHz: number): SeriesLimits => ({
  lowestHz: LOWEST_HZ,
  highestHz: HIGHEST_HZ,
  binHz: createPeakReader(rateHz).binHz,
})

function loudLevel(frames: readonly Frame[]): number {
  const levels = frames.map(({ level }) => level).sort((a, b) => a - b)
  return levels.length === 0 ? 0 : levels[Math.floor(LOUD_PERCENT * (levels.length - 1))]
}

/** The pitch of a second voice beside the one that explains most, or null. */
function secondPitch(peaks: readonly SpectralPeak[], limits: SeriesLimits): number | null {
  const first = bestSeries(peaks, limits)
  if (first === null) return null
  const left = peaks.filter((peak) => !isPartial(peak, first.hz, limits.binHz))
  const second = bestSeries(left, limits, (hz) => isSimpleFraction(hz / first.hz))
  if (second === null || second.partials.length < FEWEST_PARTIALS) return null
  const sum = (partials: readonly SpectralPeak[]) => partials.reduce((total, { magnitude }) => total + magnitude, 0)
  return sum(second.partials) >= LEAST_SHARE * sum(first.partials) ? second.hz : null
}

/** A whole part or multiple of the first pitch: not a pitch of its own. */
function isSimpleFraction(ratio: number): boolean {
  const larger = Math.max(ratio, 1 / ratio)
  const nearest = Math.round(larger)
  return nearest <= LARGEST_FRACTION && Math.abs(larger / nearest - 1) < FRACTION_TOLERANCE
}

/** Frames in runs that are long enough and keep their pitch. */
function countSteady(pitches: readonly (number | null)[]): number {
  let count = 0
  let run = 0
  let previous: number | null = null
  for (const pitch of [...pitches, null]) {
    const goesOn = pitch !== null && previous !== null && Math.abs(Math.log(pitch / previous)) < Math.log(STEADY_RATIO)
    if (!goesOn) {
      if (run >= STEADY_FRAMES) count += run
      run = pitch === null ? 0 : 1
    } else run++
    previous = pitch
  }
  return count
}
