import type { Hertz, Seconds } from '../../units/time.ts'
import { createRepetitionMeter, type RepetitionMeter } from './repetition-meter.ts'

/** Every frame has at most so many candidates. */
const mostCandidates = 8
/** A peak below this is nobody's pitch. */
const weakestPeak = 0.1
/** Added to a candidate's strength per octave: the lower of two that explain a sound as well is a multiple period. */
const strengthPerOctave = 0.04
const referenceHz = 200
/**
 * Which pitches are read how: longer windows for longer periods, shorter ones, which follow faster, for the others, and
 * nothing heard that lies below the register. The third measures the level: at once fast and without rumble.
 */
const registers = [
  { fromHz: 0, windowSec: 0.064, lowestHz: 50, kneeHz: 250, lagsPerSample: 1 },
  { fromHz: 110, windowSec: 0.046, lowestHz: 85, kneeHz: 250, lagsPerSample: 1 },
  { fromHz: 200, windowSec: 0.026, lowestHz: 120, kneeHz: 250, lagsPerSample: 2 },
  { fromHz: 450, windowSec: 0.02, lowestHz: 270, kneeHz: 450, lagsPerSample: 2 },
] as const
const levelRegister = 2
/** Registers overlap by this factor on either side, so that a pitch at the seam, read differently, is read at all. */
const overlap = 1.08
/** A candidate as strong as one of twice or thrice its pitch loses this, one stronger by the margin nothing. */
const multipleLoss = 0.12
const multipleMargin = 0.06
const sameMultiple = 0.03
/** Neighbors of the longest lag, which a peak needs. */
const spareLagSec = 6e-4
/** Keeps the level of digital silence finite: -140 dB. */
const leastPower = 1e-14

/** What may be the pitch of every frame: those of frame i begin at i · `slots`, `counts[i]` of them, in no order. */
export interface PitchLattice {
  readonly frames: number
  readonly slots: number
  readonly counts: Uint8Array
  readonly f0Hz: Float64Array
  /** How well the sound repeats after that period, 1 at best, with a little more for a higher pitch. */
  readonly strength: Float64Array
  /** Level of the frame in dB, of no absolute meaning. */
  readonly levelDb: Float64Array
}

/** Peaks of the autocorrelation of every frame. `x` at `fs` Hz of 8 to 16 kHz; frame i is centered at i · period. */
export function findPitchLattice(
  x: Float64Array,
  fs: Hertz,
  frames: number,
  framePeriodSec: Seconds,
  f0FloorHz: Hertz,
  f0CeilHz: Hertz,
): PitchLattice {
  const slots = mostCandidates
  const lattice = {
    frames,
    slots,
    counts: new Uint8Array(frames),
    f0Hz: new Float64Array(frames * slots),
    strength: new Float64Array(frames * slots),
    levelDb: new Float64Array(frames),
  }
  const meters = createMeters(x, fs, f0FloorHz, f0CeilHz)
  for (let frame = 0; frame < frames; frame++) {
    const center = frame * framePeriodSec * fs
    meters.forEach(({ meter, lowHz, highHz }, i) => {
      const power = meter.measure(center)
      if (i === Math.min(levelRegister, meters.length - 1)) lattice.levelDb[frame] = 10 * Math.log10(power + leastPower)
      addPeaks(meter, lowHz, highHz, lattice, frame)
    })
    weakenMultiples(lattice, frame)
  }
  return lattice
}

/** Ascending; a register that the range leaves out is not measured. */
function createMeters(x: Float64Array, fs: Hertz, f0FloorHz: Hertz, f0CeilHz: Hertz) {
  return registers.flatMap((register, i) => {
    const lowHz = Math.max(register.fromHz / overlap, f0FloorHz)
    const highHz = Math.min((registers[i + 1]?.fromHz ?? Infinity) * overlap, f0CeilHz)
    if (lowHz >= highHz) return []
    const longestLagSec = 1 / lowHz + spareLagSec
    return [{ lowHz, highHz, meter: createRepetitionMeter(x, fs, { ...register, longestLagSec }) }]
  })
}

/** Adds the peaks between two pitches. */
function addPeaks(meter: RepetitionMeter, lowHz: Hertz, highHz: Hertz, lattice: PitchLattice, frame: number): void {
  const { repetition, lagsPerSec, longestLag } = meter
  const last = Math.min(longestLag - 1, Math.ceil(lagsPerSec / lowHz))
  for (let lag = Math.max(1, Math.floor(lagsPerSec / highHz)); lag <= last; lag++) {
    const middle = repetition[lag]
    const [left, right] = [repetition[lag - 1], repetition[lag + 1]]
    if (middle < weakestPeak || middle < left || middle <= right) continue
    const curvature = left - 2 * middle + right
    const offset = curvature === 0 ? 0 : (0.5 * (left - right)) / curvature
    const hz = lagsPerSec / (lag + offset)
    if (hz < lowHz || hz >= highHz) continue
    const height = Math.min(1, middle - 0.25 * (left - right) * offset)
    keepStrongest(lattice, frame, hz, height + strengthPerOctave * Math.log2(hz / referenceHz))
  }
}

/**
 * What repeats after a period also repeats after two. A candidate loses strength when one of twice or thrice its pitch is
 * nearly as strong; where the longer period is the true one, its even harmonics would have to drown all the others.
 */
function weakenMultiples({ slots, counts, f0Hz, strength }: PitchLattice, frame: number): void {
  const first = frame * slots
  const end = first + counts[frame]
  const losses = new Float64Array(counts[frame])
  for (let low = first; low < end; low++) {
    for (let high = first; high < end; high++) {
      const ratio = f0Hz[high] / f0Hz[low]
      const multiple = Math.round(ratio)
      if (multiple < 2 || multiple > 3 || Math.abs(ratio / multiple - 1) > sameMultiple) continue
      const closeness = 1 - (strength[low] - strength[high]) / multipleMargin
      losses[low - first] = Math.max(losses[low - first], multipleLoss * Math.min(1, closeness))
    }
  }
  for (let i = first; i < end; i++) strength[i] -= losses[i - first]
}

function keepStrongest(lattice: PitchLattice, frame: number, hz: Hertz, strength: number): void {
  const row = frame * lattice.slots
  let at = row + lattice.counts[frame]
  if (lattice.counts[frame] < lattice.slots) lattice.counts[frame]++
  else {
    at = row
    for (let i = row + 1; i < row + lattice.slots; i++) if (lattice.strength[i] < lattice.strength[at]) at = i
    if (lattice.strength[at] >= strength) return
  }
  lattice.f0Hz[at] = hz
  lattice.strength[at] = strength
}
