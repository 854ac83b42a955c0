import { butterworthBandPass, butterworthLowPass } from '../../dsp/butterworth.ts'
import type { Numbers } from '../../dsp/numbers.ts'
import type { FirstOrderMemory } from '../../dsp/zero-phase.ts'
import type { TranspositionSteps } from '../../kernels/transposition.ts'
import type { VoiceCurves } from './voice-curves.ts'

/** The fundamental's own phase is followed within this band around the tracked pitch. */
const FUNDAMENTAL_BAND_HZ = 25
/** Under this voicing the correction stands still. */
const FROZEN_VOICING = 0.3
/** Where a period's energy lies is heard above this, or above one and a half times the median pitch. */
const ENERGY_LOW_HZ = 300
const ENERGY_LOW_PITCHES = 1.5
const ENERGY_HIGH_HZ = 4000
const ENERGY_HIGH_SHARE_OF_RATE = 0.45
const ENERGY_SMOOTHING_HZ = 3
const VOICED = 0.5
const FREQUENCY_SMOOTHING_HZ = 60
/** The local frequency is held within these factors of the tracked pitch. */
const LEAST_FREQUENCY_RATIO = 0.8
const GREATEST_FREQUENCY_RATIO = 1.25

/** Phase of a voice in periods: it crosses an integer where the energy of each period is centered. */
export interface PhaseTrack {
  readonly theta: Float64Array
  /** Periods per sample, smoothed. */
  readonly frequency: Float64Array
}

/** What a later window needs to follow the phase as if it had heard everything before. */
export interface PhaseMemory {
  /** Phase of the fundamental, not yet turned to the energy, in periods; only its fraction matters. */
  readonly fundamental: number
  /** Where the energy of the periods so far lies: real and imaginary part. */
  readonly energyRe: FirstOrderMemory
  readonly energyIm: FirstOrderMemory
}

/** Where a window takes over and where it hands over, by index of its samples. */
export interface PhaseSpan {
  /** Nothing before this index counts. 0 without a memory. */
  readonly from: number
  readonly memory: PhaseMemory | null
  readonly handOver: number
}

/**
 * Follows the fundamental of `x` around the tracked pitch, then turns the phase so that marks sit where the periods'
 * energy is. `medianHz` is of the whole file's voiced pitch. Arrays begin at `span.from`.
 */
export function trackPhase(
  x: Float64Array,
  rateHz: number,
  curves: VoiceCurves,
  medianHz: number,
  { from, memory, handOver }: PhaseSpan,
  steps: TranspositionSteps,
): PhaseTrack & { readonly memory: PhaseMemory } {
  const fundamental = steps
    .fundamentalPhase({
      x,
      rateHz,
      f0Hz: curves.f0Hz,
      voicing: curves.voicing,
      frozenVoicing: FROZEN_VOICING,
      band: butterworthLowPass(2, FUNDAMENTAL_BAND_HZ, rateHz),
    })
    .subarray(from)
  if (memory) goOn(fundamental, memory.fundamental)
  const lowHz = Math.max(ENERGY_LOW_HZ, ENERGY_LOW_PITCHES * medianHz)
  const highHz = Math.min(ENERGY_HIGH_HZ, ENERGY_HIGH_SHARE_OF_RATE * rateHz)
  const [smoothing] = butterworthLowPass(1, ENERGY_SMOOTHING_HZ, rateHz)
  const { theta, energyRe, energyIm } = steps.turnToEnergy({
    fundamental,
    band: steps.zeroPhase(butterworthBandPass(lowHz, highHz, rateHz), x).subarray(from),
    voicing: curves.voicing.subarray(from),
    voiced: VOICED,
    smoothing,
    memory,
    handOver: handOver - from,
  })
  const frequency = steps.localFrequency({
    smooth: steps.zeroPhase(butterworthLowPass(1, FREQUENCY_SMOOTHING_HZ, rateHz), theta),
    f0Hz: curves.f0Hz.subarray(from),
    rateHz,
    leastRatio: LEAST_FREQUENCY_RATIO,
    greatestRatio: GREATEST_FREQUENCY_RATIO,
  })
  const handed = fundamental[Math.min(handOver - from, fundamental.length - 1)]
  return { theta, frequency, memory: { fundamental: handed, energyRe, energyIm } }
}

/** Shifts a phase, in place, so that it starts at a value, whole periods apart. */
function goOn(phase: Float64Array, start: number): void {
  const shift = start - phase[0]
  const smallest = shift - Math.floor(shift)
  for (let index = 0; index < phase.length; index++) phase[index] += smallest
}

export function medianVoicedHz({ f0Hz, voicing }: VoiceCurves): number {
  return median(f0Hz.filter((_, index) => voicing[index] > VOICED))
}

/** Middle value; the mean of the two middle ones of an even count; 0 of none. */
export function median(values: Numbers): number {
  if (values.length === 0) return 0
  const sorted = Float64Array.from(values).sort()
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
}
